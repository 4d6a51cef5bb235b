"""She says in one tap how an agreed step went."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, resident
from noaber.pathways.conversations.services.steps import answer_step


@resident
@require_POST
def answer(request: AskedBy, step_id: UUID) -> HttpResponse:
    """One of the four answers; she may change it."""
    answer_step(
        actor=request.actor, step_id=step_id, answer=request.POST.get("antwoord", ""), now=clock.now()
    )
    messages.success(request, _("Dank u. Uw vaste persoon ziet het."))
    return redirect(reverse("resident:question") + "#steps")
