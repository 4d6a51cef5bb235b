"""What is measured of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

LONG_SENTENCE = 15
"""More words in one sentence than this, and it is pointed out (the advice of government is 15 at most)."""


class Level(IntEnum):
    """Levels of the Common European Framework, as far as we tell them apart."""

    A2 = 2
    B1 = 3
    B2 = 4
    C1 = 5


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word or phrase that makes the text hard, with an easier one when our list has it."""

    word: str
    easier: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Features:
    """What goes into the formula; all rise when a text gets harder.

    `sentence` words per sentence; `syllables` per word; `rare` and `heavy` the shares of words that are
    uncommon, and that are long or abstract; `passive` and `short` passives and abbreviations per sentence.
    """

    sentence: float
    syllables: float
    rare: float
    heavy: float
    passive: float
    short: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads. `level` and `score` are None for what cannot be judged: too short, or not Dutch.

    `score` runs from about 2 (A2) to about 5 (C1); `measuring.LIMITS` part the levels. `words` are those in
    Latin letters.
    """

    level: Level | None
    score: float | None
    words: int
    sentences: int
    longest_sentence: int
    passives: int
    abbreviations: tuple[str, ...]
    hard: tuple[HardWord, ...]
    features: Features | None = None
