"""The planner books a peer worker before or after a conversation, or lets that time go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.pathways.conversations.forms_peer import PeerForm
from noaber.pathways.conversations.queries.peer import peers_for
from noaber.pathways.conversations.services.peer import book_peer, let_go_of_peer
from noaber.pathways.conversations.views_holding import status_of

UNPROCESSABLE = 422


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: AskedBy, conversation_id: UUID) -> HttpResponse:
    """Who, when and how long; the people at the table stay as they are."""
    now = clock.now()
    found = peers_for(request.actor, conversation_id, now=now)
    day = clock.day_of(found.card.starts_at)
    form = PeerForm(
        request.POST if request.method == "POST" else None,
        people=found.people,
        initial={"moment": "before", "dag": day},
    )
    failure: NoaberError | None = None
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                book_peer(
                    actor=request.actor, conversation_id=conversation_id, booking=form.booking(), now=now
                )
            except (Conflict, Invalid) as refusal:
                failure, status = refusal, status_of(refusal)
            else:
                messages.success(request, _("De ervaringsdeskundige staat vast. Beiden krijgen bericht."))
                return redirect("conversations:case", found.card.help_request_id)
    context = {"nav_current": "planbord", "found": found, "form": form, "failure": failure}
    return render(request, "conversations/planner/peer.html", context, status=status)


@staff
@require_POST
def let_go(request: AskedBy, conversation_id: UUID, participation_id: UUID) -> HttpResponse:
    """The time apart does not take place."""
    now = clock.now()
    found = peers_for(request.actor, conversation_id, now=now)
    let_go_of_peer(
        actor=request.actor, conversation_id=conversation_id, participation_id=participation_id, now=now
    )
    messages.success(request, _("Afgezegd. Beiden krijgen bericht. Het gesprek zelf blijft staan."))
    return redirect("conversations:case", found.card.help_request_id)
