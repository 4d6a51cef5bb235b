"""What a region's files say, as frozen values that other rooms may hold.

Nothing here reads a file. Text that came from a plan is kept literally; where a value was reconstructed,
doubtful or derived, the value carries that mark so that a screen can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from noaber.knowledge.codes.types import Certainty
from noaber.knowledge.regions.basic_types import (
    DatePrecision,
    Mark,
    MarkKind,
    PartialDate,
    Period,
    TargetDirection,
    Tree,
    UnitKind,
    as_plain,
)
from noaber.knowledge.regions.plan_types import (
    Activity,
    Amounts,
    BudgetLine,
    BusinessCase,
    BusinessCaseLine,
    Document,
    ElementKind,
    GovernanceBody,
    Kpi,
    KpiKind,
    KpiSet,
    KpiTarget,
    Milestone,
    MilestonePlace,
    Persona,
    PersonaStep,
    Phase,
    Plan,
    PlanElement,
    Risk,
)
from noaber.knowledge.regions.settings_types import RegionSettings

__all__ = [
    "Activity",
    "Amounts",
    "BudgetLine",
    "BusinessCase",
    "BusinessCaseLine",
    "DatePrecision",
    "Document",
    "ElementKind",
    "Fact",
    "GovernanceBody",
    "Kpi",
    "KpiKind",
    "KpiSet",
    "KpiTarget",
    "Mark",
    "MarkKind",
    "Milestone",
    "MilestonePlace",
    "Municipality",
    "PartialDate",
    "Partner",
    "Period",
    "Persona",
    "PersonaStep",
    "Phase",
    "Plan",
    "PlanElement",
    "RegionFiles",
    "Risk",
    "SubRegion",
    "TargetDirection",
    "Tree",
    "UnitKind",
    "as_plain",
]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with an approximate centre (WGS84 degrees) and an approximate number of inhabitants.

    Centre and inhabitants serve demo volumes and a schematic map until an operator imports official figures.
    """

    slug: str
    name: str
    cbs_code: str | None
    latitude: float
    longitude: float
    inhabitants: int
    inhabitants_year: int
    inhabitants_source: str
    certainty: Certainty
    sub_region: str | None
    planned_start_year: int | None
    start_certainty: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Locality:
    """A town, village or neighbourhood with an approximate centre (WGS84 degrees).

    `postcodes` holds the four-digit areas we are sure of; none means not known.
    """

    municipality: str
    name: str
    latitude: float
    longitude: float
    postcodes: tuple[str, ...]
    source: str
    certainty: Certainty
    dated: str


@dataclass(frozen=True, slots=True)
class SubRegion:
    """A part of the region that the plan names."""

    id: str
    name: str
    part_of: str | None
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation the plan names. `domain` is a code from the domain table, `domain_text` as printed."""

    slug: str
    name: str
    domain: str
    domain_text: str
    roles: tuple[str, ...]
    source: str | None
    note: str | None
    doubt: str | None
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or finding about the region. `group` is the list it stands in ('health_facts')."""

    id: str
    group: str
    value: Tree
    unit: str | None
    source: str | None
    marks: tuple[Mark, ...]
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class RegionFiles:
    """Everything in one region folder. `fingerprint` changes when any file changes (SHA-256, hex)."""

    slug: str
    name: str
    source: str
    municipalities: tuple[Municipality, ...]
    municipalities_note: Mapping[str, Tree]
    sub_regions: tuple[SubRegion, ...]
    partners: tuple[Partner, ...]
    facts: tuple[Fact, ...]
    governance: tuple[GovernanceBody, ...]
    settings: RegionSettings
    plans: tuple[Plan, ...]
    documents: tuple[Document, ...]
    fingerprint: str
    localities: tuple[Locality, ...] = ()

    def plan(self, slug: str) -> Plan:
        """One plan by its slug. KeyError when the region has no such plan."""
        for plan in self.plans:
            if plan.slug == slug:
                return plan
        raise KeyError(slug)

    def municipality(self, slug: str) -> Municipality:
        """One municipality by its slug. KeyError when the region has no such municipality."""
        for municipality in self.municipalities:
            if municipality.slug == slug:
                return municipality
        raise KeyError(slug)

    @property
    def main_plan(self) -> Plan:
        """The plan that runs now: the first one listed with status 'running'."""
        return next(plan for plan in self.plans if plan.status == "running")
