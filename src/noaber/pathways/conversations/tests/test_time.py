"""Minutes of everyone under one title: the ggz part never in the IZA claim, no act under two titles."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing, NoaberError
from noaber.ground.safe_csv import safe_cell, safe_csv
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.factories import make_staff
from noaber.network.partners.models import Organisation
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, hold, make_world
from noaber.pathways.conversations.models import FundedTime, Participation
from noaber.pathways.conversations.queries.funding import evidence_of, funding_page, period_of
from noaber.pathways.conversations.rules_time import check_minutes, check_title, usual_title
from noaber.pathways.conversations.services.time import NewTime, correct_time
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of
from noaber.pathways.conversations.tests.test_guide_pages import SOON, held, planned

pytestmark = pytest.mark.django_db
AFTER = SOON + timedelta(hours=2)
Q3 = "2027-Q3"


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = AFTER


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def joris(world: World) -> Account:
    return make_staff(Organisation.objects.get(name="Netwerkbureau"), "Joris Veen", Role.PROGRAMME_MANAGER)


def part_of(conversation: UUID, group: str) -> Participation:
    return Participation.objects.get(conversation_id=conversation, domain_group=group, active=True)


def correct(world: World, conversation: UUID, *times: NewTime, by: Account | None = None) -> None:
    actor = world.speak_as(by or world.sanne, AFTER)
    correct_time(actor=actor, conversation_id=conversation, times=times, now=AFTER)


# --- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["iza_transformation", "spuk_iza"])
def test_the_rule_refuses_ggz_time_under_iza_and_says_why(title: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_title("ggz", title, NOW.date())
    assert "Zvw" in str(refusal.value.why)


@pytest.mark.parametrize(
    ("group", "title"),
    [("social", "zvw_ggz_conversation"), ("ggz", "no_such"), ("ggz", "zvw_ggz_facultative")],
)
def test_a_title_that_is_not_for_this_group_or_day_is_refused(group: str, title: str) -> None:
    with pytest.raises(Invalid):
        check_title(group, title, NOW.date())


def test_the_usual_title_of_the_region_counts_only_while_it_holds() -> None:
    usual = {"social": "spuk_iza", "ggz": "iza_transformation"}
    assert usual_title("social", NOW.date(), usual).code == "spuk_iza"
    assert usual_title("social", NOW.date().replace(year=2028), usual).code == "municipality_social"
    assert usual_title("ggz", NOW.date(), usual).code == "zvw_ggz_conversation"


@pytest.mark.parametrize("minutes", [-1, 481])
def test_minutes_are_those_of_one_day(minutes: int) -> None:
    with pytest.raises(Invalid):
        check_minutes(minutes)


# --- the database -------------------------------------------------------------------------------


@pytest.mark.parametrize("payer", ["iza", "spuk"])
def test_the_database_alone_refuses_ggz_time_for_iza(world: World, payer: str) -> None:
    pk = held(world)
    ggz = FundedTime.objects.filter(participation=part_of(pk, "ggz"))
    with pytest.raises(IntegrityError, match="ggz_time_is_never_claimed_as_iza"), transaction.atomic():
        ggz.update(payer=payer)


def test_the_database_lets_nobody_call_ggz_time_something_else(world: World) -> None:
    pk = held(world)
    ggz = FundedTime.objects.filter(participation=part_of(pk, "ggz"))
    with pytest.raises(IntegrityError, match="time_of_the_same_group"), transaction.atomic():
        ggz.update(domain_group="social", payer="iza")


def test_one_act_never_stands_under_two_titles(world: World) -> None:
    pk = held(world)
    first = FundedTime.objects.get(participation=part_of(pk, "social"))
    with pytest.raises(IntegrityError), transaction.atomic():
        FundedTime.objects.create(
            participation_id=first.pk,
            domain_group="social",
            role="guide",
            started_at=SOON,
            minutes=60,
            title="spuk_iza",
            payer="spuk",
            recorded_at=AFTER,
        )


@pytest.mark.parametrize("how", [{"payer": "somebody"}, {"minutes": 481}, {"title": ""}])
def test_the_database_knows_its_payers_and_its_limits(world: World, how: dict[str, object]) -> None:
    pk = held(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        FundedTime.objects.filter(participation=part_of(pk, "social")).update(**how)


# --- as planned, corrected afterwards -----------------------------------------------------------


def test_when_it_was_held_everyone_has_the_planned_minutes_under_the_usual_title(world: World) -> None:
    pk = planned(world)
    assert not FundedTime.objects.exists()
    hold(world, pk, now=SOON + timedelta(hours=1))
    found = {t.domain_group: (t.minutes, t.title, t.payer) for t in FundedTime.objects.all()}
    assert found == {
        "ggz": (60, "zvw_ggz_conversation", "zvw"),
        "social": (60, "municipality_social", "municipality"),
    }


def test_a_guide_corrects_minutes_and_title_and_all_or_nothing_is_kept(world: World) -> None:
    pk = held(world)
    ggz, social = part_of(pk, "ggz"), part_of(pk, "social")
    correct(world, pk, NewTime(social.pk, SOON, 45, "spuk_iza"))
    assert FundedTime.objects.get(pk=social.pk).payer == "spuk"
    with pytest.raises(Invalid), transaction.atomic():
        correct(
            world,
            pk,
            NewTime(social.pk, SOON, 10, "spuk_iza"),
            NewTime(ggz.pk, SOON, 10, "iza_transformation"),
        )
    assert FundedTime.objects.get(pk=social.pk).minutes == 45


def test_only_who_holds_this_conversation_corrects_its_time(world: World) -> None:
    pk = held(world)
    new = NewTime(part_of(pk, "social").pk, SOON, 45, "spuk_iza")
    for account in (world.henk, world.ilse, world.noor):
        with pytest.raises((Forbidden, Missing)), transaction.atomic():
            correct(world, pk, new, by=account)
        assert browser(account).get(f"/gesprekken/{pk}/tijd/").status_code == 404
    other = planned(world, "Mila Jansen", at=SOON + timedelta(days=1))
    with pytest.raises(Conflict), transaction.atomic():
        correct(world, other, new)
    stranger = NewTime(Participation.objects.filter(conversation_id=other).first().pk, SOON, 5, "spuk_iza")  # type: ignore[union-attr]
    with pytest.raises(Missing), transaction.atomic():
        correct(world, pk, stranger)


def test_the_page_offers_only_titles_that_may_be_used_and_keeps_what_was_typed(world: World) -> None:
    pk = held(world)
    client = browser(world.sanne)
    ggz, social = part_of(pk, "ggz"), part_of(pk, "social")
    form = {
        f"tijd-{ggz.pk}-begin": "11:00",
        f"tijd-{ggz.pk}-minutes": "55",
        f"tijd-{ggz.pk}-title": "iza_transformation",
        f"tijd-{social.pk}-begin": "11:00",
        f"tijd-{social.pk}-minutes": "77",
        f"tijd-{social.pk}-title": "iza_transformation",
    }
    refused = client.post(f"/gesprekken/{pk}/tijd/", form)
    assert refused.status_code == 422
    assert 'value="77"' in refused.content.decode()
    assert FundedTime.objects.get(pk=social.pk).minutes == 60
    form[f"tijd-{ggz.pk}-title"] = "zvw_ggz_conversation"
    assert client.post(f"/gesprekken/{pk}/tijd/", form).status_code == 302
    assert FundedTime.objects.get(pk=social.pk).payer == "iza"


# --- the claim ----------------------------------------------------------------------------------


def test_the_claim_counts_and_names_nobody(world: World, joris: Account) -> None:
    held(world)
    page = browser(joris).get(f"/bekostiging/?periode={Q3}")
    text = text_of(page)
    assert "Zvw: deelname ggz aan verkennend gesprek" in text
    evidence = text_of(browser(joris).get(f"/bekostiging/gesprekken/?periode={Q3}&betaler=zvw"))
    assert "G-" in evidence
    export = browser(joris).get(f"/bekostiging/bekostiging.csv?periode={Q3}").content.decode()
    assert (
        "3e kwartaal 2027;Zorgverzekeraar (Zvw);Zvw: deelname ggz aan verkennend gesprek;ggz;1;1;60" in export
    )
    for shown in (text, evidence, export):
        for name in ("Fatma", "Sanne", "Bram", "Almelo", "Slaapt"):
            assert name not in shown


def test_who_was_not_there_is_not_claimed_and_a_missing_time_is_told(world: World, joris: Account) -> None:
    pk = held(world)
    correct(world, pk, NewTime(part_of(pk, "social").pk, SOON, 0, "spuk_iza"))
    actor = world.speak_as(joris, AFTER)
    period = period_of(Q3, AFTER.date())
    assert [t.payer for t in funding_page(actor, period, now=AFTER).payers] == ["zvw"]
    FundedTime.objects.filter(participation=part_of(pk, "ggz")).delete()
    assert funding_page(actor, period, now=AFTER).incomplete == 1


def test_the_claim_per_payer_never_holds_ggz_for_iza(world: World, joris: Account) -> None:
    pk = held(world)
    correct(world, pk, NewTime(part_of(pk, "social").pk, SOON, 60, "iza_transformation"))
    actor = world.speak_as(joris, AFTER)
    rows = evidence_of(actor, period_of(Q3, AFTER.date()), "iza", now=AFTER)
    assert [row.group for row in rows] == ["sociaal domein"]


def test_each_minute_is_in_exactly_one_claim(world: World, joris: Account) -> None:
    held(world)
    actor = world.speak_as(joris, AFTER)
    page = funding_page(actor, period_of(Q3, AFTER.date()), now=AFTER)
    assert sum(total.minutes for total in page.payers) == sum(
        FundedTime.objects.values_list("minutes", flat=True)
    )
    elsewhere = funding_page(actor, period_of("2027-Q2", AFTER.date()), now=AFTER)
    assert elsewhere.payers == ()


def test_another_region_and_other_roles_see_no_claim(world: World, joris: Account) -> None:
    held(world)
    there = make_world("groningen")
    manager = make_staff(
        Organisation.objects.get(region=there.region, name="Netwerkbureau"),
        "Gea Veen",
        Role.PROGRAMME_MANAGER,
    )
    page = funding_page(there.speak_as(manager, AFTER), period_of(Q3, AFTER.date()), now=AFTER)
    assert page.payers == ()
    for account in (world.sanne, world.noor, world.ilse):
        with pytest.raises(NoaberError), transaction.atomic():
            funding_page(world.speak_as(account, AFTER), period_of(Q3, AFTER.date()), now=AFTER)
        for path in ("", "gesprekken/", "bekostiging.csv"):
            assert browser(account).get(f"/bekostiging/{path}").status_code == 404
    assert browser(joris).get("/bekostiging/gesprekken/?betaler=niemand").status_code == 404


@pytest.mark.parametrize("word", ["=1+1", "+31", "-1", "@x", "\tx", "\rx", " =1", "\uff1d1", "|x", "%x"])
def test_no_cell_of_the_file_can_be_run(word: str) -> None:
    assert safe_cell(word).startswith("'")
    assert f"'{word}" in safe_csv(["a"], [[word]]).replace('"', "")


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    assert safe_csv(["Titel", "Minuten"], [["Zvw: ggz", -5]]) == "\ufeffTitel;Minuten\r\nZvw: ggz;-5\r\n"


def test_a_no_show_and_a_cancelled_conversation_cost_no_minutes(world: World) -> None:
    pk = planned(world)
    services.record_no_show(actor=world.speak_as(world.sanne, AFTER), conversation_id=pk, now=AFTER)
    assert not FundedTime.objects.exists()
    with gate.as_system("test"):
        assert not Participation.objects.filter(conversation_id=pk, active=True).exists()
    with pytest.raises(NoaberError), transaction.atomic():
        correct(world, pk, NewTime(uuid4(), SOON, 5, "own_means"))
