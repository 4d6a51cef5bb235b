"""Areas, their team and free hours."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.access.types import Role
from noaber.network.partners import queries as partners
from noaber.offer.neighbourhood import errors, queries, services
from noaber.offer.neighbourhood.forms import AreaForm, HoursForm, MemberForm, NamelessForm

NAV = "wijk"


def write_on(form: Form, wrong: NoaberError) -> None:
    """What was refused, beside the field it is about; a likely name may be confirmed to be none."""
    if isinstance(form, NamelessForm) and wrong.code == errors.MAY_NAME_SOMEONE:
        form.asks_no_person = True
    named = {name: said for name, said in wrong.fields.items() if name in form.fields}
    for name, said in named.items():
        form.add_error(name, said)
    if not named:
        form.add_error(None, wrong.sentence())


@staff
@require_safe
def areas(request: AskedBy) -> HttpResponse:
    """The areas of whoever asks; for who steers, of the whole region. One area opens by itself."""
    found = queries.areas(request.actor, now=clock.now())
    may_steer = gate.may_act(request.actor, "neighbourhood.steer")
    if len(found) == 1 and not may_steer:
        return redirect("neighbourhood:area", area_id=found[0].id)
    context = {"nav_current": NAV, "areas": found, "may_steer": may_steer}
    return render(request, "neighbourhood/areas.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_area(request: AskedBy) -> HttpResponse:
    """Begin in a neighbourhood."""
    gate.require_act(request.actor, "neighbourhood.steer")
    regions = request.actor.regions(Role.PROGRAMME_MANAGER)
    places = {str(p.pk): p for region_id in regions for p in partners.municipalities_of(region_id)}
    form = AreaForm(request.POST or None, places=[(key, p.name) for key, p in places.items()])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = places[given["municipality"]]
        try:
            made = services.make_area(
                actor=request.actor,
                region_id=place.region_id,
                municipality_id=place.pk,
                name=given["name"],
                pilot=given["pilot"],
                now=clock.now(),
            )
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De wijk staat er. Zet nu een team klaar."))
            return redirect("neighbourhood:team", area_id=made)
    context = {"nav_current": NAV, "form": form}
    return render(request, "neighbourhood/area_form.html", context, status=422 if form.errors else 200)


@staff
@require_safe
def area(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Mijn wijk: who the key persons are, what is asked, which place is not welcoming yet."""
    page = queries.area(request.actor, area_id, now=clock.now())
    return render(request, "neighbourhood/area.html", {"nav_current": NAV, "page": page})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Who works here, and a place for someone new."""
    now = clock.now()
    people = queries.candidates(request.actor, area_id, now=now)
    form = MemberForm(request.POST or None, people=people, initial={"from_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["membership_id"] = UUID(given.pop("membership"))
        try:
            services.add_member(actor=request.actor, area_id=area_id, now=now, **given)
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Deze collega hoort nu bij het team."))
            return redirect("neighbourhood:team", area_id=area_id)
    context = {
        "nav_current": NAV,
        "form": form,
        "page": queries.area(request.actor, area_id, now=now),
        "someone": bool(people),
    }
    return render(request, "neighbourhood/team.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def end_member(request: AskedBy, member_id: UUID) -> HttpResponse:
    """Someone leaves the team today."""
    area_id = services.end_member(actor=request.actor, member_id=member_id, now=clock.now())
    messages.success(request, _("Deze collega is nu uit het team en ziet de wijk niet meer."))
    return redirect("neighbourhood:team", area_id=area_id)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: AskedBy, area_id: UUID) -> HttpResponse:
    """Free hours of one's own."""
    now = clock.now()
    area = services.area_for(request.actor, area_id, "work")
    form = HoursForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.use_hours(actor=request.actor, area_id=area_id, now=now, **form.cleaned_data)
        except Invalid as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("Uw uren zijn genoteerd."))
            return redirect("neighbourhood:area", area_id=area_id)
    context = {"nav_current": NAV, "form": form, "area_id": area_id, "title": str(area)}
    return render(request, "neighbourhood/hours.html", context, status=422 if form.errors else 200)
