"""What an official file gives, and what is said when it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_TOLD = 25


class AreaKind(StrEnum):
    """What an area is."""

    MUNICIPALITY = "municipality"
    POSTCODE = "postcode"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its centre in degrees (WGS 84).

    `code`: four digits of a municipality (CBS) or of a postcode; empty for a place. `municipality` is the
    name or the code that the file gives for it, if any. `row` counts from 1 (CSV: the line in the file).
    """

    kind: AreaKind
    code: str
    name: str
    municipality: str
    latitude: float
    longitude: float
    row: int


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One wrong row; row 0 is the file as a whole. The message is Dutch, B1."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"rij {self.row}: {self.message}" if self.row else self.message


class GeographyWrong(ValueError):
    """The file cannot be taken in. `problems` holds one line for each wrong row."""

    def __init__(self, file: str, problems: tuple[RowProblem, ...]) -> None:
        self.file = file
        self.problems = problems
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """What a person reads, not longer than a screen."""
        told = [f"{self.file}: {problem}" for problem in self.problems[:MOST_TOLD]]
        left = len(self.problems) - MOST_TOLD
        return told if left <= 0 else [*told, f"{self.file}: en nog {left} rijen."]
