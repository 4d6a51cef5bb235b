"""What a room says about what it holds of one resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

Collect = Callable[[UUID], Sequence[Mapping[str, Any]]]
"""All that is held about this resident, as plain values that can be read aloud and written as JSON."""

Erase = Callable[[UUID, datetime], int]
"""Removes or blanks it, and tells how many rows changed. Doing it twice changes nothing more."""

Obstacles = Callable[[UUID, datetime], Sequence[str]]
"""What must be finished first, each as a msgid: a sentence she reads. Nothing when it may go now."""

Aged = Callable[[datetime], Sequence[UUID]]
"""The residents of whom everything here was last changed before this moment."""

Purge = Callable[[datetime, bool], int]
"""Rows written before this moment: counts them, and removes them when the second argument says so."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that is held about a resident, by the room that holds it.

    `words` is what she reads ("Uw vraag"); `retention` is the key of its class in `knowledge/retention`.
    `models` are the tables it covers ("residents.HelpRequest"). `collect` and `erase` run as the house
    itself. `standard` is the FHIR name where one exists. `obstacles` says what must be finished before it
    may go. A room that can tell what passed its term has `aged` (by person) or `purge` (by row).
    """

    key: str
    words: str
    retention: str
    models: tuple[str, ...]
    collect: Collect
    erase: Erase
    standard: str = ""
    obstacles: Obstacles | None = None
    aged: Aged | None = None
    purge: Purge | None = None


@dataclass(frozen=True, slots=True)
class ToRing:
    """A human with a number, on every page of a resident."""

    name: str
    organisation: str
    phone: str
    profession: str = ""
