"""One whole entry of the directory: what a door shows, an import brings, an export gives.

Codes: `kind` and `status` are those of `models.Service`, `terms` those of `knowledge/offer_terms`. Languages
are ISO 639, times are local, coordinates WGS 84 in degrees, money is in euro cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """When it is open. `weekdays`: 1 is Monday; empty when only the words say it."""

    schedule_id: UUID | None = None
    weekdays: tuple[int, ...] = ()
    every_weeks: int = 1
    opens_at: time | None = None
    closes_at: time | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    notes: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place of an entry, with its address. `at_id` is the id of 'this entry at this place'."""

    place_id: UUID | None = None
    at_id: UUID | None = None
    type: str = "physical"
    name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    province: str = ""
    municipality: str = ""
    """The slug of the municipality; empty when it is unknown."""
    latitude: float | None = None
    longitude: float | None = None
    accessibility: str = ""
    directions: str = ""
    description: str = ""
    schedules: tuple[ScheduleRecord, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """One entry, whole."""

    name: str
    kind: str
    service_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation: str = ""
    """The partner's name, or who offers it when that is no partner."""
    municipality: str = ""
    """The slug of the municipality; empty: the whole region."""
    alternate_name: str = ""
    text: str = ""
    text_young: str = ""
    text_professional: str = ""
    terms: tuple[str, ...] = ()
    status: str = "active"
    mode: str = "live"
    when: str = ""
    cost: str = ""
    cost_eur_cents: int | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    needs_referral: bool = False
    how_to_start: str = ""
    starts_this_week: bool = False
    free_places: int | None = None
    free_places_on: date | None = None
    alert: str = ""
    assured_on: date | None = None
    assured_by: str = ""
    source: str = ""
    source_key: str = ""
    source_url: str = ""
    places: tuple[PlaceRecord, ...] = ()
    schedules: tuple[ScheduleRecord, ...] = ()
    """Those that hold for all places."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    """The version that was read; 0 for a new entry."""
    last_modified_at: datetime | None = None
