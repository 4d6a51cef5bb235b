"""The pages of coverage, for who steers the region."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from noaber.ground.safe_csv import safe_csv
from noaber.hallway import clock
from noaber.hallway.access.guards import AskedBy, staff
from noaber.knowledge.reachability import reachability_on
from noaber.offer.support_points import queries_region
from noaber.offer.support_points.coverage import queries
from noaber.offer.support_points.coverage.drawing import sketch
from noaber.offer.support_points.coverage.forms import AskForm
from noaber.offer.support_points.coverage.types import Standing

NAV = "dekking"
ROWS = 12
FIT_GAP = "fit_gap"


@staff
@require_safe
def coverage(request: AskedBy) -> HttpResponse:
    """White spots, what a change would bring, and where new points reach the most."""
    only_part = request.headers.get("HX-Request") == "true"
    form, standing = _standing(request, with_best=not only_part)
    context = _context(request, form, standing)
    fragment = only_part and standing is not None
    page = "support_points/coverage/_what_if.html" if fragment else "support_points/coverage/coverage.html"
    return render(request, page, context)


@staff
@require_safe
def fit_gap(request: AskedBy) -> HttpResponse:
    """What is there and what is wanted per municipality: to read, to print, to save."""
    form, standing = _standing(request)
    context = _context(request, form, standing)
    region = queries.steered(request.actor)
    context["documents"] = [row for row in queries_region.documents(region.pk) if row.kind == FIT_GAP]
    return render(request, "support_points/coverage/fit_gap.html", context)


@staff
@require_safe
def fit_gap_csv(request: AskedBy) -> HttpResponse:
    """The fit-gap report as a file for a spreadsheet."""
    _form, standing = _standing(request)
    head = (
        _("Gemeente"),
        _("Inwoners"),
        _("Iets binnen bereik"),
        _("Niets binnen bereik"),
        _("Keer gezocht en niet gevonden"),
        _("Steunpunten"),
        _("Open uren per week"),
        _("Uren per 1.000 inwoners binnen bereik"),
        _("Gewenste uren per week"),
        _("Tekort aan uren"),
        _("Plaatsen zonder iets binnen bereik"),
    )
    rows = [
        (
            *(town.name, round(town.people), round(town.reached), round(town.outside), round(town.needs)),
            *(town.points, _decimal(town.hours), _decimal(town.hours_per_1000, 2)),
            *(_decimal(town.wanted), _decimal(town.short)),
            ", ".join(town.white),
        )
        for town in (standing.towns if standing else ())
    ]
    answer = HttpResponse(safe_csv(head, rows), content_type="text/csv; charset=utf-8")
    name = f"fit-gap-steunpunten-{clock.today().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _decimal(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}".replace(".", ",")


def _standing(request: AskedBy, *, with_best: bool = True) -> tuple[AskForm, Standing | None]:
    today = clock.today()
    form = AskForm(request.GET, reachability_on(today))
    asked = form.asked(request.GET)
    return form, queries.standing(request.actor, asked if with_best else replace(asked, k=0), today=today)


def _context(request: HttpRequest, form: AskForm, standing: Standing | None) -> dict[str, object]:
    table = reachability_on(clock.today())
    context: dict[str, object] = {
        "nav_current": NAV,
        "form": form,
        "standing": standing,
        "table": table,
        "today": clock.today(),
        "question": urlencode({name: form[name].value() for name in form.fields}),
    }
    if standing is not None:
        mode = table.modes[standing.asked.mode]
        context |= {
            "mode": mode,
            "minutes": round(60 * standing.asked.km / mode.km_per_hour),
            "share": standing.reached / standing.people if standing.people else 1.0,
            "outside": standing.people - standing.reached,
            "missed": standing.needs - standing.needs_reached,
            "map": sketch(standing, mode.detour),
            "rows": standing.white[:ROWS],
            "more": max(0, len(standing.white) - ROWS),
            "when": dict(form.fields["wanneer"].choices)[standing.asked.part],  # type: ignore[attr-defined]  # it is a choice
            "gap": _gap(standing),
            "by_needs": standing.asked.aim == "needs",
            "totals": _totals(standing),
        }
    return context


def _totals(standing: Standing) -> dict[str, float | None]:
    wanted = [town.wanted for town in standing.towns if town.wanted is not None]
    return {
        "points": len(standing.doors),
        "hours": sum(town.hours for town in standing.towns),
        "hours_per_1000": sum(town.hours_per_1000 * town.people for town in standing.towns)
        / max(standing.people, 1.0),
        "wanted": sum(wanted) if wanted else None,
        "short": sum(town.short or 0.0 for town in standing.towns) if wanted else None,
    }


def _gap(standing: Standing) -> float:
    """How far the best choice could lie above what was found, as a share."""
    best = standing.best
    return 0.0 if best is None or best.bound <= 0 else max(0.0, (best.bound - best.gained) / best.bound)
