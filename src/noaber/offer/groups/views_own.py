"""Her own groups, and signing somebody up who said yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, resident, staff
from noaber.offer.groups import queries_own, services
from noaber.offer.groups.forms import ReferForm
from noaber.offer.groups.models import Group
from noaber.offer.groups.views import write_on

NAV = "aanbod"
PLACING = "mijn_verwijzingen"


@resident
@require_safe
def own(request: AskedBy) -> HttpResponse:
    """Her groups: where she stands, and what she can do."""
    places = queries_own.own_places(request.actor, now=clock.now())
    return render(request, "groups/own.html", {"nav_current": NAV, "places": places})


@resident
@require_POST
def answer(request: AskedBy, enrolment_id: UUID) -> HttpResponse:
    """Yes or no to the place that was offered."""
    said = request.POST.get("antwoord", "")
    if said not in {"ja", "nee"}:
        queries_own.own_place(request.actor, enrolment_id)
        messages.error(request, _("Kies ja of nee."))
        return redirect("groups:own")
    accepts = said == "ja"
    services.answer(actor=request.actor, enrolment_id=enrolment_id, accepts=accepts, now=clock.now())
    messages.success(
        request, _("U doet mee. Tot dan!") if accepts else _("Dat is goed. De plek gaat naar de volgende.")
    )
    return redirect("groups:own")


@resident
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AskedBy, enrolment_id: UUID) -> HttpResponse:
    """She stops, after one question."""
    row = queries_own.own_place(request.actor, enrolment_id)
    if request.method == "POST":
        services.withdraw(actor=request.actor, enrolment_id=enrolment_id, now=clock.now())
        messages.success(request, _("U bent afgemeld. U kunt zich altijd weer aanmelden."))
        return redirect("groups:own")
    return render(request, "groups/leave.html", {"nav_current": NAV, "place": row})


@staff
@require_safe
def placing(request: AskedBy, help_request_id: UUID) -> HttpResponse:
    """Which groups there are for the resident of this request."""
    kind = request.GET.get("soort", "")
    page = queries_own.placing(
        request.actor, help_request_id, kind=kind if kind in Group.Kind.values else "", now=clock.now()
    )
    return render(request, "groups/placing.html", {"nav_current": PLACING, "page": page})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: AskedBy, help_request_id: UUID, group_id: UUID) -> HttpResponse:
    """Sign up the resident of this request, when she wants that."""
    now = clock.now()
    page = queries_own.placing(request.actor, help_request_id, now=now)
    card = next((one for one in page.groups if one.id == group_id), None)
    if card is None:
        raise gate.not_here()
    form = ReferForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            row = services.place_by_referral(
                actor=request.actor,
                group_id=group_id,
                help_request_id=help_request_id,
                now=now,
                **form.cleaned_data,
            )
        except (Invalid, Conflict) as wrong:
            status = write_on(form, wrong)
        else:
            said = _("Aangemeld: er is een plek.") if row.seat else _("Aangemeld voor de wachtlijst.")
            messages.success(request, said)
            return redirect("groups:placing", help_request_id=help_request_id)
    context = {"nav_current": PLACING, "form": form, "card": card, "page": page}
    return render(request, "groups/place.html", context, status=status)
