"""The code tables as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from noaber.ground.errors import Missing


class DomainGroup(StrEnum):
    """The groups in which a composition rule counts the domains of professionals."""

    GGZ = "ggz"
    SOCIAL = "social"
    LIVED_EXPERIENCE = "lived_experience"
    PRIMARY_CARE = "primary_care"
    MUNICIPALITY = "municipality"
    OTHER = "other"


class Certainty(StrEnum):
    """How sure we are: printed in a source, read from it, or chosen by us."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class DomainShape(StrEnum):
    """The mark of a domain on screen, always beside the word."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"


class RegisterType(StrEnum):
    """Where a professional can be looked up."""

    BIG = "big"
    SKJ = "skj"
    REGISTERPLEIN = "registerplein"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of partners and professionals. `also` holds other spellings found in the plans."""

    code: str
    label: str
    group: DomainGroup
    shape: DomainShape
    also: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Profession:
    """A profession. `ggz_list`: on the ggz profession list; `register`: where its people are registered."""

    code: str
    label: str
    group: DomainGroup
    register: RegisterType
    ggz_list: bool
    certainty: Certainty
    note: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A main outcome of an exploratory conversation, with a line that explains it to anyone."""

    code: str
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What someone may read something for, as she chooses it ('om u te helpen')."""

    code: str
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Code:
    """A plain code with its Dutch label."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class MetricUnit:
    """A unit of KPIs. `kind`: count, share (0-1), percent (0-100) or yes_no.

    `direction` says whether higher or lower is better; `text` is how plans print it.
    `indicators` are names in derived KPI lists that print no unit.
    """

    code: str
    label: str
    kind: str
    direction: str
    text: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormValue:
    """A norm as it holds on a day: the value, its unit, since when, and where it comes from."""

    key: str
    description: str
    value: Decimal
    unit: str
    since: dt.date
    reference: str
    certainty: Certainty
    note: str | None


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm with its values by the date from which each holds."""

    key: str
    description: str
    unit: str
    values: tuple[tuple[dt.date, Decimal], ...]
    reference: str
    certainty: Certainty
    note: str | None

    def on(self, day: dt.date) -> NormValue:
        """The value that holds on a day. Raises `NormNotInForce` before the first date."""
        valid = [(since, value) for since, value in self.values if since <= day]
        if not valid:
            raise NormNotInForce(self.key, day)
        since, value = max(valid)
        return NormValue(
            self.key, self.description, value, self.unit, since, self.reference, self.certainty, self.note
        )


class NormNotInForce(Missing):
    """A norm was asked for on a day before it held."""

    def __init__(self, key: str, day: dt.date) -> None:
        super().__init__(
            "norm_not_in_force",
            happened=f"De norm “{key}” gold nog niet op {day.isoformat()}.",
            why="De tabel met normen begint later.",
            now_what="Kies een latere datum of vul de tabel aan.",
            fields={"key": key},
        )


class UnknownNorm(Missing):
    """A norm that is not in the table."""

    def __init__(self, key: str) -> None:
        super().__init__(
            "unknown_norm",
            happened=f"De norm “{key}” staat niet in de tabel.",
            now_what="Kijk hoe de norm heet in de tabel met normen.",
            fields={"key": key},
        )


@dataclass(frozen=True, slots=True)
class Codes:
    """All code tables, by code."""

    domains: Mapping[str, Domain]
    professions: Mapping[str, Profession]
    outcomes: Mapping[str, Outcome]
    offer_kinds: Mapping[str, Code]
    referrer_roles: Mapping[str, Code]
    consent_purposes: Mapping[str, Purpose]
    evaluation_questions: Mapping[str, Code]
    units: Mapping[str, MetricUnit]
    norms: Mapping[str, Norm]

    def domain_named(self, text: str) -> Domain | None:
        """The domain with this code or one of its other spellings."""
        found = self.domains.get(text)
        if found:
            return found
        return next((domain for domain in self.domains.values() if text in domain.also), None)

    def unit_named(self, text: str) -> MetricUnit | None:
        """The unit that a plan prints like this."""
        return next((unit for unit in self.units.values() if unit.text == text), None)

    def unit_of_indicator(self, indicator: str) -> MetricUnit | None:
        """The unit of an indicator in a derived KPI list, where the plan prints no unit."""
        return next((unit for unit in self.units.values() if indicator in unit.indicators), None)
