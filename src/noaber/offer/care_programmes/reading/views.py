"""Waits for anyone: compare, see what can start meanwhile, and open each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.guards import AskedBy, public
from noaber.hallway.access.types import Kind, Role
from noaber.hallway.accounts.frame import region_for
from noaber.hallway.ui.types import LinePlot
from noaber.knowledge.waits import norms_on
from noaber.network.partners import queries as partners
from noaber.offer.care_programmes import queries, queries_behind, queries_region
from noaber.offer.care_programmes.reading.asking import AskForm
from noaber.offer.care_programmes.reading.beside import chosen
from noaber.offer.care_programmes.reading.drawing import MOST_WEEKS, Bar, bar
from noaber.offer.care_programmes.types import Found, Percentiles, ProgrammeRow, TrendPoint, Wanted
from noaber.offer.directory import hooks
from noaber.offer.directory.queries_search import place_of

NAV = {"nav_current": "wachttijden"}
PER_PAGE = 20
FOLDED = ("soort", "afstand", "leeftijd", "verzekeraar", "online", "open", "boven")
"""The choices that stand behind 'Meer keuzes'."""
REFERS = (Role.REFERRER, Role.GUIDE, Role.ORGANISATION_ADMIN, Role.PROGRAMME_MANAGER)
Point = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A programme on the page, with its two bars and what can start this week."""

    row: ProgrammeRow
    intake: Bar
    treatment: Bar
    starting: tuple[hooks.Starting, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """The region whose waits are shown."""

    pk: UUID
    name: str


def _region(request: AskedBy, slug: str = "") -> Here:
    region = partners.region_of_visitor(slug or region_for(request.actor).slug)
    if region is None:
        raise gate.not_here()
    return Here(region.pk, region.name)


def _inside(request: AskedBy, region_id: UUID) -> bool:
    """A professional of this region, who also reads what a referrer needs."""
    actor = request.actor
    return actor.kind is Kind.STAFF and region_id in actor.regions(*REFERS)


def _line(
    row: ProgrammeRow, offers: Sequence[hooks.Starting], near: Point, age: int | None, now: datetime
) -> Line:
    norms, claim = row.norms, row.claim
    return Line(
        row,
        bar(
            claim.intake_weeks if claim else None,
            row.computed_intake.p50,
            row.computed_intake.p90,
            norms.intake if norms else None,
        ),
        bar(
            claim.treatment_weeks if claim else None,
            row.computed_treatment.p50,
            row.computed_treatment.p90,
            norms.treatment if norms else None,
        ),
        chosen(row, offers, near=near, age=age, now=now),
    )


@public
@require_safe
def waits(request: AskedBy, slug: str = "") -> HttpResponse:
    """Every programme with its wait, ranked, and in the same row what can start this week."""
    region, now = _region(request, slug), clock.now()
    form = AskForm(request.GET or None)
    place_words = str(form.asked("waar") or "").strip() if form.is_bound else ""
    place = place_of(region.pk, place_words, today=clock.today()) if place_words else None
    near: Point = (place.latitude, place.longitude) if place else (None, None)
    wanted = _wanted(form, near)
    found = queries.programmes(region.pk, wanted, now=now)
    offers = hooks.starting(hooks.Sought(region.pk, public=True), now=now)
    if form.is_bound and form.asked("boven"):
        found = Found(tuple(row for row in found.ranked if row.within_total is False), ())
    page = Paginator(found.ranked, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "region": region,
        "page": page,
        "lines": [_line(row, offers, near, wanted.age, now) for row in page.object_list],
        "beside": [_line(row, offers, near, wanted.age, now) for row in found.beside],
        "total": len(found.rows),
        "place": place,
        "unknown_place": place_words if place_words and place is None else "",
        "asked": form.is_bound and any(request.GET.get(name) for name in form.fields),
        "more": any(request.GET.get(name) for name in FOLDED),
        "inside": _inside(request, region.pk),
        "most_weeks": MOST_WEEKS,
        "now": now,
        "norms": norms_on(clock.today()),
        **NAV,
    }
    return render(request, "care_programmes/reading/waits.html", context)


def _wanted(form: AskForm, near: Point) -> Wanted:
    if not form.is_bound:
        return Wanted()
    far = form.asked("afstand")
    return Wanted(
        care_type=form.asked("soort") or "",
        diagnosis=form.asked("klacht") or "",
        age=form.asked("leeftijd"),
        insurer=form.asked("verzekeraar") or "",
        online=bool(form.asked("online")),
        open_only=bool(form.asked("open")),
        latitude=near[0],
        longitude=near[1],
        within_km=float(far) if far and near[0] is not None else None,
        sort=form.asked("volgorde") or "total",
    )


@public
@require_safe
def programme(request: AskedBy, programme_id: UUID) -> HttpResponse:
    """One programme: how long, for whom, what is said and what was counted, and what can start meanwhile."""
    now = clock.now()
    row = queries.one(programme_id, now=now)
    offers = hooks.starting(hooks.Sought(row.region_id, public=True), now=now)
    points = queries_behind.trend(programme_id, now=now)
    context = {
        "line": _line(row, offers, (None, None), None, now),
        "row": row,
        "may_refer": row.region_id in request.actor.regions(Role.REFERRER) and row.ended_on is None,
        "plot": plot(points, row.norms.total if row.norms else None),
        "points": points,
        "counts": _counts(row),
        "most_weeks": MOST_WEEKS,
        "now": now,
        **NAV,
    }
    return render(request, "care_programmes/reading/programme.html", context)


def _counts(row: ProgrammeRow) -> list[tuple[str, float | None, Percentiles]]:
    """Each of the three waits: its word, what the provider says, what was counted."""
    claim = row.claim
    return [
        (_("Tot het eerste gesprek (intake)"), claim.intake_weeks if claim else None, row.computed_intake),
        (
            _("Van het eerste gesprek tot de behandeling"),
            claim.treatment_weeks if claim else None,
            row.computed_treatment,
        ),
        (_("Samen"), claim.total_weeks if claim else None, row.computed),
    ]


def plot(points: Sequence[TrendPoint], norm: float | None) -> LinePlot | None:
    """What the provider said over time, from its first figure on; nothing with fewer than two."""
    said = [(point.month, point.total_weeks) for point in points if point.total_weeks is not None]
    if len(said) < 2:
        return None
    change, months = round(said[-1][1] - said[0][1]), len(said)
    if change > 0:
        title = ngettext("De wacht werd %(n)s week langer", "De wacht werd %(n)s weken langer", change)
    elif change < 0:
        title = ngettext("De wacht werd %(n)s week korter", "De wacht werd %(n)s weken korter", -change)
    else:
        title = _("De wacht bleef ongeveer gelijk")
    return LinePlot(
        title=title % {"n": abs(change)} if change else title,
        unit=_("weken"),
        periods=tuple(f"{month.month}-{month.year % 100:02d}" for month, _weeks in said),
        counted=tuple(float(weeks) for _month, weeks in said),
        upper=norm,
        upper_label=_("norm") if norm is not None else "",
        caption=_("Wat de aanbieder opgaf: eerste gesprek en behandeling samen, over %(n)s maanden.")
        % {"n": months},
        cumulative=False,
        level=3,
    )


@public
@require_safe
def reports(request: AskedBy, programme_id: UUID) -> HttpResponse:
    """Every figure that was told, also corrected ones."""
    now = clock.now()
    row = queries.one(programme_id, now=now)
    context = {
        "row": row,
        "inside": _inside(request, row.region_id),
        "claims": queries_behind.reports_of(programme_id, now=now),
        **NAV,
    }
    return render(request, "care_programmes/reading/reports.html", context)


@public
@require_safe
def starts(request: AskedBy, programme_id: UUID) -> HttpResponse:
    """What was counted, without anybody: whole weeks for anyone, days for professionals of the region."""
    now = clock.now()
    row = queries.one(programme_id, now=now)
    held = queries_behind.starts_of(programme_id, now=now)
    inside = _inside(request, row.region_id)
    lines = held.lines if inside else tuple(sorted(held.lines, key=lambda line: -line.waited_days))
    page = Paginator(lines, 50).get_page(request.GET.get("pagina"))
    context = {"row": row, "starts": held, "page": page, "inside": inside, **NAV}
    return render(request, "care_programmes/reading/starts.html", context)


@public
@require_safe
def region(request: AskedBy, slug: str = "") -> HttpResponse:
    """The region together: mean waits, how many wait (met dubbelingen), the trend, and what lacks."""
    held, now = _region(request, slug), clock.now()
    points = queries_region.trend(held.pk, now=now)
    context: dict[str, Any] = {
        "region": held,
        "regional": queries_region.regional(held.pk, now=now),
        "plot": plot(points, None),
        "points": points,
        **NAV,
    }
    return render(request, "care_programmes/reading/region.html", context)
