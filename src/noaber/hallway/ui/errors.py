"""The page for a form that was open too long or came from elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from noaber.hallway.access import hooks
from noaber.hallway.access.middleware import typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form expired, and hand back what was typed in a form of ours.

    A form that came from another site gets nothing back: a page of ours must not carry their words.
    """
    parts = typed(request) if hooks.is_from_here(request) else {}
    again = [(name, text) for name, text in parts.get("again", ()) if name != "csrfmiddlewaretoken"]
    return render(request, "403.html", {**parts, "again": again}, status=403)
