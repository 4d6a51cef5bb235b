"""One entry: what, for whom, when, where, what it costs, is it still true. And saying that it is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from noaber.ground.globe import km_between
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts import throttle
from noaber.network.partners import queries as partners
from noaber.offer.directory import drawing, nearby, queries_entry, services_reports, showing
from noaber.offer.directory.asking import PROFESSIONAL, YOUNG
from noaber.offer.directory.forms import ReportForm
from noaber.offer.directory.queries_entry import Entry
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.showing_entry import told
from noaber.offer.directory.types_search import Wanted

PER_ADDRESS = 8
WINDOW = timedelta(hours=1)
ALIKE = 3
NEAR_KM = 12.0
"""So far around an entry the map shows other towns."""


@public
@require_safe
def entry(request: AskedBy, service_id: UUID) -> HttpResponse:
    """The page of one entry. A merged one leads to what stayed; one that ended says so, with others."""
    found = queries_entry.entry(service_id)
    if found.stays_id is not None:
        return HttpResponsePermanentRedirect(reverse("directory:entry", args=[found.stays_id]))
    audience = request.GET.get("voor", "")
    context: dict[str, Any] = {
        "nav_current": "aanbod",
        "entry": found,
        "told": told(
            found,
            now=_here(),
            audience=audience if audience in {YOUNG, PROFESSIONAL} else "",
            towns=_towns(found),
        ),
    }
    if not found.living:
        return render(request, "directory/ended.html", context | {"alike": _alike(found)}, status=410)
    return render(request, "directory/entry.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: AskedBy, service_id: UUID) -> HttpResponse:
    """'Klopt er iets niet?': a choice, and own words if she likes. What is typed survives a mistake."""
    found = _living(service_id)
    if found is None:
        return redirect("directory:entry", service_id)
    number = found.record.phone
    form = ReportForm(request.POST if request.method == "POST" else None, public_number=number)
    if request.method == "POST":
        if form.is_trapped:
            return _thanks(request, service_id)
        if form.is_valid():
            if _is_calm(request, "report"):
                services_reports.report_error(
                    service_id=service_id,
                    about=form.cleaned_data["wat"],
                    words=form.cleaned_data["woorden"],
                    once_key=form.cleaned_data["once_key"],
                    now=clock.now(),
                )
                return _thanks(request, service_id)
            form.add_error(
                None, _("Van dit adres kwamen net al veel meldingen. Probeer het over een uur opnieuw.")
            )
    context = {"nav_current": "aanbod", "entry": found, "form": form}
    return render(request, "directory/report.html", context, status=422 if form.errors else 200)


@public
@require_POST
def right(request: AskedBy, service_id: UUID) -> HttpResponse:
    """One tap: this is right. Counts lightly, once for each address and entry in a day."""
    if _living(service_id) is not None:
        now = clock.now()
        address = f"{request.META.get('REMOTE_ADDR', '')} {service_id}"
        if _is_calm(request, "right") and throttle.allows(
            "directory-right", address, limit=1, window=timedelta(days=1), now=now
        ):
            services_reports.say_right(service_id=service_id, on=clock.day_of(now), now=now)
        messages.success(request, _("Dank u. Zo weten anderen dat dit nog klopt."))
    return redirect("directory:entry", service_id)


def _living(service_id: UUID) -> Entry | None:
    """The entry when it is there; None when the page of the entry has something else to say."""
    found = queries_entry.entry(service_id)
    return found if found.living and found.stays_id is None else None


def _thanks(request: AskedBy, service_id: UUID) -> HttpResponse:
    messages.success(
        request,
        _("Dank u. Wie dit aanbod bijhoudt, kijkt het na. Tot dan staat het wat lager in de lijst."),
    )
    return redirect("directory:entry", service_id)


def _is_calm(request: AskedBy, what: str) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    limit = PER_ADDRESS if what == "report" else PER_ADDRESS * 5
    return throttle.allows(f"directory-{what}", address, limit=limit, window=WINDOW, now=clock.now())


def _here() -> datetime:
    return clock.now().astimezone(clock.AMSTERDAM)


def _point(found: Entry) -> tuple[float, float] | None:
    for place in found.record.places:
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
    return None


def _towns(found: Entry) -> list[drawing.Spot]:
    """The towns around the entry, to see on the map where it is."""
    point = _point(found)
    if point is None:
        return []
    region = partners.region(found.region_id)
    known = nearby.known_places(region, partners.municipalities_of(found.region_id))
    return [
        drawing.Spot(one.near.name, one.near.latitude, one.near.longitude, weight=-len(one.near.name))
        for one in known
        if km_between(*point, one.near.latitude, one.near.longitude) <= NEAR_KM
    ]


def _alike(found: Entry) -> list[showing.Card]:
    """What is like an entry that ended: the same forms and life areas, near to where it was."""
    point = _point(found)
    facets = {f"form:{code}" for code in found.record.terms} | {
        f"life_area:{code}" for code in found.record.terms
    }
    latitude, longitude = point or (None, None)
    for wanted in (facets, set()):
        hits = find(
            found.region_id,
            Wanted(
                facets=frozenset(wanted), latitude=latitude, longitude=longitude, typing=True, limit=ALIKE
            ),
        ).hits
        if hits:
            break
    rows = queries_entry.entries(found.region_id, [hit.service_id for hit in hits])
    distances = {hit.service_id: hit.distance_km for hit in hits}
    return [showing.card(one, now=_here(), distance_km=distances[one.service_id]) for one in rows]
