"""What the report is made from: groups, wishes, counts of who waits, questions without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.ground.small_cells import SMALLEST_CELL, hide_small
from noaber.hallway import clock
from noaber.hallway.clock import day_of
from noaber.knowledge.codes import load_codes
from noaber.knowledge.group_forming import kinds
from noaber.knowledge.groups import goal_of
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners.models import Municipality, Region
from noaber.offer.directory.hooks import Lack
from noaber.offer.directory.models import Gap
from noaber.offer.groups.fit_gap import rules
from noaber.offer.groups.fit_gap.rules import GroupThere, Line, Wish
from noaber.offer.groups.forming import pool, words
from noaber.offer.groups.models import Group
from noaber.offer.groups.models_forming import WaitingFor, WantedGroups

ADDRESS = "/groepen/aanbod/"
GROUP_FORMS = ("peer_group", "self_help_group", "course", "walking_group")
MOST_QUESTIONS = 12
NO_PLACE = "online"


def groups_of(region_id: UUID, today: date) -> list[GroupThere]:
    """Groups that run or will begin, by title."""
    rows = (
        Group.objects.filter(region_id=region_id)
        .exclude(state__in=(Group.State.CANCELLED, Group.State.ENDED))
        .select_related("municipality", "organisation")
        .order_by("title", "starts_on", "pk")
    )
    found = [
        GroupThere(
            id=str(row.pk),
            title=row.title,
            kind=row.kind,
            domain=row.domain,
            place=row.municipality.slug if row.municipality else NO_PLACE,
            organisation=row.organisation.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]
    return [one for one in found if rules.runs(one, today) or rules.comes(one, today)]


def themes_there(region_id: UUID, today: date) -> set[str]:
    """What the groups that run or begin are about."""
    rows = (
        Group.objects.filter(region_id=region_id)
        .exclude(state__in=(Group.State.CANCELLED, Group.State.ENDED))
        .values_list("terms", "ends_on")
    )
    return {term for terms, ends in rows if ends is None or ends >= today for term in terms}


def wishes_of(region: Region, today: date) -> list[Wish]:
    """What the region set itself; else what its plan says for this year."""
    rows = WantedGroups.objects.filter(region=region).select_related("municipality")
    own = [
        Wish(
            place=row.municipality.slug if row.municipality else "",
            kind=row.kind,
            number=row.number,
            from_on=row.from_on,
            made_at=row.made_at,
            reason=row.reason,
        )
        for row in rows
    ]
    goal = goal_of(region.slug, today.year)
    if goal is None:
        return own
    begins = date(today.year, 1, 1)
    plan = [Wish("", "", goal.total, begins, clock.at(begins, 0), goal.source)]
    plan += [
        Wish(place, "", goal.per_municipality, begins, clock.at(begins, 0), goal.source)
        for place in Municipality.objects.filter(region=region).values_list("slug", flat=True)
    ]
    named = {(wish.place, wish.kind) for wish in own if wish.from_on <= today}
    return [*own, *(wish for wish in plan if (wish.place, wish.kind) not in named)]


def document(region: Region, *, now: datetime) -> dict[str, Any]:
    """The whole report as plain data: this is what is shown, carried out, and frozen."""
    today = day_of(now)
    groups, wishes = groups_of(region.pk, today), wishes_of(region, today)
    rows = pool.waiting_rows(region.pk)
    lines = [*_by_place(region, groups, wishes, rows, today), *_by_kind(groups, wishes, rows, today)]
    lines += _by_domain(groups, today)
    whole = rules.line("region", "", region.name, groups, rules.wanted_on(wishes, today), None, today)
    people = len(rows)
    return {
        "region": region.name,
        "as_of": today.isoformat(),
        "total": asdict(whole) | {"waiting": people if people >= SMALLEST_CELL or not people else None},
        "lines": [asdict(one) for one in lines],
        "groups": [_plain(one, today) for one in groups],
        "lacks": [
            {"theme": words.theme(theme), "people": people}
            for theme, people in _lacking(region.pk, rows, today).items()
        ],
        "questions": questions(region.pk, today),
    }


def _plain(group: GroupThere, today: date) -> dict[str, Any]:
    return asdict(group) | {
        "starts_on": group.starts_on.isoformat(),
        "ends_on": group.ends_on.isoformat() if group.ends_on else "",
        "kind_label": words.kind(group.kind),
        "running": rules.runs(group, today),
    }


def _safe(rows: Iterable[WaitingFor], keys: Sequence[str], by: str) -> dict[str, int | None]:
    counts = Counter(str(row.municipality.slug if by == "place" else getattr(row, by)) for row in rows)
    cells = {key: counts.get(key, 0) for key in keys}
    safe = hide_small(cells, list(keys))
    return {key: safe.shown.get(key) for key in keys}


def _by_place(
    region: Region,
    groups: Sequence[GroupThere],
    wishes: Sequence[Wish],
    rows: Sequence[WaitingFor],
    today: date,
) -> list[Line]:
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    waiting = _safe(rows, [place.slug for place in places], "place")
    found = [
        rules.line(
            "place",
            place.slug,
            place.name,
            [one for one in groups if one.place == place.slug],
            rules.wanted_on(wishes, today, place=place.slug),
            waiting[place.slug],
            today,
        )
        for place in places
    ]
    online = [one for one in groups if one.place == NO_PLACE]
    if online:
        found.append(
            rules.line("place", NO_PLACE, _("Online of zonder vaste plek"), online, None, None, today)
        )
    return found


def _by_kind(
    groups: Sequence[GroupThere], wishes: Sequence[Wish], rows: Sequence[WaitingFor], today: date
) -> list[Line]:
    waiting = _safe(rows, list(kinds()), "kind")
    return [
        rules.line(
            "kind",
            code,
            kind.label,
            [one for one in groups if one.kind == code],
            rules.wanted_on(wishes, today, kind=code),
            waiting[code],
            today,
        )
        for code, kind in kinds().items()
    ]


def _by_domain(groups: Sequence[GroupThere], today: date) -> list[Line]:
    domains = load_codes().domains
    labels = {code: domains[code].label if code in domains else code for code in {g.domain for g in groups}}
    return [
        rules.line("domain", code, label, [g for g in groups if g.domain == code], None, None, today)
        for code, label in sorted(labels.items(), key=lambda pair: pair[1])
    ]


def _lacking(region_id: UUID, rows: Iterable[WaitingFor], today: date) -> dict[str, int]:
    counts = Counter(row.theme for row in rows)
    return rules.lacking_themes(counts, themes_there(region_id, today), SMALLEST_CELL)


def lacking(region_id: UUID, now: datetime) -> tuple[Lack, ...]:
    """Lines for the region's list of gaps: a theme for which enough people wait and no group is about it."""
    today = day_of(now)
    found = _lacking(region_id, pool.waiting_rows(region_id), today)
    return tuple(
        Lack(
            kind=_("geen groep"),
            what=_("%(theme)s: %(people)s mensen wachten op een groep")
            % {"theme": words.theme(theme), "people": people},
            place="",
            since=None,
            weight=float(people),
            address=ADDRESS,
        )
        for theme, people in found.items()
    )


def questions(region_id: UUID, today: date) -> list[dict[str, Any]]:
    """What people looked for in the sociale kaart in a year and did not find, if it is about a group."""
    terms = load_terms()
    known = {
        word
        for code in GROUP_FORMS
        if code in terms
        for text in (terms[code].name, *terms[code].synonyms)
        for word in text.casefold().split()
        if len(word) > 4
    } | {"groep"}
    rows = Gap.objects.filter(
        region_id=region_id, month__gte=(today - timedelta(days=365)).replace(day=1)
    ).select_related("municipality")
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if known & set(row.question.casefold().split()):
            counts[row.question, row.municipality.name if row.municipality else ""] += row.times
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_QUESTIONS]
    return [{"question": q, "place": place, "times": n} for (q, place), n in ordered]
