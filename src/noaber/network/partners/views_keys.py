"""A colleague lost the second step: ask, agree, let it be."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.network.partners import services_keys


@staff
@require_safe
def lost_keys(request: AskedBy) -> HttpResponse:
    """The colleagues of one's own organisation, and the requests that wait."""
    rows = services_keys.colleagues(request.actor, now=clock.now())
    return render(request, "partners/lost_keys.html", {"nav_current": "mensen", "rows": rows})


@staff
@require_POST
def ask_reset(request: AskedBy, membership_id: UUID) -> HttpResponse:
    """Ask to take a second step away."""
    services_keys.ask(actor=request.actor, membership_id=membership_id, now=clock.now())
    messages.success(request, _("Gevraagd. Uw collega krijgt nu een mail."))
    return redirect("partners:lost_keys")


@staff
@require_POST
def agree_reset(request: AskedBy, reset_id: UUID) -> HttpResponse:
    """Agree, as the second person."""
    services_keys.agree(actor=request.actor, reset_id=reset_id, now=clock.now())
    messages.success(request, _("De tweede stap is weg. Uw collega stelt bij het inloggen een nieuwe in."))
    return redirect("partners:lost_keys")


@staff
@require_POST
def withdraw_reset(request: AskedBy, reset_id: UUID) -> HttpResponse:
    """Let it be."""
    services_keys.withdraw(actor=request.actor, reset_id=reset_id, now=clock.now())
    messages.success(request, _("Ingetrokken. Er verandert niets."))
    return redirect("partners:lost_keys")
