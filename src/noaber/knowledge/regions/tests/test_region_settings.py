"""What differs between the regions: composition, outcomes, help numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber.knowledge.codes import load_codes
from noaber.knowledge.regions import (
    DomainGroup,
    GgzMemberRule,
    HelpKind,
    KpiClass,
    LivedExperience,
    Mode,
    Moment,
    RegionSettings,
    ReportToGp,
    read_region,
)

GGZ, SOCIAL, LIVED, TOWN, GP = (
    DomainGroup.GGZ,
    DomainGroup.SOCIAL,
    DomainGroup.LIVED_EXPERIENCE,
    DomainGroup.MUNICIPALITY,
    DomainGroup.PRIMARY_CARE,
)


@pytest.fixture(scope="module", params=["twente", "groningen", "centraal-gelderland"])
def any_settings(request: pytest.FixtureRequest, regions_root: Path) -> RegionSettings:
    return read_region(regions_root / str(request.param)).settings


@pytest.fixture(scope="module")
def twente(regions_root: Path) -> RegionSettings:
    return read_region(regions_root / "twente").settings


@pytest.fixture(scope="module")
def groningen(regions_root: Path) -> RegionSettings:
    return read_region(regions_root / "groningen").settings


@pytest.fixture(scope="module")
def gelderland(regions_root: Path) -> RegionSettings:
    return read_region(regions_root / "centraal-gelderland").settings


def test_twente_asks_two_or_three_people_with_a_registered_ggz_member(twente: RegionSettings) -> None:
    rules = twente.composition

    assert (rules.min_professionals, rules.max_professionals, rules.min_domains) == (2, 3, 2)
    assert rules.ggz_member is GgzMemberRule.BIG_OR_GGZ_LIST
    assert rules.lived_experience is LivedExperience.BEFORE_OR_AFTER_ALLOWED
    assert rules.missing_groups([GGZ, SOCIAL]) == ()
    assert rules.missing_groups([GGZ, LIVED]) == ()
    assert rules.missing_groups([GGZ, TOWN, LIVED]) == ()
    assert rules.missing_groups([SOCIAL, LIVED]) == (frozenset({GGZ}),)
    assert rules.missing_groups([GGZ, GGZ]) == (frozenset({SOCIAL, TOWN, LIVED}),)
    assert rules.missing_groups([GP]) == rules.required_groups


def test_groningen_asks_lived_experience_and_a_trained_guide_but_no_ggz(groningen: RegionSettings) -> None:
    rules = groningen.composition

    assert rules.lived_experience is LivedExperience.UNLESS_REASONED
    assert rules.trained_guide_required
    assert rules.ggz_member is GgzMemberRule.NONE
    assert rules.missing_groups([LIVED, SOCIAL]) == ()
    assert rules.missing_groups([GGZ, SOCIAL]) == (frozenset({LIVED}),)
    assert groningen.first_conversation.moments == (Moment.BEFORE_GP, Moment.AT_GP, Moment.AFTER_GP)
    assert groningen.report.to_gp is ReportToGp.WITH_CONSENT


def test_centraal_gelderland_asks_a_duo_and_starts_hybrid(gelderland: RegionSettings) -> None:
    rules = gelderland.composition

    assert rules.min_professionals == 2
    assert rules.missing_groups([GGZ, LIVED]) == ()
    assert rules.missing_groups([GGZ, TOWN]) == (frozenset({SOCIAL, LIVED}),)
    assert gelderland.modes.default is Mode.HYBRID
    assert gelderland.referral.who_may_refer == ("gp",)


def test_one_person_fills_only_one_requirement(twente: RegionSettings) -> None:
    assert twente.composition.missing_groups([GGZ]) == (frozenset({SOCIAL, TOWN, LIVED}),)


def test_only_multidisciplinary_and_unknown_count_as_specialist(any_settings: RegionSettings) -> None:
    classes = any_settings.outcomes.kpi_classes

    assert set(classes) == set(load_codes().outcomes)
    specialist = {code for code, kpi_class in classes.items() if kpi_class is KpiClass.SPECIALIST_GGZ}
    assert specialist == {"multidisciplinary_ggz", "unknown"}


def test_groningen_forbids_triage_and_derives_the_outcome(groningen: RegionSettings) -> None:
    outcomes = groningen.outcomes

    assert outcomes.triage_forbidden
    assert outcomes.outcome_from_offers([]) == "none"
    assert outcomes.outcome_from_offers(["group", "ggz_monodisciplinary"]) == "monodisciplinary_ggz"
    assert outcomes.outcome_from_offers(["own_network", "digital"]) == "social_basis"
    assert outcomes.outcome_from_offers(["something new"]) == "unknown"
    assert {rule.offer_kind for rule in outcomes.derive_from_offers} == set(load_codes().offer_kinds)


def test_the_other_regions_ask_for_the_outcome(twente: RegionSettings, gelderland: RegionSettings) -> None:
    assert not twente.outcomes.triage_forbidden
    assert not gelderland.outcomes.triage_forbidden


def test_every_region_shows_where_help_is_now(any_settings: RegionSettings) -> None:
    numbers = {number.kind: number for number in any_settings.help_numbers}

    assert numbers[HelpKind.EMERGENCY].phone == "112"
    assert (numbers[HelpKind.SUICIDE_PREVENTION].phone, numbers[HelpKind.SUICIDE_PREVENTION].also_phone) == (
        "113",
        "0800-0113",
    )
    assert numbers[HelpKind.DOMESTIC_VIOLENCE].phone == "0800-2000"
    for number in any_settings.help_numbers:
        assert number.hours
        assert number.national != number.invented_for_demo
        assert number.phone.startswith("088-000 ") == number.invented_for_demo
    assert any_settings.has_invented_help_numbers


def test_the_first_conversation_is_a_soft_norm_of_fourteen_days(any_settings: RegionSettings) -> None:
    assert (any_settings.first_conversation.norm_days, any_settings.first_conversation.hard) == (14, False)
    assert any_settings.second_conversation.counts_for_kpi is False


def test_what_we_chose_ourselves_says_so(any_settings: RegionSettings) -> None:
    for basis in (
        any_settings.report.limits_basis,
        any_settings.follow_up.basis,
        any_settings.modes.duration_basis,
    ):
        assert basis.certainty == "assumed"
        assert basis.doubt


def test_each_region_has_its_own_order_of_the_conversation(
    twente: RegionSettings, groningen: RegionSettings
) -> None:
    assert twente.conversation.order == (
        "normalise",
        "ehealth",
        "family",
        "social_basis",
        "professional_help",
    )
    assert groningen.conversation.order[0] == "own_words"
    assert "professional_help" not in groningen.conversation.order


def test_no_region_puts_ggz_time_under_iza(any_settings: RegionSettings) -> None:
    assert any_settings.funding.usual_titles["ggz"].startswith("zvw_")
