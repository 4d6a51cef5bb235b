"""What anyone may see of support points. No name is asked and no search is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.accounts.frame import region_for
from noaber.network.partners import queries as partners
from noaber.offer.support_points import finding, queries, queries_work, rules, showing
from noaber.offer.support_points.forms import FindForm

ROUTE = "https://www.openstreetmap.org/directions?to=%s%%2C%s"
"""Opens only when somebody asks for it; nothing is loaded from there."""


def here() -> datetime:
    """This moment, local."""
    return clock.now().astimezone(clock.AMSTERDAM)


@public
@require_safe
def points(request: AskedBy, slug: str = "") -> HttpResponse:
    """Where anyone may walk in: list and map, open now first."""
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    form = FindForm(request.GET)
    asked = form.asked()
    context = {
        "nav_current": "aanbod",
        "region": region,
        "form": form,
        "asked": asked,
        "found": finding.find(region, asked, at=here()),
    }
    return render(request, "support_points/points.html", context)


@public
@require_safe
def point(request: AskedBy, point_id: UUID) -> HttpResponse:
    """One point: when it is open, what is on, for whom, and how to get there."""
    at = here()
    found = queries.point(point_id)
    days = queries.days([found], from_on=at.date(), n=queries.LOOK_AHEAD)[point_id]
    door = rules.door_at(days, at)
    state, word = showing.state_of(found, door, at.date())
    context = {
        "nav_current": "aanbod",
        "point": found,
        "ended": not found.exists_on(at.date()),
        "kind": showing.kind_word(found.kind),
        "state": state,
        "state_word": word,
        "week": showing.week(days[: queries.WEEK], at.date()),
        "day": days[0],
        "advice": showing.advice(found),
        "whom": showing.whom_words(found),
        "spoken": showing.languages(found),
        "beds": showing.beds_word(queries_work.beds_tonight(point_id, at))
        if found.kind == "respite"
        else None,
        "route": ROUTE % (found.latitude, found.longitude) if found.latitude is not None else "",
        "drawing": finding.around(found, partners.region(found.region_id)),
    }
    status = 410 if context["ended"] else 200
    return render(request, "support_points/point.html", context, status=status)
