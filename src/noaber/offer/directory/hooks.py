"""What rooms above show beside the found offer, such as who can think along. They sign up at start.

The directory knows none of them. A page that shows found offer asks `beside` once, and includes each
part: `{% for part in beside %}{% include part.template with part=part.context only %}{% endfor %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for: a region, maybe a municipality (its slug) and terms of `offer_terms`.

    `public` is False only for a professional who is signed in with the second step in this region.
    """

    region_id: UUID
    municipality: str = ""
    terms: tuple[str, ...] = ()
    public: bool = True


@dataclass(frozen=True, slots=True)
class PagePart:
    """A piece of a page: a template and what it shows, which reaches it under the name `part`."""

    template: str
    context: Mapping[str, Any]


Beside = Callable[[Sought, date], PagePart | None]
_beside: list[Beside] = []


def register_beside(make: Beside) -> None:
    """Let `make(sought, today)` give a piece to show beside what was found, or nothing. Twice is once."""
    if make not in _beside:
        _beside.append(make)


def beside(sought: Sought, *, today: date) -> list[PagePart]:
    """Every piece that other rooms have for this search, in the order in which they signed up."""
    return [part for make in _beside if (part := make(sought, today)) is not None]
