"""A questionnaire as frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From which whole number to which, and what the ends mean in words."""

    least: int
    most: int
    least_words: str
    most_words: str

    @property
    def steps(self) -> tuple[int, ...]:
        """Every number that can be chosen."""
        return tuple(range(self.least, self.most + 1))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that gets a number, if she likes. `short` is its name on the picture."""

    id: str
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Area:
    """A part of life: a title, one plain sentence, something to think of, and its questions."""

    id: str
    title: str
    line: str
    prompt: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All areas in their order, with source and licence. Nothing in it adds up or judges."""

    id: str
    title: str
    version: int
    language: str
    source: str
    licence: str
    scale: Scale
    areas: tuple[Area, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all areas, in the order of the page."""
        return tuple(question for area in self.areas for question in area.questions)
