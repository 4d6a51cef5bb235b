"""The pages of who steers the region: visits, capacity, documents and the stories of the points."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.hallway.ui.formatting import number
from noaber.hallway.ui.types import Bar, BarList
from noaber.knowledge.support_points import characteristics_source, measures
from noaber.offer.support_points import queries_region, queries_work, services_keeping, showing
from noaber.offer.support_points.forms_work import DocumentForm, GrowthForm
from noaber.offer.support_points.views_keep import write_on

NAV = "dekking"


@staff
@require_safe
def overview(request: AskedBy) -> HttpResponse:
    """The points of the region with their visits and capacity."""
    page = queries_region.overview(request.actor, today=clock.today())
    words = measures()
    context = {
        "nav_current": NAV,
        "page": page,
        "lines": [
            (
                line,
                showing.kind_word(line.point.kind),
                [f"{number(value, 1)} {words[code].unit}" for code, value in line.capacity if code in words],
            )
            for line in page.lines
        ],
        "places_picture": BarList(
            title=_("Steunpunten per gemeente"),
            label_head=_("Gemeente"),
            unit=_("steunpunten"),
            bars=tuple(Bar(name, n) for name, n in page.by_place),
        ),
    }
    return render(request, "support_points/overview.html", context)


@staff
@require_safe
def one(request: AskedBy, point_id: UUID) -> HttpResponse:
    """One point: visits per month, what it holds, and its story."""
    point, months = queries_region.one_point(request.actor, point_id, today=clock.today())
    _point, told = queries_work.assessments(request.actor, point_id)
    context = {
        "nav_current": NAV,
        "point": point,
        "kind": showing.kind_word(point.kind),
        "told": told,
        "source": characteristics_source(),
        "capacities": [(row, measures().get(row.measure)) for row in queries_work.capacities([point_id])],
        "months_picture": BarList(
            title=_("Bezoeken per maand"),
            label_head=_("Maand"),
            unit=_("bezoeken"),
            bars=tuple(
                Bar(date_format(month, "M Y"), n, note="" if n is not None else _("minder dan 5"))
                for month, n in months
            ),
        ),
    }
    return render(request, "support_points/one.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def growth(request: AskedBy) -> HttpResponse:
    """The growth that the region wants, and what there is of it, point by point."""
    region_id = queries_region.steered(request.actor)
    page = queries_region.overview(request.actor, today=clock.today())
    newest = {line.measure: line.version for line in page.growth}
    counts = next((line.measure for line in page.growth if line.counts), next(iter(measures())))
    form = GrowthForm(request.POST or None, initial={"measure": counts, "version": newest.get(counts, 0)})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        if given["measure"] != request.POST.get("measure_before", given["measure"]):
            given["version"] = newest.get(given["measure"], 0)
        try:
            services_keeping.agree_growth(actor=request.actor, region_id=region_id, now=clock.now(), **given)
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De gewenste groei staat erin."))
            return redirect("support_points:growth")
    context = {"nav_current": NAV, "page": page, "form": form, "counts": counts}
    return render(request, "support_points/growth.html", context, status=422 if form.errors else 200)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: AskedBy) -> HttpResponse:
    """Where the plan of action stands."""
    region_id = queries_region.steered(request.actor)
    found = queries_region.documents(region_id)
    newest = {row.kind: row for row in found}
    plan = newest.get("action_plan")
    first = {
        "kind": "action_plan",
        "version": plan.version if plan else 0,
        "title": plan.title if plan else "",
        "where": plan.where if plan else "",
        "state_on": clock.today(),
    }
    form = DocumentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        if given["kind"] != "action_plan":
            given["version"] = newest[given["kind"]].version if given["kind"] in newest else 0
        try:
            services_keeping.keep_document(actor=request.actor, region_id=region_id, now=clock.now(), **given)
        except (Invalid, Conflict) as wrong:
            write_on(form, wrong)
        else:
            messages.success(request, _("De stand van het stuk is bijgewerkt."))
            return redirect("support_points:documents")
    context = {"nav_current": NAV, "form": form, "documents": found}
    return render(request, "support_points/documents.html", context, status=422 if form.errors else 200)
