"""Pure decisions: how many groups are wanted on a day, what misses, and the report as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Wish:
    """How many groups are wanted from a day on: of a kind (or all), in a place (or the region), and why."""

    place: str
    kind: str
    number: int
    from_on: date
    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GroupThere:
    """A group as the report counts it: codes, and what a reader wants to see of it."""

    id: str
    title: str
    kind: str
    domain: str
    place: str
    organisation: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """What is there, comes, is wanted, misses, and how many wait; None where it is not said or hidden."""

    axis: str
    key: str
    label: str
    present: int
    coming: int
    wanted: int | None
    missing: int | None
    waiting: int | None
    why: str


def wanted_on(wishes: Iterable[Wish], today: date, *, place: str = "", kind: str = "") -> Wish | None:
    """The wish that holds on a day for exactly this place and kind: the newest from-day, then the newest."""
    holding = [wish for wish in wishes if (wish.place, wish.kind) == (place, kind) and wish.from_on <= today]
    return max(holding, key=lambda wish: (wish.from_on, wish.made_at), default=None)


def runs(group: GroupThere, today: date) -> bool:
    """Whether it has begun and is not over; its first and last day count."""
    return group.starts_on <= today and (group.ends_on is None or group.ends_on >= today)


def comes(group: GroupThere, today: date) -> bool:
    """Whether it still begins."""
    return group.starts_on > today


def missing(present: int, wanted: int | None) -> int | None:
    """How many are short; none when there are more than wanted, unknown when nothing is wanted in numbers."""
    return None if wanted is None else max(0, wanted - present)


def line(
    axis: str,
    key: str,
    label: str,
    groups: Sequence[GroupThere],
    wish: Wish | None,
    waiting: int | None,
    today: date,
) -> Line:
    """One line of the report."""
    present = sum(runs(group, today) for group in groups)
    number = None if wish is None else wish.number
    return Line(
        axis=axis,
        key=key,
        label=label,
        present=present,
        coming=sum(comes(group, today) for group in groups),
        wanted=number,
        missing=missing(present, number),
        waiting=waiting,
        why="" if wish is None else wish.reason,
    )


def lacking_themes(waiting: Mapping[str, int], themes_there: Iterable[str], least: int) -> dict[str, int]:
    """Themes for which at least `least` people wait while no group is about them, most people first."""
    there = set(themes_there)
    found = {theme: n for theme, n in waiting.items() if n >= least and theme not in there}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def fingerprint(document: Mapping[str, Any]) -> str:
    """The same for the same report, and another one when a letter of it changed."""
    plain = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
