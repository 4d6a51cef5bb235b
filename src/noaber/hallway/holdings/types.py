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


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing that is held about a resident, by the room that holds it.

    `words` is what she reads ("Uw vraag"); `retention` is the key of its class in `knowledge/retention`.
    `models` are the tables it covers ("residents.HelpRequest"). `collect` and `erase` run as the house
    itself.
    """

    key: str
    words: str
    retention: str
    models: tuple[str, ...]
    collect: Collect
    erase: Erase
