"""Pages of regions and plans for anyone, and the overview for who steers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, public, staff
from noaber.steering.programme import queries

NAV = "regio"


@public
@require_GET
def regions(request: AskedBy) -> HttpResponse:
    """The regions of this installation."""
    return render(request, "programme/regions.html", {"nav_current": NAV, "regions": queries.regions()})


@public
@require_GET
def region(request: AskedBy, region: str) -> HttpResponse:
    """One region: where, who, which plans."""
    return render(request, "programme/region.html", {"nav_current": NAV, "page": queries.read_region(region)})


@public
@require_GET
def plan(request: AskedBy, region: str, plan: str) -> HttpResponse:
    """One plan opened."""
    return render(
        request, "programme/plan.html", {"nav_current": NAV, "page": queries.read_plan(region, plan)}
    )


@staff
@require_GET
def overview(request: AskedBy, region: str) -> HttpResponse:
    """Are we doing what we promised, what slips, what does it cost us?"""
    page = queries.read_overview(request.actor, region, now=clock.now())
    return render(request, "programme/overview.html", {"nav_current": "overzicht", "page": page})
