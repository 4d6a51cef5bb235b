"""How fresh an entry is: earned by what happened, faded by silence, lowered by reports. Pure.

Each kind of happening counts once, with its latest day: a thousand visits say no more than 'people come'.
Kinds strengthen each other as independent signs would: trust = 1 - product of (1 - sign). Every open
report and a bounced mail multiply that by less than one. Weights are dated knowledge: `knowledge/freshness`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from noaber.knowledge.freshness import Weights, weights_on

LONGEST_DAYS = 3660
SURE_DAYS = 90
"""An entry of which only the day of the last check is known: fresh so long, and stale after twice that."""


class State(StrEnum):
    """How fresh."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Sign:
    """One happening that showed: it is still true."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far an entry is to be trusted today, and until when if nothing more happens.

    `trust` runs from 0 to 1. `kind` and `last_on` are of the latest sign; None when there never was one.
    """

    state: State
    trust: float
    ageing_on: date | None
    stale_on: date | None
    kind: str = ""
    last_on: date | None = None
    open_reports: int = 0
    bounced: bool = False


def trust(
    signs: Iterable[Sign],
    *,
    on: date,
    open_reports: int = 0,
    bounced: bool = False,
    weights: Weights | None = None,
) -> float:
    """Trust on a day, 0 to 1. A sign of a later day counts as of that day; unknown kinds count nothing."""
    weighed = weights or weights_on(on)
    doubt = 1.0
    for kind, day in _latest(signs).items():
        weight = weighed.kinds.get(kind)
        if weight is not None:
            age = max(0, (on - day).days)
            doubt *= 1.0 - weight.strength * 0.5 ** (age / weight.half_life_days)
    held = weighed.open_report_times ** min(open_reports, weighed.most_reports)
    return (1.0 - doubt) * held * (weighed.bounced_times if bounced else 1.0)


def freshness(
    signs: Iterable[Sign], *, today: date, open_reports: int = 0, bounced: bool = False
) -> Freshness:
    """What these signs are worth today, and the days on which that will fall below the two limits."""
    known = list(signs)
    weights = weights_on(today)
    now = trust(known, on=today, open_reports=open_reports, bounced=bounced, weights=weights)
    latest = max(known, key=lambda sign: sign.on, default=None)

    def falls_below(limit: float) -> date | None:
        return _first_day_below(known, limit, today, open_reports, bounced, weights)

    return Freshness(
        state=_state(now, weights),
        trust=now,
        ageing_on=falls_below(weights.fresh_from),
        stale_on=falls_below(weights.stale_below),
        kind=latest.kind if latest else "",
        last_on=latest.on if latest else None,
        open_reports=open_reports,
        bounced=bounced,
    )


def state_on(
    today: date, *, ageing_on: date | None, stale_on: date | None, assured_on: date | None = None
) -> State:
    """How fresh an entry is of which the two days are kept; or, without them, only its last check."""
    if stale_on is None and assured_on is not None:
        ageing_on, stale_on = (
            assured_on + timedelta(days=SURE_DAYS),
            assured_on + timedelta(days=2 * SURE_DAYS),
        )
    if stale_on is None or today >= stale_on:
        return State.STALE
    return State.AGEING if ageing_on is None or today >= ageing_on else State.FRESH


def _latest(signs: Iterable[Sign]) -> dict[str, date]:
    latest: dict[str, date] = {}
    for sign in signs:
        latest[sign.kind] = max(sign.on, latest.get(sign.kind, sign.on))
    return latest


def _state(now: float, weights: Weights) -> State:
    if now >= weights.fresh_from - 1e-9:
        return State.FRESH
    return State.AGEING if now >= weights.stale_below - 1e-9 else State.STALE


def _first_day_below(
    signs: list[Sign], limit: float, today: date, open_reports: int, bounced: bool, weights: Weights
) -> date | None:
    """The first day on which trust is below the limit, when nothing more happens; None without any sign."""
    if not signs:
        return None
    first = max(sign.on for sign in signs)

    def below(days: int) -> bool:
        on = first + timedelta(days=days)
        seen = trust(signs, on=on, open_reports=open_reports, bounced=bounced, weights=weights)
        return seen < limit - 1e-9

    low, high = 0, LONGEST_DAYS
    while low < high:
        middle = (low + high) // 2
        if below(middle):
            high = middle
        else:
            low = middle + 1
    return first + timedelta(days=low)
