"""Activities: the calendar for residents, and the list with counts and goals for who plans them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.knowledge.neighbourhood import activity_kinds, goals_of, risk_groups
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Region
from noaber.offer.neighbourhood import rules
from noaber.offer.neighbourhood.models import Activity
from noaber.offer.neighbourhood.services_activities import may_plan_in, spans
from noaber.offer.neighbourhood.types import ActivitiesPage, ActivityCard, GoalLine, PlaceCount

COMING = (Activity.State.PLANNED, Activity.State.RUNNING)


def calendar(region_id: UUID, *, municipality: str = "", now: datetime) -> tuple[ActivityCard, ...]:
    """What residents may go to from today on, the nearest first, then what runs already. Nobody is named."""
    today = day_of(now)
    rows = _all().filter(region_id=region_id, public=True, state__in=COMING, ends_on__gte=today)
    if municipality:
        rows = rows.filter(municipality__slug=municipality)
    ordered = sorted(rows, key=lambda row: (row.starts_on < today, row.starts_on, row.title))
    return tuple(_card(row, today) for row in ordered)


def activities(actor: Actor, region: Region, *, year: int, now: datetime) -> ActivitiesPage:
    """All activities of a region in a year, counted per municipality against what the plan promises."""
    gate.require_act(actor, "neighbourhood.open")
    today = day_of(now)
    first, last = date(year, 1, 1), date(year, 12, 31)
    in_year = _all().filter(region=region, starts_on__lte=last, ends_on__gte=first)
    rows = list(
        gate.visible(actor, "see", in_year, resource="activity").order_by("-starts_on", "title", "pk")
    )
    places = partners.municipalities_of(region.pk)
    counted = Counter((row.municipality.slug, row.kind) for row in rows if _counts(row))
    slugs = [place.slug for place in places]
    goals = [rules.goal_standing(goal, slugs, counted) for goal in goals_of(region.slug, year)]
    doubled = _doubled(rows)
    return ActivitiesPage(
        region=region.slug,
        year=year,
        places=tuple(_place(place.name, place.slug, counted, goals) for place in places),
        goals=tuple(
            GoalLine(g.goal.source, g.goal.doubt, g.reached, g.needed, g.all, g.is_reached) for g in goals
        ),
        cards=tuple(_card(row, today, doubled.get(str(row.pk), ())) for row in rows),
        reach=sum(row.reach or 0 for row in rows),
        may_add=bool(may_plan_in(actor)),
    )


def activity(actor: Actor, activity_id: UUID, *, now: datetime) -> tuple[Activity, tuple[str, ...], bool]:
    """One activity, the titles of those it overlaps with, and whether this reader may change it."""
    row = gate.get(actor, "see", _all(), resource="activity", pk=activity_id)
    around = _all().filter(
        municipality=row.municipality, starts_on__lte=row.ends_on, ends_on__gte=row.starts_on
    )
    doubled = _doubled(list(around)).get(str(row.pk), ())
    return row, doubled, gate.allowed(actor, "change", row, resource="activity")


def _all() -> QuerySet[Activity]:
    return Activity.objects.select_related("municipality")


def _counts(row: Activity) -> bool:
    return row.state != Activity.State.CANCELLED


def _doubled(rows: list[Activity]) -> dict[str, tuple[str, ...]]:
    """For each activity the titles of those for the same group, in the same municipality and days."""
    titles = {str(row.pk): row.title for row in rows}
    found = spans(rows)
    pairs = ((span.key, rules.overlaps(span, found)) for span in found)
    return {key: tuple(titles[other.key] for other in others) for key, others in pairs if others}


def _place(
    name: str, slug: str, counted: Counter[tuple[str, str]], goals: list[rules.GoalStanding]
) -> PlaceCount:
    per_kind = ((kind.label, counted[slug, kind.code]) for kind in activity_kinds().values())
    counts = tuple((label, n) for label, n in per_kind if n)
    goal = next((g.goal for g in goals if g.goal.per_municipality), None)
    towards = sum(counted[slug, kind] for kind in activity_kinds() if goal is not None and goal.counts(kind))
    return PlaceCount(
        name, counts, sum(n for _label, n in counts), goal.per_municipality if goal else None, towards
    )


def _card(row: Activity, today: date, overlap: tuple[str, ...] = ()) -> ActivityCard:
    return ActivityCard(
        id=row.pk,
        title=row.title,
        text=row.text,
        kind=row.kind,
        kind_label=_(activity_kinds()[row.kind].label),
        group_label=_(risk_groups()[row.risk_group]) if row.risk_group else "",
        municipality=row.municipality.name,
        municipality_slug=row.municipality.slug,
        state=row.state,
        state_label=row.get_state_display(),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        runs=row.starts_on < today <= row.ends_on,
        when_words=row.when_words,
        place=row.place,
        organiser=row.organiser,
        reach=row.reach,
        reach_how=row.get_reach_how_display(),
        evaluate_on=row.evaluate_on,
        evaluation_late=row.evaluate_on is not None and row.evaluate_on < today and not row.learned,
        learned=row.learned,
        overlap=overlap,
    )
