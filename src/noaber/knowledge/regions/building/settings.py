"""The settings of a region."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from noaber.knowledge.codes import Certainty, DomainGroup
from noaber.knowledge.questionnaires import DEFAULT
from noaber.knowledge.reading import ListNode, MapNode, Node, Taking
from noaber.knowledge.reading.taking import texts_of
from noaber.knowledge.regions.settings_types import (
    Basis,
    Cashier,
    Composition,
    ConversationRules,
    DerivedOutcome,
    FirstConversation,
    FollowUp,
    FundingRules,
    GgzMemberRule,
    HelpKind,
    HelpNumber,
    HostCertificate,
    KpiClass,
    LeaveLink,
    LivedExperience,
    Mode,
    ModeRules,
    Moment,
    OutcomeRules,
    ReferralRules,
    RegionNorm,
    RegionSettings,
    ReportRules,
    ReportToGp,
    SecondConversation,
    TableLevel,
    TableRules,
)
from noaber.knowledge.talking import DEFAULT_ORDER

_OURS = Basis("chosen by Noaber", Certainty.ASSUMED, "De regio kiest hier niets. Dit is onze keuze.")


def basis(block: Taking) -> Basis:
    """Where a rule comes from."""
    return Basis(block.text("source"), Certainty(block.text("certainty")), block.maybe_text("doubt"))


def _basis(block: Taking, key: str = "basis") -> Basis:
    return basis(block.map(key))


def build_settings(file: MapNode) -> RegionSettings:
    """Settings that were checked before."""
    taking = Taking(file)
    return RegionSettings(
        region=taking.text("region"),
        referral=_referral(taking.map("referral")),
        composition=_composition(taking.map("composition")),
        modes=_modes(taking.map("modes")),
        first_conversation=_first(taking.map("first_conversation")),
        second_conversation=_second(taking.map("second_conversation")),
        host_certificate=_certificate(taking.map("host_certificate")),
        report=_report(taking.map("report")),
        follow_up=_follow_up(taking.map("follow_up")),
        outcomes=_outcomes(taking.map("outcomes")),
        tables=tuple(_table(item) for item in taking.maps("tables")),
        norms=tuple(RegionNorm(item.text("key"), _basis(item)) for item in taking.maps("norms")),
        cashiers=tuple(Cashier(item.text("name"), _basis(item)) for item in taking.maps("cashiers")),
        cashiers_basis=_basis(taking, "cashiers_basis"),
        help_numbers=tuple(_help_number(item) for item in taking.maps("help_numbers")),
        leave_link=_leave_link(taking.map("leave_link")),
        conversation=_conversation(taking.maybe_map("conversation")),
        funding=_funding(taking.maybe_map("funding")),
    )


def _referral(block: Taking) -> ReferralRules:
    return ReferralRules(
        who_may_refer=block.texts("who_may_refer"),
        who_basis=_basis(block, "who_basis"),
        minimum_age_years=block.whole("minimum_age_years"),
        age_basis=_basis(block, "age_basis"),
    )


def _groups(node: Node | None) -> tuple[frozenset[DomainGroup], ...]:
    listed = node.items if isinstance(node, ListNode) else ()
    return tuple(frozenset(DomainGroup(text) for text in texts_of(item)) for item in listed)


def _composition(block: Taking) -> Composition:
    return Composition(
        min_professionals=block.whole("min_professionals"),
        max_professionals=block.whole("max_professionals"),
        min_domains=block.whole("min_domains"),
        required_groups=_groups(block.node("required_groups")),
        ggz_member=GgzMemberRule(block.text("ggz_member")),
        lived_experience=LivedExperience(block.text("lived_experience")),
        trained_guide_required=block.flag("trained_guide_required"),
        basis=_basis(block),
        lived_experience_basis=_basis(block, "lived_experience_basis"),
    )


def _modes(block: Taking) -> ModeRules:
    return ModeRules(
        default=Mode(block.text("default")),
        allowed=tuple(Mode(text) for text in block.texts("allowed")),
        duration_minutes=block.whole("duration_minutes"),
        basis=_basis(block),
        duration_basis=_basis(block, "duration_basis"),
    )


def _first(block: Taking) -> FirstConversation:
    return FirstConversation(
        norm_days=block.whole("norm_days"),
        hard=block.flag("hard"),
        moments=tuple(Moment(text) for text in block.texts("moments")),
        basis=_basis(block),
        moments_basis=_basis(block, "moments_basis"),
    )


def _second(block: Taking) -> SecondConversation:
    return SecondConversation(
        max_conversations=block.maybe_whole("max_conversations"),
        counts_for_kpi=block.flag("counts_for_kpi"),
        basis=_basis(block),
    )


def _certificate(block: Taking) -> HostCertificate:
    return HostCertificate(
        code=block.text("code"),
        required=block.flag("required"),
        target_share=block.maybe_float("target_share"),
        basis=_basis(block),
    )


def _report(block: Taking) -> ReportRules:
    return ReportRules(
        within_days=block.whole("within_days"),
        resident_reads_first_days=block.whole("resident_reads_first_days"),
        to_gp=ReportToGp(block.text("to_gp")),
        letter_within_days=block.whole("letter_within_days"),
        basis=_basis(block),
        limits_basis=_basis(block, "limits_basis"),
    )


def _follow_up(block: Taking) -> FollowUp:
    return FollowUp(block.whole("next_step_within_days"), block.whole("limit_days"), _basis(block))


def _outcomes(block: Taking) -> OutcomeRules:
    classes = block.map("kpi_classes").remaining()
    return OutcomeRules(
        triage_forbidden=block.flag("triage_forbidden"),
        kpi_classes=MappingProxyType({code: KpiClass(str(name)) for code, name in classes.items()}),
        derive_from_offers=tuple(
            DerivedOutcome(item.text("offer_kind"), item.text("outcome"))
            for item in block.maps("derive_from_offers")
        ),
        basis=_basis(block),
    )


def _table(block: Taking) -> TableRules:
    return TableRules(
        id=block.text("id"),
        title=block.text("title"),
        level=TableLevel(block.text("level")),
        every_days=block.maybe_whole("every_days"),
        frequency_text=block.text("frequency_text"),
        minutes=block.maybe_whole("minutes"),
        minutes_per_case=block.maybe_whole("minutes_per_case"),
        online=block.maybe_flag("online"),
        basis=_basis(block),
    )


def _help_number(block: Taking) -> HelpNumber:
    return HelpNumber(
        id=block.text("id"),
        kind=HelpKind(block.text("kind")),
        name=block.text("name"),
        phone=block.text("phone"),
        also_phone=block.maybe_text("also_phone"),
        hours=block.text("hours"),
        free_of_charge=block.maybe_flag("free_of_charge"),
        website=block.maybe_text("website"),
        national=block.flag("national"),
        checked_on=dt.date.fromisoformat(block.text("checked_on")),
        invented_for_demo=block.flag("invented_for_demo"),
        source=block.text("source"),
    )


def _leave_link(block: Taking) -> LeaveLink:
    return LeaveLink(label=block.text("label"), url=block.text("url"))


def _conversation(block: Taking | None) -> ConversationRules:
    if block is None:
        return ConversationRules(DEFAULT_ORDER, DEFAULT, _OURS)
    return ConversationRules(block.texts("order"), block.text("questionnaire"), _basis(block))


def _funding(block: Taking | None) -> FundingRules:
    if block is None:
        return FundingRules(MappingProxyType({}), _OURS)
    titles = block.map("usual_titles").remaining()
    return FundingRules(MappingProxyType({g: str(t) for g, t in titles.items()}), _basis(block))
