"""What differs from region to region, as frozen values with the ground each rule stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from noaber.knowledge.codes.types import Certainty, DomainGroup

__all__ = [
    "Basis",
    "Cashier",
    "Certainty",
    "Composition",
    "ConversationRules",
    "DerivedOutcome",
    "DomainGroup",
    "FirstConversation",
    "FollowUp",
    "FundingRules",
    "GgzMemberRule",
    "HelpKind",
    "HelpNumber",
    "HostCertificate",
    "KpiClass",
    "LeaveLink",
    "LivedExperience",
    "Mode",
    "ModeRules",
    "Moment",
    "OutcomeRules",
    "ReferralRules",
    "RegionNorm",
    "RegionSettings",
    "ReportRules",
    "ReportToGp",
    "SecondConversation",
    "TableLevel",
    "TableRules",
]


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from, how sure that is, and what is doubtful about it."""

    source: str
    certainty: Certainty
    doubt: str | None


class LivedExperience(StrEnum):
    """How a peer worker takes part in the exploratory conversation."""

    ALWAYS = "always"
    UNLESS_REASONED = "unless_reasoned"
    """Always, or a written reason why not."""
    OPTIONAL = "optional"
    BEFORE_OR_AFTER_ALLOWED = "before_or_after_allowed"
    """May join, or work with the resident before or after instead."""


class GgzMemberRule(StrEnum):
    """What a ggz member of a conversation must show."""

    BIG_OR_GGZ_LIST = "big_or_ggz_list"
    NONE = "none"


class Mode(StrEnum):
    """How people meet. Hybrid: one professional live, the other online."""

    LIVE = "live"
    ONLINE = "online"
    HYBRID = "hybrid"


class Moment(StrEnum):
    """When the conversation happens, seen from the GP."""

    BEFORE_GP = "before_gp"
    AT_GP = "at_gp"
    AFTER_GP = "after_gp"


class ReportToGp(StrEnum):
    """When the report goes to the GP."""

    UNLESS_OBJECTION = "unless_objection"
    WITH_CONSENT = "with_consent"


class KpiClass(StrEnum):
    """The class in which an outcome counts for the KPIs."""

    SPECIALIST_GGZ = "specialist_ggz"
    NOT_SPECIALIST_GGZ = "not_specialist_ggz"


class TableLevel(StrEnum):
    """Where a case table sits."""

    LOCAL = "local"
    REGIONAL = "regional"


class HelpKind(StrEnum):
    """What a help number is for."""

    EMERGENCY = "emergency"
    SUICIDE_PREVENTION = "suicide_prevention"
    GP_OUT_OF_HOURS = "gp_out_of_hours"
    CRISIS = "crisis"
    DOMESTIC_VIOLENCE = "domestic_violence"
    LISTENING = "listening"
    YOUTH = "youth"


@dataclass(frozen=True, slots=True)
class ReferralRules:
    """Who may refer (codes from `noaber.knowledge.codes.referrer_roles`) and from which age, in years."""

    who_may_refer: tuple[str, ...]
    who_basis: Basis
    minimum_age_years: int
    age_basis: Basis


@dataclass(frozen=True, slots=True)
class Composition:
    """Who sits at the table.

    Each entry of `required_groups` is a set of alternatives: at least one professional must belong to one
    of them. A professional may fill only one entry. `min_domains` counts distinct domains (codes from the
    domain table), not groups.
    """

    min_professionals: int
    max_professionals: int
    min_domains: int
    required_groups: tuple[frozenset[DomainGroup], ...]
    ggz_member: GgzMemberRule
    lived_experience: LivedExperience
    trained_guide_required: bool
    basis: Basis
    lived_experience_basis: Basis

    def missing_groups(self, groups: Iterable[DomainGroup]) -> tuple[frozenset[DomainGroup], ...]:
        """Which requirements these professionals leave open, one professional for each requirement.

        `groups` names the group of each professional; the answer is empty when all requirements are met.
        """
        return _unmet(self.required_groups, list(groups))


def _unmet(
    wanted: tuple[frozenset[DomainGroup], ...], present: list[DomainGroup]
) -> tuple[frozenset[DomainGroup], ...]:
    """The smallest list of requirements that cannot be filled together."""
    if not wanted:
        return ()
    first, rest = wanted[0], wanted[1:]
    best = (first, *_unmet(rest, present))
    for position, group in enumerate(present):
        if group in first:
            left = _unmet(rest, present[:position] + present[position + 1 :])
            if len(left) < len(best):
                best = left
    return best


@dataclass(frozen=True, slots=True)
class ModeRules:
    """How the conversation is offered by default, and what else is allowed."""

    default: Mode
    allowed: tuple[Mode, ...]
    duration_minutes: int
    basis: Basis
    duration_basis: Basis


@dataclass(frozen=True, slots=True)
class FirstConversation:
    """Days from receipt to the first conversation. `hard` False: measured, never blocked."""

    norm_days: int
    hard: bool
    moments: tuple[Moment, ...]
    basis: Basis
    moments_basis: Basis


@dataclass(frozen=True, slots=True)
class SecondConversation:
    """How many conversations one help request may have (None: no limit), and whether a next one counts."""

    max_conversations: int | None
    counts_for_kpi: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class HostCertificate:
    """The training of those who hold conversations. `target_share` 0 to 1, None where the plan names none."""

    code: str
    required: bool
    target_share: float | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The report after a conversation: within how many days, and how it reaches the GP."""

    within_days: int
    resident_reads_first_days: int
    to_gp: ReportToGp
    letter_within_days: int
    basis: Basis
    limits_basis: Basis


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How soon a next step must have a date, and how long it may rest before it stands on the alarm list."""

    next_step_within_days: int
    limit_days: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class DerivedOutcome:
    """An offer kind and the outcome that follows when the resident chose it."""

    offer_kind: str
    outcome: str


@dataclass(frozen=True, slots=True)
class OutcomeRules:
    """How outcomes count. With `triage_forbidden` no outcome class is asked: it is derived from the offers.

    `kpi_classes` maps every outcome code to its class. `derive_from_offers` is ordered: the first kind that
    the resident chose decides.
    """

    triage_forbidden: bool
    kpi_classes: Mapping[str, KpiClass]
    derive_from_offers: tuple[DerivedOutcome, ...]
    basis: Basis

    def outcome_from_offers(self, offer_kinds: Iterable[str]) -> str:
        """The outcome code for the offers that were chosen; 'none' without offers, 'unknown' if none fits."""
        chosen = set(offer_kinds)
        if not chosen:
            return "none"
        return next((d.outcome for d in self.derive_from_offers if d.offer_kind in chosen), "unknown")


@dataclass(frozen=True, slots=True)
class TableRules:
    """A case or transfer table: how often it meets and how long a case may take."""

    id: str
    title: str
    level: TableLevel
    every_days: int | None
    frequency_text: str
    minutes: int | None
    minutes_per_case: int | None
    online: bool | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class RegionNorm:
    """A norm the region uses, by its key in the norm table."""

    key: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Cashier:
    """A partner that receives and passes on KPI money. `name` is the partner's name in the region file."""

    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """Where someone finds help now. `invented_for_demo` numbers must never be shown in real use."""

    id: str
    kind: HelpKind
    name: str
    phone: str
    also_phone: str | None
    hours: str
    free_of_charge: bool | None
    website: str | None
    national: bool
    checked_on: dt.date
    invented_for_demo: bool
    source: str


@dataclass(frozen=True, slots=True)
class LeaveLink:
    """The neutral page to which 'leave this page quickly' goes."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ConversationRules:
    """In which order a guide goes through the conversation, and which questionnaire the web asks."""

    order: tuple[str, ...]
    questionnaire: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class FundingRules:
    """Under which title the time of a group is usually put here; another title may be chosen afterwards."""

    usual_titles: Mapping[str, str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class RegionSettings:
    """All rules that differ between regions."""

    region: str
    referral: ReferralRules
    composition: Composition
    modes: ModeRules
    first_conversation: FirstConversation
    second_conversation: SecondConversation
    host_certificate: HostCertificate
    report: ReportRules
    follow_up: FollowUp
    outcomes: OutcomeRules
    tables: tuple[TableRules, ...]
    norms: tuple[RegionNorm, ...]
    cashiers: tuple[Cashier, ...]
    cashiers_basis: Basis
    help_numbers: tuple[HelpNumber, ...]
    leave_link: LeaveLink
    conversation: ConversationRules
    funding: FundingRules

    @property
    def has_invented_help_numbers(self) -> bool:
        """True while numbers stand in the file that were made up for the demo."""
        return any(number.invented_for_demo for number in self.help_numbers)
