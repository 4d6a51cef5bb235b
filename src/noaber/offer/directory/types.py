"""What other rooms may hold of an offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One thing to go to, as a page shows it. `municipality` is empty for the whole region."""

    service_id: UUID
    name: str
    text: str
    kind: str
    kind_label: str
    organisation: str
    municipality: str
    when: str
    cost: str
    needs_referral: bool
    this_week: bool
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Search:
    """What a visitor looks for; `municipality` is a slug."""

    text: str = ""
    municipality: str = ""
    this_week: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: everything is shown."""
        return not (self.text.strip() or self.municipality or self.this_week)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality to choose from."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class NewService:
    """An offer in short; `municipality` is a slug, empty for the whole region."""

    name: str
    kind: str
    text: str = ""
    organisation_id: UUID | None = None
    municipality: str = ""
    when: str = ""
    cost: str = ""
    needs_referral: bool = False
    starts_this_week: bool = False
    checked_on: date | None = None
