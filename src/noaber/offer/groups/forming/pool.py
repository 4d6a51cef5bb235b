"""Reading the pool for who may not know who is on it: rows of one region as the matcher takes them.

Everything here reads as the house itself. What leaves this module holds no mark of an organisation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.knowledge.group_forming import forming, kinds
from noaber.network.partners.models import Membership, Municipality, Organisation
from noaber.offer.groups.forming import rules
from noaber.offer.groups.forming.rules import Formed, Size, Venue, Wait
from noaber.offer.groups.forming.types import LeaderChoice
from noaber.offer.groups.models import Leader, SessionLeader
from noaber.offer.groups.models_forming import FormingQuestion, GroupProposal, WaitingFor

READING = "groepen vormen zonder namen"
NOON = 12
EVENING = 17


def sizes() -> dict[str, Size]:
    """How many people make a group, by kind."""
    return {code: Size(kind.least, kind.most, kind.organisations) for code, kind in kinds().items()}


def waiting_rows(region_id: UUID) -> list[WaitingFor]:
    """Everybody who waits in a region, the longest first."""
    with gate.as_system(READING):
        return list(
            WaitingFor.objects.filter(region_id=region_id, state=WaitingFor.State.WAITING)
            .select_related("organisation", "municipality")
            .order_by("since", "pk")
        )


def free_rows(region_id: UUID, today: date) -> list[WaitingFor]:
    """Who can be proposed: waits, agreed to that not too long ago, and has no other question open."""
    rows = waiting_rows(region_id)
    oldest = today - timedelta(days=forming().consent_days)
    with gate.as_system(READING):
        asked = set(
            FormingQuestion.objects.filter(
                proposal__region_id=region_id, proposal__state=GroupProposal.State.ASKED
            )
            .filter(answer__in=("", "yes"))
            .values_list("waiting_id", flat=True)
        )
    return [row for row in rows if row.pk not in asked and row.consented_on >= oldest]


def as_wait(row: WaitingFor) -> Wait:
    """As the matcher takes it."""
    return Wait(
        id=row.pk,
        organisation=row.organisation_id,
        kind=row.kind,
        theme=row.theme,
        latitude=row.latitude,
        longitude=row.longitude,
        day_parts=frozenset(row.day_parts),
        language=row.language,
        age_band=row.age_band,
        since=row.since,
        travel_km=float(row.travel_km),
    )


def venues(region_id: UUID) -> dict[str, tuple[Venue, Municipality]]:
    """The municipalities of a region as places to meet, by slug."""
    rows = Municipality.objects.filter(region_id=region_id, latitude__isnull=False, longitude__isnull=False)
    return {
        row.slug: (Venue(row.slug, row.name, row.latitude or 0.0, row.longitude or 0.0), row)
        for row in rows.order_by("slug")
    }


def formed_groups(rows: Sequence[WaitingFor], places: Iterable[Venue], today: date) -> tuple[Formed, ...]:
    """The groups that can start together, the best first."""
    return rules.groups_to_propose([as_wait(row) for row in rows], list(places), sizes(), today)


def key_of(formed: Formed) -> str:
    """Finds this group again in the same lists."""
    slot = formed.slot
    young = "young" if slot.young else "adult"
    return ".".join((slot.kind, slot.theme, slot.language, young, slot.day_part, slot.venue))


def seen_of(formed: Formed) -> str:
    """Changes when its people change."""
    marks = ",".join(sorted(str(wait.id) for wait in formed.members))
    return hashlib.sha256(marks.encode()).hexdigest()[:16]


def leader_choices(region_id: UUID, *, from_on: date, until_on: date) -> list[LeaderChoice]:
    """Everybody with the role of group leader today, and on which parts of the week she leads then."""
    today = clock.today()
    rows = (
        Membership.objects.filter(
            role=str(Role.GROUP_LEADER), organisation__region_id=region_id, period__contains=today
        )
        .select_related("account", "organisation")
        .order_by("account__name", "pk")
    )
    accounts = [row.account_id for row in rows]
    busy: dict[UUID, set[str]] = {}
    for account, during in SessionLeader.objects.filter(
        account_id__in=accounts,
        during__startswith__gte=clock.at(from_on, 0),
        during__startswith__lt=clock.at(until_on, 0) + timedelta(days=1),
    ).values_list("account_id", "during"):
        busy.setdefault(account, set()).add(part_of(during.lower))
    leads = dict(
        Leader.objects.filter(account_id__in=accounts, period__contains=today)
        .values_list("account_id")
        .annotate(n=Count("pk"))
    )
    return [
        LeaderChoice(
            account_id=row.account_id,
            organisation_id=row.organisation_id,
            name=row.account.name,
            organisation=row.organisation.name,
            leads=leads.get(row.account_id, 0),
            busy=frozenset(busy.get(row.account_id, ())),
        )
        for row in rows
    ]


def part_of(moment: datetime) -> str:
    """The part of the week in which a moment lies, such as 'tue_evening'."""
    local = moment.astimezone(clock.AMSTERDAM)
    days = (*rules.DAYS, "sun")
    part = "morning" if local.hour < NOON else "afternoon" if local.hour < EVENING else "evening"
    return f"{days[local.weekday()]}_{part}"


ANSWERS = {"yes": "yes", "no": "no", "later": "later", "": "open"}


def answers_of(proposals: Iterable[GroupProposal]) -> Mapping[UUID, dict[str, int]]:
    """How many were asked, and said what, by proposal; of a running one only who still waits counts."""
    found = {row.pk: dict.fromkeys(("asked", *ANSWERS.values()), 0) for row in proposals}
    alive = Q(waiting__state="waiting") | Q(placed=True) | ~Q(proposal__state="asked")
    with gate.as_system(READING):
        rows = FormingQuestion.objects.filter(alive, proposal_id__in=found)
        for proposal_id, said, number in rows.values_list("proposal_id", "answer").annotate(n=Count("pk")):
            found[proposal_id][ANSWERS[said]] += number
            found[proposal_id]["asked"] += number
    return found


def organisations_of(
    region_id: UUID, names: Iterable[str], leaders: Iterable[LeaderChoice]
) -> list[tuple[str, str]]:
    """Organisations that send people or a leader: id and name, those that send people first."""
    sends = set(names)
    rows = Organisation.objects.filter(region_id=region_id).filter(
        Q(name__in=sends) | Q(pk__in=[one.organisation_id for one in leaders])
    )
    return [
        (str(row.pk), row.name) for row in sorted(rows, key=lambda row: (row.name not in sends, row.name))
    ]
