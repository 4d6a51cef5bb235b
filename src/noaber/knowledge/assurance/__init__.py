"""How sure a sign-in service is of who someone is. Dated, sourced; free of Django."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import Path

import yaml

LEVELS = Path(__file__).with_name("levels.yaml")


class Level(IntEnum):
    """The levels of eIDAS, in order."""

    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Known:
    """One `acr` value as a sign-in service sends it."""

    acr: str
    level: Level
    source: str
    since: date


@cache
def known_values() -> dict[str, Known]:
    """Every value that counts, by itself. ValueError when the table is broken."""
    table = yaml.safe_load(LEVELS.read_text("utf-8"))
    found = [
        Known(str(row["acr"]), Level[str(row["level"]).upper()], str(row["source"]), row["since"])
        for row in table["values"]
    ]
    if len({each.acr for each in found}) != len(found):
        raise ValueError("levels.yaml: an acr value stands there twice")
    return {each.acr: each for each in found}


def level_of(acr: object, *, on: date) -> Level | None:
    """The level behind this value on a day; None for an unknown one, which is never enough."""
    known = known_values().get(acr) if isinstance(acr, str) else None
    return known.level if known and known.since <= on else None


def least_level(*, on: date) -> Level:
    """The level that a resident needs here at least on this day."""
    table = yaml.safe_load(LEVELS.read_text("utf-8"))
    rows = [row for row in table["least"] if row["since"] <= on]
    if not rows:
        raise ValueError(f"levels.yaml: no least level on {on}")
    return Level[str(max(rows, key=lambda row: row["since"])["level"]).upper()]
