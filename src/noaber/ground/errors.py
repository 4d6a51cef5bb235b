"""The one tree of anticipated failures.

    NoaberError
    ├── Invalid      400  what was sent cannot be right
    ├── Forbidden    404  on screen the same as Missing, to the byte
    ├── Missing      404  it is not there, or not for you
    ├── Conflict     409  someone was first, or the state moved on
    └── Unavailable  503  a part of the house is down for a moment

Each message has three beats: what happened, why, what now. Never a name, never a health detail. The beats are
Dutch sentences that can be translated: what differs goes in `values`, as %(name)s, and never in an f-string.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """How a failure is answered."""

    INVALID = "invalid"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


class NoaberError(Exception):
    """A failure that was foreseen, with a message a tired reader can act on."""

    kind: Kind = Kind.INVALID
    in_words: ClassVar[Callable[[str], str]] = staticmethod(str)
    """Puts a sentence in the language of the reader; the hallway hangs its translator here at start."""

    def __init__(
        self,
        code: str,
        *,
        happened: str,
        why: str = "",
        now_what: str = "",
        fields: dict[str, str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.values = dict(values or {})
        self._beats = (happened, why, now_what)
        self._fields = dict(fields or {})

    def _said(self, sentence: str) -> str:
        words = type(self).in_words(sentence) if sentence else ""
        return words % self.values if self.values else words

    @property
    def happened(self) -> str:
        """The first beat."""
        return self._said(self._beats[0])

    @property
    def why(self) -> str:
        """The second beat."""
        return self._said(self._beats[1])

    @property
    def now_what(self) -> str:
        """The third beat."""
        return self._said(self._beats[2])

    @property
    def fields(self) -> dict[str, str]:
        """What is wrong with each field of a form, by its name."""
        return {name: self._said(sentence) for name, sentence in self._fields.items()}

    def sentence(self) -> str:
        """The three beats in one line."""
        return " ".join(part for part in (self.happened, self.why, self.now_what) if part)


class Invalid(NoaberError):
    """What was sent cannot be right."""

    kind = Kind.INVALID


class Forbidden(NoaberError):
    """Not yours. On screen indistinguishable from Missing."""

    kind = Kind.FORBIDDEN


class Missing(NoaberError):
    """It is not there, or not for you."""

    kind = Kind.MISSING


class Conflict(NoaberError):
    """Someone was first, or the state moved on."""

    kind = Kind.CONFLICT


class Unavailable(NoaberError):
    """A part of the house is down for a moment."""

    kind = Kind.UNAVAILABLE
