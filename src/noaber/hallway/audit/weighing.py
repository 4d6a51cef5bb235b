"""Weighs a week of the log and keeps what nobody can explain in the queue of the privacy officer.

Runs as the house itself. What was decided stays; what is still open is weighed again with the newest lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.audit import hooks, rules
from noaber.hallway.audit.fingerprints import name_mark, surname_marks
from noaber.hallway.audit.models import Acquaintance, AuditEntry, HomeStreet, ReviewItem
from noaber.hallway.clock import AMSTERDAM

NOT_WEIGHED = ("together", "resident", "relative", "system", "anonymous")
"""Roles of lines that are no colleague's own look: herself, her helper beside her, the house."""

OWN_BUSINESS = "audit.question"
"""Event types that begin so are the privacy officer's answers to the resident's own question."""

HABIT_WEEKS = 8
LINES_KEPT = 60
FIELDS = (
    *("event_id", "occurred_at", "account_id", "resident_id", "event_type", "action", "result"),
    *("emergency", "listed", "actor_name", "role", "organisation_name", "hats"),
)

USUAL = """
    SELECT account_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY files) FROM (
        SELECT account_id, (occurred_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
               count(DISTINCT resident_id) AS files
        FROM audit_auditentry
        WHERE region_id = %s AND occurred_at >= %s AND occurred_at < %s
          AND result = '0' AND action = 'R' AND NOT listed AND resident_id IS NOT NULL
          AND account_id = ANY (%s)
        GROUP BY 1, 2
    ) days GROUP BY account_id HAVING count(*) >= 5
"""
"""How many files someone opens on a usual day; only where five days are known."""


@dataclass(slots=True)
class _Week:
    """The lines of one week by colleague, and who each colleague is."""

    looks: dict[UUID, list[rules.Look]]
    last: dict[UUID, dict[str, Any]]


def monday_of(day: date) -> date:
    """The Monday on which the week of this day begins."""
    return day - timedelta(days=day.weekday())


def weigh_week(region_id: UUID, week_on: date, *, now: datetime) -> int:
    """Weigh the week that begins on `week_on` in this region. Returns how many items are open after it."""
    with transaction.atomic(), gate.as_system("de week van de privacyfunctionaris wegen"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"audit week {region_id}"])
        known = list(ReviewItem.objects.filter(region_id=region_id, week_on=week_on))
        done = {line for item in known if item.decided_at for line in item.lines}
        week = _read_week(region_id, week_on, without=done)
        found = _weigh(region_id, week_on, week)
        return _keep(region_id, week_on, known, week, found, now=now)


def _read_week(region_id: UUID, week_on: date, *, without: set[str]) -> _Week:
    rows = (
        AuditEntry.objects.filter(
            region_id=region_id,
            occurred_at__gte=clock.at(week_on, 0),
            occurred_at__lt=clock.at(week_on + timedelta(days=7), 0),
            account_id__isnull=False,
        )
        .exclude(role__in=NOT_WEIGHED)
        .exclude(event_type__startswith=OWN_BUSINESS)
        .order_by("occurred_at")
        .values(*FIELDS)
    )
    week = _Week(defaultdict(list), {})
    for row in rows.iterator(chunk_size=5000):
        if str(row["event_id"]) in without:
            continue
        week.last[row["account_id"]] = row
        week.looks[row["account_id"]].append(
            rules.Look(
                id=row["event_id"],
                at=row["occurred_at"].astimezone(AMSTERDAM),
                resident_id=row["resident_id"],
                refused=row["result"] == AuditEntry.Result.REFUSED,
                listed=row["listed"],
                wrote=row["action"] not in {AuditEntry.Action.READ, AuditEntry.Action.EXECUTE},
                emergency=row["emergency"],
            )
        )
    return week


def _weigh(region_id: UUID, week_on: date, week: _Week) -> dict[UUID, list[rules.Signal]]:
    begins = clock.at(week_on, 0)
    residents = {
        look.resident_id
        for looks in week.looks.values()
        for look in looks
        if look.resident_id is not None and not look.listed
    }
    colleagues = {
        each.account_id: each for each in hooks.colleagues_of(region_id, begins + timedelta(days=3))
    }
    streets = dict(
        HomeStreet.objects.filter(account_id__in=list(week.looks)).values_list("account_id", "fingerprint")
    )
    usual = _usual(region_id, begins, list(week.looks))
    around = _surroundings(residents, colleagues.values())
    found: dict[UUID, list[rules.Signal]] = {}
    for account, looks in week.looks.items():
        colleague = colleagues.get(account) or _left(week.last[account])
        street = streets.get(account)
        looker = rules.Looker(
            colleague,
            name=name_mark(colleague.name),
            surnames=surname_marks(colleague.name),
            streets=frozenset({street}) if street else frozenset(),
            usual=usual.get(account),
        )
        signals = rules.weigh(looker, looks, around)
        if rules.score(signals) >= rules.THRESHOLD:
            found[account] = signals
    return found


def _usual(region_id: UUID, begins: datetime, accounts: Sequence[UUID]) -> dict[UUID, float]:
    with connection.cursor() as cursor:
        cursor.execute(USUAL, [region_id, begins - timedelta(weeks=HABIT_WEEKS), begins, list(accounts)])
        return dict(cursor.fetchall())


def _surroundings(residents: set[UUID], colleagues: Iterable[hooks.Colleague]) -> rules.Surroundings:
    marks = hooks.marks_of(residents)
    ties: dict[UUID, list[hooks.Tie]] = defaultdict(list)
    for tie in hooks.ties_of(residents):
        ties[tie.resident_id].append(tie)
    known: dict[UUID, set[str]] = defaultdict(set)
    named = Acquaintance.objects.filter(resident_id__in=residents)
    for resident, mark in named.values_list("resident_id", "fingerprint"):
        known[resident].add(mark)
    names: dict[UUID, set[str]] = defaultdict(set)
    for colleague in colleagues:
        for organisation in colleague.organisations:
            names[organisation].add(name_mark(colleague.name))
    return rules.Surroundings(
        marks=marks,
        ties=ties,
        acquaintances={resident: frozenset(each) for resident, each in known.items()},
        names_at={organisation: frozenset(each) for organisation, each in names.items()},
        rare=rules.rare_surnames(marks.values(), len(marks)),
    )


def _left(row: Mapping[str, Any]) -> hooks.Colleague:
    """Someone without a role by now: what the line itself says."""
    places = frozenset(UUID(hat["organisation_id"]) for hat in row["hats"])
    return hooks.Colleague(row["account_id"], row["actor_name"], places)


def _keep(
    region_id: UUID,
    week_on: date,
    known: Sequence[ReviewItem],
    week: _Week,
    found: Mapping[UUID, list[rules.Signal]],
    *,
    now: datetime,
) -> int:
    waiting = {item.account_id: item for item in known if item.decided_at is None}
    numbers: dict[UUID, int] = defaultdict(int)
    for item in known:
        numbers[item.account_id] = max(numbers[item.account_id], item.number)
    for account, signals in found.items():
        if account in waiting:
            item = waiting.pop(account)
        else:
            number = numbers[account] + 1
            item = ReviewItem(
                region_id=region_id, week_on=week_on, account_id=account, number=number, found_at=now
            )
        _fill(item, week.last[account], signals)
        item.save()
    for item in waiting.values():
        if item.asked_at is None:
            item.delete()
    return ReviewItem.objects.filter(region_id=region_id, week_on=week_on, decided_at__isnull=True).count()


def _fill(item: ReviewItem, last: Mapping[str, Any], signals: Sequence[rules.Signal]) -> None:
    item.actor_name = last["actor_name"]
    item.role = last["role"]
    item.organisation_name = last["organisation_name"]
    item.score = rules.score(signals)
    item.signals = [
        {
            "code": each.code,
            "weight": each.weight,
            "count": each.count,
            "more": each.more,
            "lines": [str(line) for line in each.lines[:LINES_KEPT]],
        }
        for each in signals
    ]
    item.lines = list(dict.fromkeys(str(line) for each in signals for line in each.lines))


def weigh_everywhere(*, now: datetime) -> int:
    """Weigh this week and the last one in every region that has lines. Returns how many items are open."""
    monday = monday_of(clock.day_of(now))
    since = clock.at(monday - timedelta(days=7), 0)
    regions = AuditEntry.objects.filter(occurred_at__gte=since, region_id__isnull=False)
    waiting = 0
    for region_id in regions.order_by().values_list("region_id", flat=True).distinct():
        if region_id is not None:
            for week_on in (monday - timedelta(days=7), monday):
                waiting += weigh_week(region_id, week_on, now=now)
    return waiting
