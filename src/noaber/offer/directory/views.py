"""What anyone may see: the first page, and what there is nearby. Nothing here needs a name.

Nothing of a search is stored with a person: it stands in the address of the page, and nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.access.types import Kind
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.directory import asking, finding, hooks, nearby, queries_entry, showing
from noaber.offer.directory import facets as by
from noaber.offer.directory.asking import Asked
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.types_search import Wanted

ON_START = 3
WHILE_TYPING = frozenset({"zoek", "waar"})
"""The fields that ask for the list at each sign; what they do not find yet is no gap."""


@public
@require_safe
def start(request: AskedBy) -> HttpResponse:
    """Three doors, and what is open this week."""
    region = partners.region_of_visitor(region_for(request.actor).slug)
    week: list[showing.Card] = []
    if region is not None:
        found = find(region.pk, Wanted(facets=frozenset({by.WEEK}), limit=ON_START))
        rows = queries_entry.entries(region.pk, [hit.service_id for hit in found.hits])
        week = [showing.card(entry, now=_here()) for entry in rows]
    return render(request, "directory/start.html", {"nav_current": "start", "week": week})


@public
@require_safe
def offers(request: AskedBy, slug: str = "") -> HttpResponse:
    """What there is nearby: by word, near a place, by filters; list and map. As one types, only the list."""
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    asked = asking.read(request.GET)
    typing = request.headers.get("HX-Trigger") in WHILE_TYPING
    context = finding.page_of(region, asked, typing=typing, now=_here())
    context |= {"nav_current": "aanbod", "beside": _beside(request, region.pk, asked, context["near"])}
    if request.headers.get("HX-Request") == "true":
        return _shared(render(request, "directory/_found.html", context | {"alone": True}))
    return _shared(render(request, "directory/offers.html", context))


def _here() -> datetime:
    return clock.now().astimezone(clock.AMSTERDAM)


def _beside(
    request: AskedBy, region_id: UUID, asked: Asked, near: nearby.Near | None
) -> list[hooks.PagePart]:
    """What other rooms have for this search, such as somebody to ring."""
    inside = request.actor.kind is Kind.STAFF and request.actor.second_factor
    here = any(grant.region_id == region_id for grant in request.actor.grants)
    sought = hooks.Sought(
        region_id=region_id,
        municipality=near.municipality if near else "",
        terms=tuple(sorted(facet.partition(":")[2] for facet in asked.facets)),
        public=not (inside and here),
    )
    return hooks.beside(sought, today=clock.today())


def _shared(response: HttpResponse) -> HttpResponse:
    """The same address gives a whole page or only its list: no cache may swap the two."""
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary", ""), "HX-Request"]))
    return response
