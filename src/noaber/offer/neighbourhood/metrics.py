"""What steering may count of neighbourhoods: in how many pilot neighbourhoods a team of kwartiermakers works.

Only places and numbers are shown: never who sits in a team.
"""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.clock import at, day_of
from noaber.knowledge.codes import load_codes
from noaber.offer.neighbourhood.models import Area, Inventory, TeamMember

SMALLEST_TEAM = 2
"""Our own agreement: no plan says how many people make a team."""


def pseudonym(area_id: UUID) -> str:
    """A short name for an area in addresses."""
    digest = salted_hmac("noaber.neighbourhood.pseudonym", str(area_id), algorithm="sha256").digest()
    return "W-" + b32encode(digest).decode()[:8]


def pilot_neighbourhoods(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """In how many pilot neighbourhoods a team worked on some day of the period."""
    n = len(pilot_items(region_id, from_on, until_on, as_of))
    return Figure(
        value=float(n),
        n=n,
        numerator=None,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def pilot_items(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> tuple[CountedItem, ...]:
    """Each pilot neighbourhood that counts, from the day on which its team was one."""
    teams = _teams(region_id, from_on, until_on, as_of)
    held = Inventory.objects.filter(area__in=[area.pk for area in teams], recorded_at__lte=as_of)
    seen = dict(held.values_list("area_id").annotate(n=Count("pk")))
    found = [
        _item(area, rows, seen.get(area.pk, 0))
        for area, rows in teams.items()
        if len({row.account_id for row in rows}) >= SMALLEST_TEAM
    ]
    return tuple(sorted(found, key=lambda item: (item.happened_at, item.label)))


def without_team(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """How many pilot neighbourhoods have no team, or a team of one."""
    began = Area.objects.filter(region_id=region_id, pilot=True, began_on__lte=until_on).count()
    return began - len(pilot_items(region_id, from_on, until_on, as_of))


def _teams(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> dict[Area, list[TeamMember]]:
    last = min(until_on, day_of(as_of))
    rows = (
        TeamMember.objects.filter(area__region_id=region_id, area__pilot=True, added_at__lte=as_of)
        .filter(period__startswith__lte=last)
        .filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=from_on))
        .select_related("area__municipality", "organisation")
        .order_by("period", "added_at", "pk")
    )
    found: dict[Area, list[TeamMember]] = defaultdict(list)
    for row in rows:
        found[row.area].append(row)
    return found


def _item(area: Area, rows: list[TeamMember], inventories: int) -> CountedItem:
    first: dict[UUID, TeamMember] = {}
    for row in rows:
        first.setdefault(row.account_id, row)
    second = list(first.values())[SMALLEST_TEAM - 1]
    groups = {code: str(domain.group) for code, domain in load_codes().domains.items()}
    return CountedItem(
        pseudonym=pseudonym(area.pk),
        happened_at=at(second.period.lower, 0),
        recorded_at=second.added_at,
        sequence=1,
        mode="",
        composition=tuple(sorted({groups.get(row.organisation.domain, "other") for row in rows})),
        outcome_class="team",
        outcome_known=True,
        place_id=area.municipality_id,
        label=str(area),
        facts=(
            ("Mensen in het team", str(len(first))),
            ("Inventarisaties", str(inventories)),
        ),
    )


METRICS = (
    Metric(
        key="pilot_neighbourhoods_with_quartermakers",
        definition=(
            "Een wijk telt als de regio haar pilotwijk noemt en er in de periode een team van kwartiermakers "
            "werkte: minstens twee mensen. Dat een team uit twee mensen bestaat, is onze eigen afspraak; het "
            "plan noemt geen aantal."
        ),
        unit="wijken",
        count=pilot_neighbourhoods,
        items=pilot_items,
        waiting=without_team,
        adds_up=False,
        things="wijken",
    ),
)
"""What this room can count for steering."""
