"""What one plan says: its parts, KPIs, money, milestones, risks, governance and people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from noaber.knowledge.regions.basic_types import DatePrecision, Mark, Period, TargetDirection, Tree, UnitKind
from noaber.knowledge.regions.settings_types import Basis

__all__ = [
    "Activity",
    "Amounts",
    "BudgetLine",
    "BusinessCase",
    "BusinessCaseLine",
    "Document",
    "ElementKind",
    "GovernanceBody",
    "Kpi",
    "KpiKind",
    "KpiSet",
    "KpiTarget",
    "Milestone",
    "MilestonePlace",
    "Persona",
    "PersonaStep",
    "Phase",
    "Plan",
    "PlanElement",
    "Risk",
]


class KpiKind(StrEnum):
    """Effort (inspanning, I) or result (resultaat, R)."""

    EFFORT = "I"
    RESULT = "R"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Money tied to a KPI, in thousands of euros as printed. Rounding may leave a difference of 1."""

    total_keur: int
    iza_keur: int
    spuk_keur: int

    @property
    def total_eur(self) -> int:
        """Whole euros."""
        return self.total_keur * 1000


@dataclass(frozen=True, slots=True)
class KpiTarget:
    """What must be reached, and by when. `value` is None where the plan names no number.

    `due` is the last day of what the plan writes: '2026-Q4' becomes 2026-12-31 with precision quarter.
    """

    value: Decimal | None
    lower_bound: Decimal | None
    upper_bound: Decimal | None
    due: dt.date | None
    due_precision: DatePrecision | None
    due_text: str | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI of one plan. `id` is unique within the plan ('9', 'k3'); `number` only where the plan numbers.

    `official` is False for KPIs that were derived from the planning because the official list is missing.
    `targets` holds one entry, or one for each year. `component` names a `PlanElement` (or 'all').
    """

    id: str
    number: int | None
    plan: str
    component: str
    pillar: int | None
    text: str
    kind: KpiKind
    metric: str
    unit: UnitKind
    unit_text: str
    direction: TargetDirection
    targets: tuple[KpiTarget, ...]
    amounts: Amounts | None
    evidence: str | None
    cashiers: tuple[str, ...]
    payout: bool | None
    basis: str | None
    note: str | None
    official: bool
    reconstructed: bool
    reconstruction: str | None
    ocr_doubt: str | None
    type_reconstructed: bool
    listed_as_doubtful: bool
    marks: tuple[Mark, ...]
    remaining: Mapping[str, Tree]

    @property
    def target(self) -> KpiTarget:
        """The only target, or the last one where there is one for each year."""
        return self.targets[-1]

    def target_for(self, year: int) -> KpiTarget | None:
        """The target of one year, if the plan gives one."""
        return next((t for t in self.targets if t.year == year), None)


@dataclass(frozen=True, slots=True)
class KpiSet:
    """What the KPI file says besides the KPIs: totals, payout rules, cashier note. `official` as in `Kpi`."""

    official: bool
    status_text: str
    printed_totals: Amounts | None
    payout_rules: tuple[str, ...]
    cashier_note: str | None
    remaining: Mapping[str, Tree]


class ElementKind(StrEnum):
    """What a plan calls its parts."""

    COMPONENT = "component"
    WORK_PACKAGE = "work_package"
    PROJECT = "project"
    CROSS_CUTTING = "cross_cutting"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of an element, with its period as printed."""

    id: str | None
    title: str | None
    period: Period
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity or action of an element."""

    title: str
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class PlanElement:
    """A component, work package or project of a plan: the thing that KPIs, milestones and money point to.

    `partners` stand as printed, `domains` are their codes from the domain table.
    `title_derived` is True when the plan prints no title and the title was made from the id.
    """

    id: str
    kind: ElementKind
    number: int | None
    title: str
    title_derived: bool
    goals: tuple[str, ...]
    target_group: str | None
    partners: tuple[str, ...]
    domains: tuple[str, ...]
    current: str | None
    desired: str | None
    success_factors: tuple[str, ...]
    phases: tuple[Phase, ...]
    activities: tuple[Activity, ...]
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class MilestonePlace:
    """A municipality in a milestone, with its share of the count. `added` when it joins in that year."""

    municipality: str
    count: int | None
    certainty: str | None
    split_assumed: bool
    added: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated step. `cumulative` counts are the state of the whole region at the end of the year."""

    id: str
    year: int
    element: str
    part: str | None
    title: str
    count: int | None
    added: int | None
    unit: str | None
    cumulative: bool | None
    share_pct: float | None
    certainty: str
    confidence: str | None
    doubt: str | None
    note: str | None
    evaluation_by: dt.date | None
    places: tuple[MilestonePlace, ...]
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk; probability and impact in the words of the plan, None where it leaves them empty."""

    id: str
    theme: str | None
    text: str
    text_derived: bool
    probability: str | None
    impact: str | None
    mitigation: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class GovernanceBody:
    """A body that steers: its tasks, members and how often it meets, as printed."""

    id: str
    name: str
    name_derived: bool
    tasks: tuple[str, ...]
    frequency: str | None
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class BusinessCaseLine:
    """Yearly amounts of one line, in thousands of euros; benefits negative. `side` is 'impact' or 'cost'."""

    id: str
    side: str
    component: str
    title: str
    is_component_total: bool
    years_keur: tuple[int, ...]
    total_keur: int | None
    reconstructed: bool
    marks: tuple[Mark, ...]
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a budget, in whole euros."""

    id: str
    group: str | None
    amount_eur: int


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """The business case of a plan: lines and budget typed, the rest as it stands in the file."""

    source: str | None
    lines: tuple[BusinessCaseLine, ...]
    budget: tuple[BudgetLine, ...]
    budget_total_eur: int | None
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class PersonaStep:
    """One step of an invented person's way through the network."""

    order: int
    place: str
    function: str
    people: tuple[str, ...]
    outcome: str
    moment: str | None
    variant: str | None


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person of the plan, with the way it expects her to go."""

    id: str
    name: str
    entry: str
    themes: tuple[str, ...]
    steps: tuple[PersonaStep, ...]
    source: str
    remaining: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Document:
    """What is left of a file once the typed parts are taken out. `path` is relative to the region folder."""

    path: str
    content: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan of a region, with everything in its folder.

    `status`: running, finished or draft. `kpi_status`: official, derived or none; `kpi_set` is None when the
    plan has no KPI file. `follows` is the slug of the plan before it.
    """

    slug: str
    title: str
    short_title: str
    source: str
    period: Period
    status: str
    kpi_status: str
    follows: str | None
    follows_basis: Basis | None
    elements: tuple[PlanElement, ...]
    milestones: tuple[Milestone, ...]
    risks: tuple[Risk, ...]
    governance: tuple[GovernanceBody, ...]
    kpis: tuple[Kpi, ...]
    kpi_set: KpiSet | None
    business_case: BusinessCase | None
    personas: tuple[Persona, ...]
    documents: tuple[Document, ...]

    def kpi(self, kpi_id: str) -> Kpi:
        """One KPI by its id. KeyError when the plan has no such KPI."""
        for kpi in self.kpis:
            if kpi.id == kpi_id:
                return kpi
        raise KeyError(kpi_id)

    def element(self, element_id: str) -> PlanElement:
        """One component, work package or project by its id. KeyError when absent."""
        for element in self.elements:
            if element.id == element_id:
                return element
        raise KeyError(element_id)
