"""The page for a form that was open too long or came from elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form expired; the browser's back button still holds what was typed."""
    return render(request, "403.html", {}, status=403)
