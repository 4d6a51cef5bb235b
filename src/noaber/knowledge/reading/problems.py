"""One mistake in one file, told in one line: where, what was expected, what was found, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """A mistake in a file. `line` counts from 1; `path` is the way to the value ('kpis[8].due').

    `code` is stable (for tests and translations); `message` is Dutch, B1, without the place.
    """

    file: str
    line: int
    path: str
    code: str = field(compare=False)
    message: str = field(compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class Report:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[FileProblem] = []

    def add(self, line: int, path: str, code: str, message: str) -> None:
        """Note one problem. `message` may be long but holds no line break."""
        self._problems.append(FileProblem(self.file, line, path, code, " ".join(message.split())))

    @property
    def count(self) -> int:
        """How many problems were found so far."""
        return len(self._problems)

    @property
    def problems(self) -> tuple[FileProblem, ...]:
        """What was found so far, in the order of the lines."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line))


def quoted(text: object) -> str:
    """A value as it may be shown in a message: between quotes, on one line, not too long."""
    flat = " ".join(str(text).split())
    if len(flat) > _LONGEST_QUOTE:
        flat = flat[: _LONGEST_QUOTE - 1] + "…"
    return f"“{flat}”"


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """' Bedoelt u “…”?' when something known looks like it, otherwise an empty text."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f" Bedoelt u {quoted(near[0])}?" if near else ""


def one_of(choices: Iterable[str], limit: int = 12) -> str:
    """The choices as a Dutch phrase: 'a, b of c'."""
    listed = sorted(choices)
    if len(listed) > limit:
        return ", ".join(listed[:limit]) + f" … ({len(listed)} mogelijkheden)"
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + " of " + listed[-1]
