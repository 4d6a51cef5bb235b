"""What steering may count of wayfinders: whether the network has started, with how many and of which kind."""

from __future__ import annotations

from base64 import b32encode
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.access import gate
from noaber.hallway.clock import at, day_of
from noaber.knowledge.codes import load_codes
from noaber.offer.routes.models import Wayfinder

WHY = "wegwijzers tellen, zonder iets van hen te tonen"
SMALLEST_NETWORK = 2
"""Our own agreement: one wayfinder is no network; no plan gives a number."""


def pseudonym(wayfinder_id: UUID) -> str:
    """A name for a wayfinder in lists: always the same, and no way back without the secret key."""
    digest = salted_hmac("noaber.routes.pseudonym", str(wayfinder_id), algorithm="sha256").digest()
    return "WW-" + b32encode(digest).decode()[:8]


def wayfinder_network(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """1 when there are wayfinders enough for a network by the end of the period, else 0; `n` is how many."""
    with gate.as_system(WHY):
        n = _rows(region_id, until_on, as_of).count()
    return Figure(
        value=1.0 if n >= SMALLEST_NETWORK else 0.0,
        n=n,
        numerator=None,
        later=0,
        left_out=0,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def wayfinder_items(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> tuple[CountedItem, ...]:
    """Each wayfinder by the side she works on and how many subjects she knows; never who she is or where."""
    groups = {code: str(domain.group) for code, domain in load_codes().domains.items()}
    with gate.as_system(WHY):
        found = _rows(region_id, until_on, as_of).select_related("organisation")
        rows = list(found.order_by("begins_on", "pk"))
    return tuple(
        CountedItem(
            pseudonym=pseudonym(row.pk),
            happened_at=at(row.begins_on, 0),
            recorded_at=row.recorded_at,
            sequence=1,
            mode="",
            composition=(groups.get(row.organisation.domain, "other"),),
            outcome_class="wayfinder",
            outcome_known=True,
            place_id=row.municipality_id,
            facts=(("Onderwerpen", str(len(row.terms))),),
        )
        for row in rows
    )


def nothing_waits(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """A wayfinder who did not agree is not kept, so nobody waits."""
    return 0


def _rows(region_id: UUID, until_on: date, as_of: datetime) -> QuerySet[Wayfinder]:
    """Who was a wayfinder on the last day of the period, or today when that is still to come."""
    last = min(until_on, day_of(as_of))
    return Wayfinder.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=last),
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=at(last + timedelta(days=1), 0)),
        region_id=region_id,
        begins_on__lte=last,
        recorded_at__lte=as_of,
    )


METRICS = (
    Metric(
        key="wayfinder_network_started",
        definition=(
            "Het netwerk van wegwijzers is gestart als er op de laatste dag van de periode minstens twee "
            "wegwijzers zijn die het zelf goedvonden. Aantal en soort staan hieronder. Dat "
            "twee genoeg is, is onze eigen afspraak; het plan noemt geen aantal."
        ),
        unit="netwerk",
        count=wayfinder_network,
        items=wayfinder_items,
        waiting=nothing_waits,
        adds_up=False,
        things="wegwijzers",
    ),
)
"""What this room can count for steering."""
