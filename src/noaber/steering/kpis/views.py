"""Pages on which a programme manager sees what was promised and what was counted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.steering.kpis import evidence, queries, services
from noaber.steering.kpis.forms import Decision, KpiChoice
from noaber.steering.kpis.pictures import places_of, plot_of
from noaber.steering.kpis.presentation import item_facts, item_rows, page_facts, thing_facts

PER_PAGE = 50
NAV = "kpis"


@staff
@require_GET
def kpi_list(request: AskedBy, region: str) -> HttpResponse:
    """All KPIs of the region with their state, value and money."""
    found = queries.read_kpis(request.actor, region, now=clock.now())
    form = KpiChoice(request.GET, values=found.values)
    shown = form.matching(found.values)
    return render(
        request,
        "kpis/list.html",
        {
            "nav_current": NAV,
            "found": found,
            "form": form,
            "filtered": bool(form.chosen()),
            "shown": shown,
            "shown_total": queries.total_of("", shown),
        },
    )


@staff
@require_GET
def kpi(request: AskedBy, region: str, number: str) -> HttpResponse:
    """One KPI: counted, promised, money, months, municipalities, doubts."""
    return _kpi_page(request, region, number, Decision(initial={"dag": clock.today()}))


@staff
@require_POST
def decide(request: AskedBy, region: str, number: str) -> HttpResponse:
    """Record what the steering group decided."""
    form = Decision(request.POST)
    if not form.is_valid():
        return _kpi_page(request, region, number, form, status=400)
    services.record_decision(
        actor=request.actor,
        region_slug=region,
        number=number,
        state=form.cleaned_data["besluit"],
        decided_on=form.cleaned_data["dag"],
        now=clock.now(),
    )
    messages.success(request, _("Het besluit van de stuurgroep is vastgelegd."))
    return redirect("kpis:one", region, number)


def _kpi_page(
    request: AskedBy, region: str, number: str, form: Decision, *, status: int = 200
) -> HttpResponse:
    page = evidence.read_kpi(request.actor, region, number, now=clock.now())
    context = {
        "nav_current": NAV,
        "page": page,
        "kpi": page.value,
        "plot": plot_of(page),
        "places": places_of(page.places),
        "form": form,
    }
    return render(request, "kpis/kpi.html", context | page_facts(page), status=status)


@staff
@require_GET
def items(request: AskedBy, region: str, number: str) -> HttpResponse:
    """The conversations behind a KPI, newest first, without names."""
    found = evidence.read_items(request.actor, region, number, now=clock.now())
    shown = Paginator(tuple(reversed(found.items)), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "nav_current": NAV,
        "found": found,
        "kpi": found.value,
        "shown": shown,
        "rows": item_rows(found, shown),
    }
    return render(request, "kpis/things.html" if found.value.things else "kpis/items.html", context)


@staff
@require_GET
def item(request: AskedBy, region: str, number: str, pseudonym: str) -> HttpResponse:
    """One counted conversation and why it counts."""
    found = evidence.read_item(request.actor, region, number, pseudonym, now=clock.now())
    context = {"nav_current": NAV, "found": found, "kpi": found.value}
    if found.value.things:
        return render(request, "kpis/thing.html", context | {"reasons": thing_facts(found.item)})
    return render(request, "kpis/item.html", context | {"facts": item_facts(found.item)})
