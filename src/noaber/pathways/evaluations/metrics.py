"""First time right: after the first conversation nothing had to be done again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from noaber.ground.metrics import CountedItem, Figure, Metric
from noaber.hallway.access import gate
from noaber.hallway.clock import AMSTERDAM, at
from noaber.knowledge.codes import norm
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.metrics import pseudonym
from noaber.pathways.conversations.models import Conversation


def window(on: date) -> timedelta:
    """How long nothing may come back, as it holds on this day."""
    return timedelta(days=int(norm("first_time_right_window", on).value))


def first_time_right(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> Figure:
    """Which share of the first conversations needed no second one and no new request within the window.

    Only conversations of which the window had passed at `as_of` are counted, so the last weeks are left out.
    """
    with gate.as_system("eerste gesprekken tellen, zonder iets van iemand te tonen"):
        judged = _judged(region_id, from_on, until_on, as_of)
        n = judged.count()
        right = judged.filter(_right(as_of)).count()
        waiting = _first(region_id, from_on, until_on, as_of).count() - n
    return Figure(
        value=right / n if n else None,
        n=n,
        numerator=right,
        later=0,
        left_out=waiting,
        unknown=0,
        from_on=from_on,
        until_on=until_on,
        as_of=as_of,
    )


def first_time_right_items(
    region_id: UUID, from_on: date, until_on: date, as_of: datetime
) -> tuple[CountedItem, ...]:
    """Each first conversation that was judged, under its pseudonym."""
    with gate.as_system("eerste gesprekken tellen, zonder iets van iemand te tonen"):
        rows = _judged(region_id, from_on, until_on, as_of).annotate(was_right=_right(as_of))
        return tuple(
            CountedItem(
                pseudonym=pseudonym(row.pk),
                happened_at=row.held_at or as_of,
                recorded_at=row.held_at or as_of,
                sequence=1,
                mode=row.mode,
                composition=(),
                outcome_class="first_time_right" if row.was_right else "again",
                outcome_known=True,
                place_id=row.municipality_id,
            )
            for row in rows.order_by("held_at", "pk")
        )


def not_judged_yet(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> int:
    """How many first conversations wait until their window has passed."""
    with gate.as_system("eerste gesprekken tellen, zonder iets van iemand te tonen"):
        everything = _first(region_id, from_on, until_on, as_of).count()
        return everything - _judged(region_id, from_on, until_on, as_of).count()


def _first(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[Conversation]:
    return Conversation.objects.filter(
        region_id=region_id,
        number=1,
        state=Conversation.State.HELD,
        held_at__gte=at(from_on, 0),
        held_at__lt=at(until_on + timedelta(days=1), 0),
        held_at__lte=as_of,
    )


def _judged(region_id: UUID, from_on: date, until_on: date, as_of: datetime) -> QuerySet[Conversation]:
    span = window(as_of.astimezone(AMSTERDAM).date())
    return _first(region_id, from_on, until_on, as_of).filter(held_at__lte=as_of - span)


def _right(as_of: datetime) -> Q:
    span = window(as_of.astimezone(AMSTERDAM).date())
    later = Conversation.objects.filter(
        help_request=OuterRef("help_request"), number__gte=2, planned_at__lte=OuterRef("held_at") + span
    ).exclude(state=Conversation.State.CANCELLED)
    again = HelpRequest.objects.filter(
        resident=OuterRef("help_request__resident"),
        received_at__gt=OuterRef("held_at"),
        received_at__lte=OuterRef("held_at") + span,
    )
    return ~Q(Exists(later)) & ~Q(Exists(again))


METRICS = (
    Metric(
        key="first_time_right",
        definition=(
            "Van de eerste verkennende gesprekken: het deel waarna binnen 90 dagen geen tweede gesprek en "
            "geen nieuwe vraag van dezelfde inwoner kwam. Een gesprek telt mee als die dagen voorbij zijn. "
            "Dit is onze eigen afspraak; geen regioplan noemt er een. Hoger is beter."
        ),
        unit="deel van de gesprekken",
        count=first_time_right,
        items=first_time_right_items,
        waiting=not_judged_yet,
        adds_up=False,
    ),
)
"""What this room can count for steering."""
