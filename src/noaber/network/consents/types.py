"""What other rooms may hold of a consent or an objection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from noaber.hallway.access.types import Actor
from noaber.hallway.clock import AMSTERDAM, day_of

REPORT, LETTER, WEB, ALL = "report", "letter", "web", "all"
"""What a consent or an objection is about."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What she chose on the form. Without `until` it holds until she ends it."""

    what: str
    object_id: UUID
    version: int | None
    organisation_id: UUID
    purpose: str
    until: datetime | None = None
    account_id: UUID | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """One consent in words. `thing` says which report; `state` is now, later or over."""

    id: UUID
    what: str
    object_id: UUID | None
    version: int | None
    thing: str
    organisation_id: UUID
    organisation: str
    purpose: str
    purpose_words: str
    valid_from: datetime
    valid_until: datetime | None
    given_at: datetime
    given_how: str
    given_with: str
    ended_at: datetime | None
    state: str
    overruled: bool = False
    newer: bool = False

    @property
    def last_on(self) -> date | None:
        """The last whole day, when it ends at midnight; people say 'until and including' that day."""
        if self.valid_until is None or self.valid_until.astimezone(AMSTERDAM).time() != time():
            return None
        return day_of(self.valid_until - timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One objection in words. Without `organisation` it is about everyone."""

    id: UUID
    what: str
    thing: str
    organisation: str
    made_at: datetime
    made_with: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of hers that she can let others read, such as the report of one conversation."""

    what: str
    object_id: UUID
    version: int
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one organisation can see at this moment, and why; both are sentences she reads."""

    organisation_id: UUID
    organisation: str
    sees: str
    because: str
    what: str = ""
    object_id: UUID | None = None
    consent_id: UUID | None = None
    until: datetime | None = None


ThingsOf = Callable[[Actor], Sequence[Thing]]
SightsOf = Callable[[Actor, datetime], Sequence[Sight]]
