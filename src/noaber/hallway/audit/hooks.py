"""What the rooms above tell the log, so that it can say which looks nobody can explain.

The hallway does not know residents or partners. Their rooms sign up here when the program starts; they give
fingerprints and ids, never a name of a resident.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from noaber.hallway.access.types import Actor


@dataclass(frozen=True, slots=True)
class Marks:
    """One resident as fingerprints: her whole name, the parts of her surname, her street."""

    name: str = ""
    surnames: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who works in the region: where, and the hours on each weekday (1 is Monday; local time)."""

    account_id: UUID
    name: str
    organisations: frozenset[UUID] = frozenset()
    hours: tuple[tuple[int, time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """Why someone, or everyone of an organisation, may have had work with a resident from `since` to `until`.

    `closed_at` is when the thread behind it was closed.
    """

    resident_id: UUID
    since: datetime
    until: datetime | None = None
    account_id: UUID | None = None
    organisation_id: UUID | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A resident as found by the number on her papers."""

    resident_id: UUID
    region_id: UUID


Ring = Callable[[Actor], Any]
"""The human whom a resident can ring: something with `name`, `organisation`, `phone` and `profession`."""

ResidentMarks = Callable[[Collection[UUID]], Mapping[UUID, Marks]]
Colleagues = Callable[[UUID, datetime], Iterable[Colleague]]
Ties = Callable[[Collection[UUID]], Iterable[Tie]]
RegionOf = Callable[[UUID | None, UUID | None], UUID | None]
FindPerson = Callable[[str], Person | None]

_marks: list[ResidentMarks] = []
_colleagues: list[Colleagues] = []
_ties: dict[str, Ties] = {}
_region_of: dict[str, RegionOf] = {}
_find: list[FindPerson] = []
_ring: list[Ring] = []


def register_resident_marks(provider: ResidentMarks) -> None:
    """Let `provider(resident_ids)` give the fingerprints of these residents."""
    _marks[:] = [provider]


def marks_of(residents: Collection[UUID]) -> Mapping[UUID, Marks]:
    """The fingerprints of these residents."""
    return _marks[0](residents) if _marks and residents else {}


def register_colleagues(provider: Colleagues) -> None:
    """Let `provider(region_id, at)` name everyone who worked in the region in the weeks around `at`."""
    _colleagues[:] = [provider]


def colleagues_of(region_id: UUID, at: datetime) -> list[Colleague]:
    """Everyone who worked in the region then."""
    return list(_colleagues[0](region_id, at)) if _colleagues else []


def register_ties(name: str, provider: Ties) -> None:
    """Let a room say why people had work with residents. Every room may; all ties count."""
    _ties[name] = provider


def ties_of(residents: Collection[UUID]) -> list[Tie]:
    """Every tie to these residents, of all rooms."""
    return [tie for provider in _ties.values() for tie in provider(residents)] if residents else []


def register_region_of(name: str, region_of: RegionOf) -> None:
    """Let `region_of(account_id, resident_id)` say where somebody without a role today belongs."""
    _region_of[name] = region_of


def region_of(account_id: UUID | None, resident_id: UUID | None) -> UUID | None:
    """Where a resident, or someone who worked here before, belongs."""
    found = (region_of(account_id, resident_id) for region_of in _region_of.values())
    return next((region for region in found if region is not None), None)


def register_find_person(find: FindPerson) -> None:
    """Let `find(code)` give the resident with this number on her papers."""
    _find[:] = [find]


def find_person(code: str) -> Person | None:
    """The resident with this number on her papers, or None."""
    return _find[0](code) if _find else None


def register_who_to_ring(ring: Ring) -> None:
    """Let `ring(actor)` name the human whom a resident can ring, for her pages in this room."""
    _ring[:] = [ring]


def who_to_ring(actor: Actor) -> Any:
    """The human whom she can ring; None when nobody is known."""
    return _ring[0](actor) if _ring else None
