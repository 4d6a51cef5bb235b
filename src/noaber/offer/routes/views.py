"""Pages of wayfinders: for residents who can think along, and for who keeps the list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public, staff
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.directory import queries as directory
from noaber.offer.routes import queries, queries_cards, services
from noaber.offer.routes.forms import PlaceForm, WayfinderForm

NAV = {"nav_current": "routes"}
UNPROCESSABLE, CONFLICT = 422, 409


@public
@require_safe
def wayfinders(request: AskedBy) -> HttpResponse:
    """Who can think along, by municipality. Only who agreed to stand on public pages."""
    region = partners.region_of_visitor(region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    places = directory.places(region.pk)
    form = PlaceForm(request.GET, places=[(place.slug, place.name) for place in places])
    chosen = next((place for place in places if place.slug == request.GET.get("gemeente")), None)
    slug = chosen.slug if chosen else ""
    found = queries.wayfinders_for(region.pk, slug, public=True, today=clock.today())
    context = {
        "nav_current": "aanbod",
        "region": region,
        "form": form,
        "chosen": chosen,
        "wayfinders": found,
    }
    return render(request, "routes/wayfinders.html", context)


def region_of(actor: Actor) -> UUID:
    """The region in which this professional works; of more than one the first by its key."""
    regions = sorted(actor.regions(Role.EDITOR) or actor.regions())
    if not regions:
        raise gate.not_here()
    return regions[0]


@staff
@require_safe
def desk(request: AskedBy) -> HttpResponse:
    """The wayfinders and agreements of the region, and what waits for whoever reads this."""
    actor, today = request.actor, clock.today()
    region_id = region_of(actor)
    context = {
        **NAV,
        "rows": queries.kept(actor, region_id, today=today),
        "cards": queries_cards.listed(actor, region_id, today=today),
        "waiting": queries_cards.waiting(actor),
        "columns": [_("Gemeente"), (_("Eigen"), "r"), (_("Met de hele regio erbij"), "r")],
        "place_rows": [
            (place.municipality, place.own, place.all)
            for place in queries.per_municipality(region_id, today=today)
        ],
        "may_name": gate.may_act(actor, "wayfinders.keep"),
        "may_edit": gate.may_act(actor, "routes.edit"),
        "may_count": gate.may_act(actor, "routes.count"),
        "today": today,
    }
    return render(request, "routes/desk.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_wayfinder(request: AskedBy) -> HttpResponse:
    """Write a wayfinder down."""
    gate.require_act(request.actor, "wayfinders.keep")
    form = _form(request, region_of(request.actor), clock.today())
    if request.method == "POST" and form.is_valid():
        answer = _keep(request, form, None)
        if answer is not None:
            return answer
    return _page(request, form, None)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit_wayfinder(request: AskedBy, wayfinder_id: UUID) -> HttpResponse:
    """Change what is written of a wayfinder, or what she agreed to."""
    today = clock.today()
    row = queries.to_keep(request.actor, wayfinder_id, today=today)
    first = {
        key: getattr(row, key)
        for key in (
            *("name", "phone", "email", "hours", "neighbourhoods", "knows", "terms", "languages"),
            *("whole_region", "degree", "said", "agreed_on", "begins_on", "ends_on", "version"),
        )
    }
    first |= {
        "organisation_id": str(row.organisation_id),
        "municipality_id": str(row.municipality_id),
        "also_in": [str(place.pk) for place in row.also_in.all()],
    }
    form = _form(request, row.region_id, today, first)
    if request.method == "POST" and form.is_valid():
        answer = _keep(request, form, wayfinder_id)
        if answer is not None:
            return answer
    return _page(request, form, row)


def _form(
    request: AskedBy, region_id: UUID, today: date, first: dict[str, object] | None = None
) -> WayfinderForm:
    return WayfinderForm(
        request.POST or None,
        organisations=queries.organisations_to_name(request.actor),
        places=queries.places_of(region_id),
        today=today,
        initial=first or {},
    )


def _keep(request: AskedBy, form: WayfinderForm, wayfinder_id: UUID | None) -> HttpResponse | None:
    """Keep it, or write on the form what the rules refused; what was typed stays."""
    try:
        services.keep_wayfinder(
            actor=request.actor,
            wayfinder=form.wayfinder(),
            now=clock.now(),
            once_key=form.cleaned_data["once_key"],
            wayfinder_id=wayfinder_id,
            version=form.cleaned_data["version"] or 0,
        )
    except Invalid as wrong:
        for field, words in wrong.fields.items():
            form.add_error(field if field in form.fields else None, words)
        return None
    except Conflict as wrong:
        form.add_error(None, wrong.sentence())
        return None
    messages.success(request, _("De wegwijzer is bewaard en meteen te vinden."))
    return redirect("routes:desk")


def _page(request: AskedBy, form: WayfinderForm, row: object | None) -> HttpResponse:
    conflict = bool(form.is_bound and form.non_field_errors())
    if conflict and row is not None:
        typed = request.POST.copy()
        typed["version"] = str(getattr(row, "version", 0))
        form.data = typed
    status = 200 if not form.errors else CONFLICT if conflict else UNPROCESSABLE
    context = {**NAV, "form": form, "row": row, "conflict": conflict}
    return render(request, "routes/wayfinder.html", context, status=status)


@staff
@require_POST
def withdraw_wayfinder(request: AskedBy, wayfinder_id: UUID) -> HttpResponse:
    """Named no more, anywhere, from this moment."""
    services.withdraw_wayfinder(actor=request.actor, wayfinder_id=wayfinder_id, now=clock.now())
    messages.success(request, _("De wegwijzer staat nergens meer."))
    return redirect("routes:desk")
