"""What steering may see of the answers: whole quarters, never a small group, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from noaber.ground.metrics import CountedItem
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.network.partners import queries as partners
from noaber.pathways.evaluations import rules
from noaber.pathways.evaluations.metrics import first_time_right, first_time_right_items, window
from noaber.pathways.evaluations.models import EvaluationAnswer, EvaluationRequest
from noaber.pathways.evaluations.policies import SEE_ROLES
from noaber.pathways.evaluations.types import Audience, Experiences

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class ExperiencesPage:
    """One quarter of answers in one region. `right` is the counted share that went right the first time."""

    region: str
    slug: str
    first: date
    last: date
    quarters: tuple[date, ...]
    audiences: tuple[Experiences, ...]
    right: float | None
    right_n: int
    right_first: date
    right_until: date


def experiences(actor: Actor, *, slug: str, quarter: date | None, now: datetime) -> ExperiencesPage:
    """The answers of one whole quarter; the newest one unless another is named.

    First time right is of the newest quarter that can be judged whole, at most the chosen one.
    """
    region_id, chosen, quarters = _chosen(actor, slug, quarter, now)
    judged = next((q for q in quarters if q[0] <= chosen[0] and _is_judged(q, now)), quarters[-1])
    figure = first_time_right(region_id, judged[0], judged[1], now)
    return ExperiencesPage(
        region=partners.region(region_id).name,
        slug=slug,
        first=chosen[0],
        last=chosen[1],
        quarters=tuple(first for first, _ in quarters),
        audiences=tuple(_experiences(region_id, audience, *chosen) for audience in Audience),
        right=figure.value if figure.n >= rules.SMALLEST_GROUP else None,
        right_n=figure.n if figure.n >= rules.SMALLEST_GROUP else 0,
        right_first=judged[0],
        right_until=judged[1],
    )


def _is_judged(quarter: tuple[date, date], now: datetime) -> bool:
    return clock.at(quarter[1] + timedelta(days=1), 0) + window(clock.day_of(now)) <= now


@dataclass(frozen=True, slots=True)
class FirstTimeRightPage:
    """The conversations behind the share of one quarter, under their pseudonyms."""

    slug: str
    first: date
    last: date
    items: tuple[CountedItem, ...]


def first_time_right_page(
    actor: Actor, *, slug: str, quarter: date | None, now: datetime
) -> FirstTimeRightPage:
    """What was counted; nothing for a small group."""
    region_id, chosen, _ = _chosen(actor, slug, quarter, now)
    items = first_time_right_items(region_id, *chosen, now)
    shown = items if len(items) >= rules.SMALLEST_GROUP else ()
    return FirstTimeRightPage(slug=slug, first=chosen[0], last=chosen[1], items=shown)


def _chosen(
    actor: Actor, slug: str, quarter: date | None, now: datetime
) -> tuple[UUID, tuple[date, date], list[tuple[date, date]]]:
    gate.require_act(actor, "evaluations.see")
    region = partners.region_by_slug(slug)
    if region.pk not in actor.regions(*SEE_ROLES):
        raise gate.not_here()
    quarters = rules.last_quarters(clock.day_of(now), QUARTERS)
    return region.pk, next((q for q in quarters if q[0] == quarter), quarters[0]), quarters


def _experiences(region_id: UUID, audience: Audience, first: date, last: date) -> Experiences:
    replies = EvaluationAnswer.objects.filter(
        region_id=region_id, audience=audience, answered_on__range=(first, last)
    ).values_list("question", "reply")
    with gate.as_system("tellen wie gevraagd is, zonder iets van iemand te tonen"):
        asked = EvaluationRequest.objects.filter(
            region_id=region_id,
            audience=audience,
            asked_at__gte=clock.at(first, 0),
            asked_at__lt=clock.at(last + timedelta(days=1), 0),
        )
        total = asked.count()
        answered = asked.filter(answered_at__isnull=False).count()
    small = answered < rules.SMALLEST_GROUP
    return Experiences(
        audience=audience,
        asked=None if total < rules.SMALLEST_GROUP else total,
        answered=None if small else answered,
        shares=rules.shares(audience, replies),
    )
