"""What residents share with the organisation of who looks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.pathways.conversations.queries.with_us import shared_report, shared_with_us

KEY = "gedeeld"


@staff
@require_safe
def shared(request: AskedBy) -> HttpResponse:
    """All reports that are shared with us."""
    context = {"nav_current": KEY, "lines": shared_with_us(request.actor, now=clock.now())}
    return render(request, "conversations/shared/list.html", context)


@staff
@require_safe
def shared_one(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """One of them."""
    found = shared_report(request.actor, conversation_id, now=clock.now())
    return render(request, "conversations/shared/one.html", {"nav_current": KEY, "shared": found})
