"""The one tree of anticipated failures.

    NoaberError
    ├── Invalid      400  what was sent cannot be right
    ├── Forbidden    404  on screen the same as Missing, to the byte
    ├── Missing      404  it is not there, or not for you
    ├── Conflict     409  someone was first, or the state moved on
    └── Unavailable  503  a part of the house is down for a moment

Each message has three beats: what happened, why, what now. Never a name, never a health detail.
"""

from __future__ import annotations

from enum import StrEnum


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

    def __init__(
        self,
        code: str,
        *,
        happened: str,
        why: str = "",
        now_what: str = "",
        fields: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.happened = happened
        self.why = why
        self.now_what = now_what
        self.fields = fields or {}

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
