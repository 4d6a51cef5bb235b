"""Pure decisions: what a group costs, which organisation carries what, and who can lead it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation carries, what its leader already brings, in cents. `balance` above 0: it pays."""

    organisation: UUID
    participants: int
    carries_cents: int
    brings_cents: int

    @property
    def balance_cents(self) -> int:
        """What it still pays; below 0 it receives."""
        return self.carries_cents - self.brings_cents


def split(total_cents: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide an amount by weight in whole cents; the parts add up to the amount exactly.

    Each gets its part rounded down. The cents that remain go one by one to whoever lost most by that; among
    equals in the order of their keys. Without any weight everybody is equal.
    """
    if total_cents < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("an amount and its weights are never below zero")
    if not weights:
        if total_cents:
            raise ValueError("an amount needs somebody to carry it")
        return {}
    given = dict(weights) if any(weights.values()) else dict.fromkeys(weights, 1)
    whole = sum(given.values())
    parts = {key: total_cents * weight // whole for key, weight in given.items()}
    lost = sorted(given, key=lambda key: (-(total_cents * given[key] % whole), key))
    for key in lost[: total_cents - sum(parts.values())]:
        parts[key] += 1
    return parts


def shares(
    *,
    participants: Mapping[UUID, int],
    leader_hours: Mapping[UUID, float],
    cents_per_hour: int,
    other_cents: int,
    by: str,
) -> tuple[Share, ...]:
    """What each organisation carries of a group.

    The cost is the hours of the leaders and what comes beside them (a room, coffee). `by` says how it is
    divided: "participants", or "equal" over every organisation that sends people. An organisation whose
    colleague leads brings those hours; what is paid beside the hours is brought by nobody yet.
    """
    brings = {org: round(hours * cents_per_hour) for org, hours in leader_hours.items()}
    total = sum(brings.values()) + other_cents
    weights = {str(org): (n if by == "participants" else 1) for org, n in participants.items() if n}
    carries = split(total, weights)
    everyone = sorted({*participants, *leader_hours}, key=str)
    return tuple(
        Share(org, participants.get(org, 0), carries.get(str(org), 0), brings.get(org, 0)) for org in everyone
    )


@dataclass(frozen=True, slots=True)
class LeaderOption:
    """Somebody who can lead: her organisation, how many groups she leads, and when she is not free."""

    account: UUID
    organisation: UUID
    leads: int
    busy: frozenset[str]


def choose_leaders(
    options: Iterable[LeaderOption], day_part: str, organisations: Sequence[UUID]
) -> tuple[LeaderOption, ...]:
    """Two leaders of two organisations who are free; fewer than two only when there are no more.

    Organisations that send people go first, then who leads the fewest groups, then a fixed order.
    """
    free = sorted(
        (one for one in options if day_part not in one.busy),
        key=lambda one: (one.organisation not in organisations, one.leads, str(one.account)),
    )
    pairs = [pair for pair in combinations(free, 2) if pair[0].organisation != pair[1].organisation]
    if pairs:
        return min(pairs, key=lambda pair: _pair_rank(pair, organisations))
    return tuple(free[:1])


def _pair_rank(pair: Sequence[LeaderOption], organisations: Sequence[UUID]) -> tuple[int, int, str]:
    outside = sum(one.organisation not in organisations for one in pair)
    return outside, sum(one.leads for one in pair), ",".join(str(one.account) for one in pair)
