"""A region, its plans and the overview, as pages and other rooms may hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from noaber.network.partners.services_region import LoadReport
from noaber.steering.kpis.types import KpiValue, LoadedKpis


@dataclass(frozen=True, slots=True)
class RegionLoaded:
    """The region with its partners, its plans and its KPIs. Without `changed` nothing was touched."""

    region: str
    changed: bool
    partners: LoadReport
    plans: int
    items: int
    withdrawn_plans: tuple[str, ...]
    kpis: LoadedKpis | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words from a file with their language, 'nl' or 'en'."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A mark of doubt: its Dutch title and the words of the file."""

    title: str
    text: Words


@dataclass(frozen=True, slots=True)
class RegionCard:
    """A region in the list of regions."""

    slug: str
    name: str
    plans: int


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan in a list."""

    slug: str
    title: str
    period: str
    starts_on: date | None
    ends_on: date | None
    running: bool


@dataclass(frozen=True, slots=True)
class PartnerGroup:
    """Partners of one domain."""

    domain: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as a sentence, where it comes from and what is doubtful."""

    text: str
    language: str
    source: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where help is now, and when someone last checked the number."""

    name: str
    phone: str
    also_phone: str
    hours: str
    checked_on: date
    invented: bool


@dataclass(frozen=True, slots=True)
class RegionPage:
    """The public page of a region."""

    slug: str
    name: str
    source: str
    municipalities: tuple[str, ...]
    municipalities_note: Words
    partners: tuple[PartnerGroup, ...]
    plans: tuple[PlanCard, ...]
    facts: tuple[FactLine, ...]
    help_numbers: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A part, milestone, risk or body of a plan; `kind` is the year of a milestone, the theme of a risk."""

    slug: str
    title: str
    kind: str
    title_derived: bool
    lines: tuple[tuple[str, Words], ...]
    phases: tuple[tuple[str, Words], ...]
    activities: tuple[Words, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan, opened."""

    region_slug: str
    region_name: str
    plan: PlanCard
    source: str
    follows: PlanCard | None
    follows_doubt: Words
    parts: tuple[Card, ...]
    milestones: tuple[Card, ...]
    risks: tuple[Card, ...]
    bodies: tuple[Card, ...]
    personas: tuple[str, ...]
    money_lines: int
    budget_keur: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of who steers; money in thousands of euros. A KPI stands in one of the four lists only."""

    region_slug: str
    region_name: str
    as_of: datetime
    quarter_ends_on: date
    total: int
    reached: int
    missed: tuple[KpiValue, ...]
    overdue: tuple[KpiValue, ...]
    behind: tuple[KpiValue, ...]
    due: tuple[KpiValue, ...]
    counted: tuple[KpiValue, ...]
    money_keur: int
    earned_keur: int
    at_stake_keur: int
    to_repay_keur: int

    @property
    def wrong(self) -> tuple[KpiValue, ...]:
        """What was missed and what is behind."""
        return (*self.missed, *self.behind)
