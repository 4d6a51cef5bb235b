"""Acts in an area: who may, once is once, and a key person who withdraws is gone everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from noaber.ground.errors import Conflict, Invalid, NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit.models import AuditEntry
from noaber.network.partners.models import Membership
from noaber.offer.neighbourhood import queries, services, services_inventories, services_people
from noaber.offer.neighbourhood.factories import make_key_person, seat
from noaber.offer.neighbourhood.models import FollowUp, Inventory, KeyPerson, Signal, TeamMember, UsedHours
from noaber.offer.neighbourhood.tests.world import OUTSIDERS, World, world
from noaber.offer.neighbourhood.types import AcuteLine, NewFollowUp, NewInventory, NewKeyPerson, NewSignal

__all__ = ["world"]

NOW = clock.now()
TODAY = clock.today()


def new_person(**more: object) -> NewKeyPerson:
    made = NewKeyPerson(
        name="Zwaantje Pols",
        knows="Kent de gezinnen rond het plein.",
        reach="06 0000 0777",
        formal=False,
        items=("team", "reach"),
        said="spoken",
        consent_on=TODAY,
        consent_until=None,
        once_key="once-person",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def new_inventory(**more: object) -> NewInventory:
    made = NewInventory(
        kind="access",
        place="Buurthuis De Schelf",
        held_on=TODAY,
        spoke_with="De beheerder",
        answers={"toilet": "yes", "evening": "no", "made_up": "yes"},
        notes={"evening": "Alleen overdag."},
        narrative="Wie binnenkomt, wordt gezien. De Schelf is 's avonds dicht.",
        no_person=False,
        once_key="once-inventory",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", OUTSIDERS)
def test_who_is_not_in_the_team_finds_nothing(world: World, who: str) -> None:
    actor = world.actor(who)
    with pytest.raises(NoaberError) as wrong:
        queries.area(actor, world.area.pk, now=NOW)
    assert wrong.value.code == "not_here"
    with pytest.raises(NoaberError):
        services.add_signal(
            actor=actor, area_id=world.area.pk, new=NewSignal("Er mist iets.", TODAY, False, "k"), now=NOW
        )
    assert not Signal.objects.exists()


def test_who_steers_reads_the_region_and_writes_nothing_in_an_area(world: World) -> None:
    joris = world.actor("joris")
    page = queries.area(joris, world.area.pk, now=NOW)
    assert (page.may_work, page.may_manage) == (False, True)
    assert {card.title for card in queries.areas(joris, now=NOW)} == {"Nieuwstraatkwartier, Almelo", "Borne"}
    with pytest.raises(NoaberError):
        services_people.add_key_person(actor=joris, area_id=world.area.pk, new=new_person(), now=NOW)
    with pytest.raises(NoaberError):
        queries.area(world.actor("joke"), world.area.pk, now=NOW)


def test_a_role_that_ended_opens_nothing_though_the_seat_stands(world: World) -> None:
    assert queries.areas(world.actor("roos"), now=NOW)
    Membership.objects.filter(account=world.people["roos"]).delete()
    with pytest.raises(NoaberError):
        queries.areas(world.actor("roos"), now=NOW)


def test_the_list_and_the_page_agree(world: World) -> None:
    for who in ("roos", "other_team", "other_home", "left_team"):
        actor = world.actor(who)
        listed = {card.id for card in queries.areas(actor, now=NOW)}
        row = world.area
        assert (row.pk in listed) is gate.allowed(actor, "see", row, resource="area")


# --- key persons -----------------------------------------------------------------------------------------


def rows_seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM neighbourhood_keyperson")
        return int(cursor.fetchone()[0])


def test_nobody_stands_on_the_list_without_a_yes(world: World) -> None:
    roos = world.actor("roos")
    for wrong in (
        new_person(items=()),
        new_person(items=("region",)),
        new_person(items=("team",)),
        new_person(consent_on=TODAY + timedelta(days=1)),
        new_person(consent_until=TODAY),
        new_person(consent_on=TODAY - timedelta(days=800)),
        new_person(knows="Haar nummer is 111222333"),
    ):
        with pytest.raises(Invalid):
            services_people.add_key_person(actor=roos, area_id=world.area.pk, new=wrong, now=NOW)
    assert not KeyPerson.objects.exists()


def test_the_same_form_twice_is_one_person(world: World) -> None:
    roos = world.actor("roos")
    both = {
        services_people.add_key_person(actor=roos, area_id=world.area.pk, new=new_person(), now=NOW)
        for _ in range(2)
    }
    assert len(both) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || knows || reach FROM neighbourhood_keyperson")
        assert "Zwaantje" not in cursor.fetchone()[0]


def test_who_withdraws_is_gone_from_every_page_and_from_the_table(world: World) -> None:
    roos = world.actor("roos")
    made = services_people.add_key_person(
        actor=roos, area_id=world.area.pk, new=new_person(items=("team", "reach", "region")), now=NOW
    )
    assert [p.name for p in queries.area(roos, world.area.pk, now=NOW).key_persons] == ["Zwaantje Pols"]
    assert [p.reach for p in queries.acute(roos, world.area.pk, now=NOW).key_persons] == ["06 0000 0777"]
    for _ in range(2):
        services_people.withdraw_key_person(actor=roos, key_person_id=made, now=NOW)
    for who in ("roos", "joris"):
        actor = world.actor(who)
        page = queries.area(actor, world.area.pk, now=NOW)
        assert (page.key_persons, page.card.key_persons) == ((), 0)
    assert queries.acute(world.actor("guide"), world.area.pk, now=NOW).key_persons == ()
    with pytest.raises(NoaberError):
        queries.key_person(world.actor("roos"), made, now=NOW)
    with gate.as_system("nakijken"):
        row = KeyPerson.objects.get(pk=made)
    assert (row.name, row.knows, row.reach) == ("", "", "")
    logged = AuditEntry.objects.filter(event_type__startswith="neighbourhood.key_person")
    assert [line.event_type.rsplit(".", 1)[1] for line in logged.order_by("pk")] == ["added", "withdrew"]
    assert "Zwaantje" not in str(list(logged.values()))


def test_a_consent_that_is_over_shows_nothing_and_is_emptied_at_night(world: World) -> None:
    over = make_key_person(
        world.area, consent_on=TODAY - timedelta(days=90), consent_until=TODAY - timedelta(days=1)
    )
    living = make_key_person(world.area, "Siem Aalderink", consent_until=TODAY)
    roos = world.actor("roos")
    assert [p.name for p in queries.area(roos, world.area.pk, now=NOW).key_persons] == ["Siem Aalderink"]
    assert services_people.empty_what_ended(now=NOW) == 1
    assert services_people.empty_what_ended(now=NOW) == 0
    with gate.as_system("nakijken"):
        assert KeyPerson.objects.get(pk=over.pk).name == ""
        assert KeyPerson.objects.get(pk=living.pk).name == "Siem Aalderink"


def test_the_region_sees_only_who_agreed_to_that(world: World) -> None:
    make_key_person(world.area)
    make_key_person(world.area, "Siem Aalderink", consent_items=["region", "team"], reach="")
    page = queries.area(world.actor("joris"), world.area.pk, now=NOW)
    assert [p.name for p in page.key_persons] == ["Siem Aalderink"]
    assert page.hidden_key_persons == 1
    assert queries.acute(world.actor("guide"), world.area.pk, now=NOW).key_persons == ()


@pytest.mark.parametrize(("who", "rows"), [("roos", 2), ("joris", 1), ("guide", 1), ("elsewhere", 0)])
def test_the_database_itself_holds_back_the_others(world: World, who: str, rows: int) -> None:
    make_key_person(world.area)
    make_key_person(world.area, "Siem Aalderink", consent_items=["region", "team"])
    world.actor(who)
    assert rows_seen() == rows


@pytest.mark.parametrize("who", ["left_team", "left_work", "other_home"])
def test_who_left_or_sits_there_for_another_home_reads_no_row_of_the_team(world: World, who: str) -> None:
    make_key_person(world.area)
    world.actor(who)
    assert rows_seen() == 0


def test_who_steers_may_take_someone_off_the_list_unseen(world: World) -> None:
    made = make_key_person(world.area)
    services_people.withdraw_key_person(actor=world.actor("joris"), key_person_id=made.pk, now=NOW)
    with gate.as_system("nakijken"):
        assert KeyPerson.objects.get(pk=made.pk).name == ""
    other = make_key_person(world.area)
    for who in ("joke", "elsewhere", "guide"):
        with pytest.raises(NoaberError):
            services_people.withdraw_key_person(actor=world.actor(who), key_person_id=other.pk, now=NOW)


# --- inventories, signals, follow-ups -------------------------------------------------------------------


def test_an_inventory_keeps_known_answers_once_and_begins_a_follow_up(world: World) -> None:
    roos = world.actor("roos")
    new = new_inventory(action="Vragen of de beheerder later sluit", action_due=TODAY + timedelta(days=7))
    both = {
        services_inventories.record_inventory(actor=roos, area_id=world.area.pk, new=new, now=NOW)
        for _ in range(2)
    }
    row = Inventory.objects.get(pk=both.pop())
    assert not both
    assert row.answers == {"toilet": "yes", "evening": "no"}
    follow_up = FollowUp.objects.get()
    assert (follow_up.owner, follow_up.inventory_id) == (roos.name, row.pk)
    services.finish_follow_up(actor=roos, follow_up_id=follow_up.pk, now=NOW)
    assert queries.area(roos, world.area.pk, now=NOW).actions == ()


def test_two_inventories_of_one_place_stand_beside_each_other(world: World) -> None:
    roos = world.actor("roos")
    record = services_inventories.record_inventory
    first = new_inventory(held_on=TODAY - timedelta(days=200), once_key="a")
    record(actor=roos, area_id=world.area.pk, new=first, now=NOW)
    elsewhere = new_inventory(place="Het Plein", once_key="c")
    record(actor=roos, area_id=world.area.pk, new=elsewhere, now=NOW)
    second = new_inventory(
        place="buurthuis de schelf", answers={"toilet": "yes", "evening": "yes"}, once_key="b"
    )
    made = record(actor=roos, area_id=world.area.pk, new=second, now=NOW)
    page = queries.inventory(roos, made, now=NOW)
    assert page.before is not None
    assert page.before.held_on == first.held_on
    by_label = {line.label: (line.now, line.before, line.changed) for line in page.lines}
    assert by_label["De plek is ook 's avonds of in het weekend open"] == ("ja", "nee", True)
    assert by_label["Er is een toilet dat iedereen mag gebruiken"] == ("ja", "ja", False)
    assert len(queries.area(roos, world.area.pk, now=NOW).inventories) == 2


def test_an_inventory_with_nothing_in_it_is_none(world: World) -> None:
    roos = world.actor("roos")
    for wrong in (
        new_inventory(answers={}, narrative=" "),
        new_inventory(held_on=TODAY + timedelta(days=1)),
        new_inventory(narrative="Ik sprak met Hassan Demir."),
        new_inventory(notes={"evening": "Bel 06 12345678"}, no_person=True),
    ):
        with pytest.raises(Invalid):
            services_inventories.record_inventory(actor=roos, area_id=world.area.pk, new=wrong, now=NOW)
    assert not Inventory.objects.exists()


def test_a_signal_names_nobody_unless_the_writer_looked_and_it_is_no_person(world: World) -> None:
    roos = world.actor("roos")
    text = "Bij vereniging Willemien is het 's avonds donker."
    with pytest.raises(Invalid) as wrong:
        services.add_signal(
            actor=roos, area_id=world.area.pk, new=NewSignal(text, TODAY, False, "s"), now=NOW
        )
    assert "Willemien" in wrong.value.fields["words"]
    made = services.add_signal(
        actor=roos, area_id=world.area.pk, new=NewSignal(text, TODAY, True, "s"), now=NOW
    )
    hard = "Bel Willemien op 06 12345678."
    with pytest.raises(Invalid):
        services.add_signal(actor=roos, area_id=world.area.pk, new=NewSignal(hard, TODAY, True, "t"), now=NOW)
    for _ in range(2):
        services.move_signal(
            actor=roos,
            signal_id=made,
            state="passed_on",
            words="De gemeente weet het.",
            no_person=False,
            now=NOW,
        )
    card, _actions, may_work = queries.signal(roos, made, now=NOW)
    assert (card.state, len(card.steps), may_work, card.is_open) == ("passed_on", 1, True, False)


def test_a_follow_up_is_never_due_in_the_past(world: World) -> None:
    roos = world.actor("roos")
    made = services.add_signal(
        actor=roos, area_id=world.area.pk, new=NewSignal("Er mist een bank.", TODAY, False, "s"), now=NOW
    )
    late = NewFollowUp("Een bank vragen", "Roos", TODAY - timedelta(days=1), "f")
    with pytest.raises(Invalid):
        services.add_follow_up(actor=roos, new=late, signal_id=made, now=NOW)
    for who in OUTSIDERS:
        with pytest.raises(NoaberError):
            services.add_follow_up(
                actor=world.actor(who), new=replace(late, due_on=TODAY), signal_id=made, now=NOW
            )


# --- the team, hours, agreements ----------------------------------------------------------------------


def add(world: World, joris: Actor, who: str, **more: object) -> object:
    membership = Membership.objects.get(account=world.people[who], role=str(Role.KWARTIERMAKER))
    given = {
        "part": "quartermaker",
        "hours_per_week": Decimal(4),
        "from_on": TODAY,
        "until_on": None,
        **more,
    }
    return services.add_member(
        actor=joris,
        area_id=world.area.pk,
        membership_id=membership.pk,
        now=NOW,
        **given,  # type: ignore[arg-type]  # fields by name
    )


def test_who_steers_puts_a_team_together_from_the_region_alone(world: World) -> None:
    joris = world.actor("joris")
    add(world, joris, "other_team")
    with transaction.atomic(), pytest.raises(Conflict):
        add(world, joris, "other_team")
    for who in ("elsewhere", "left_work"):
        with pytest.raises(NoaberError):
            add(world, joris, who)
    with pytest.raises(NoaberError):
        add(world, world.actor("roos"), "other_team")
    assert queries.area(world.actor("other_team"), world.area.pk, now=NOW)


def test_who_leaves_the_team_sees_nothing_from_that_moment(world: World) -> None:
    member = TeamMember.objects.get(area=world.area, account=world.people["roos"])
    for _ in range(2):
        services.end_member(actor=world.actor("joris"), member_id=member.pk, now=NOW)
    with pytest.raises(NoaberError):
        queries.area(world.actor("roos"), world.area.pk, now=NOW)


def test_hours_are_of_who_sat_in_the_team_that_day(world: World) -> None:
    roos = world.actor("roos")
    for _ in range(2):
        services.use_hours(
            actor=roos,
            area_id=world.area.pk,
            day=TODAY,
            hours=Decimal("1.5"),
            on_what="Koffie op het plein",
            once_key="h",
            now=NOW,
        )
    assert UsedHours.objects.count() == 1
    me = next(m for m in queries.area(roos, world.area.pk, now=NOW).team if m.is_me)
    assert (me.used_this_week, me.left) == (Decimal("1.5"), 2.5)
    with pytest.raises(Invalid):
        services.use_hours(
            actor=roos,
            area_id=world.area.pk,
            day=TODAY - timedelta(days=4000),
            hours=Decimal(1),
            on_what="Koffie",
            once_key="i",
            now=NOW,
        )


LINES = (
    AcuteLine("Overdag, iemand is in de war", "Meldpunt Zorg", "0546000123"),
    AcuteLine("'s Nachts", "Huisartsenpost", "0880000101"),
    AcuteLine("", "", ""),
)


def test_agreements_come_in_versions_from_a_day(world: World) -> None:
    roos = world.actor("roos")
    agree = services.agree_acute
    assert (
        agree(actor=roos, area_id=world.area.pk, lines=LINES, valid_from=TODAY, seen_version=0, now=NOW) == 1
    )
    later = TODAY + timedelta(days=7)
    new = [*LINES, AcuteLine("Weekend", "Bemoeizorg", "0546000199")]
    assert agree(actor=roos, area_id=world.area.pk, lines=new, valid_from=later, seen_version=1, now=NOW) == 2
    guide = world.actor("guide")
    page = queries.acute(guide, world.area.pk, now=NOW)
    assert (page.version, len(page.lines), page.coming, page.may_work) == (1, 2, later, False)
    page = queries.acute(guide, world.area.pk, now=NOW + timedelta(days=7))
    assert (page.version, len(page.lines)) == (2, 3)
    with pytest.raises(NoaberError):
        queries.acute(world.actor("elsewhere"), world.area.pk, now=NOW)


@pytest.mark.parametrize(
    ("lines", "seen", "error"),
    [
        ((AcuteLine("", "", ""),), 0, Invalid),
        ((AcuteLine("Overdag", "Fatma", "0546000123"),), 0, Invalid),
        ((AcuteLine("Overdag", "Mevrouw Bakker", "0546000123"),), 0, Invalid),
        ((AcuteLine("Overdag", "Wijkteam", "0546000123", "Vraag naar Fatma"),), 0, Invalid),
        (LINES, 3, Conflict),
    ],
)
def test_agreements_name_functions_and_the_newest_is_known(
    world: World, lines: tuple[AcuteLine, ...], seen: int, error: type[NoaberError]
) -> None:
    with pytest.raises(error):
        services.agree_acute(
            actor=world.actor("roos"),
            area_id=world.area.pk,
            lines=lines,
            valid_from=TODAY,
            seen_version=seen,
            now=NOW,
        )


def test_an_area_is_made_once_and_by_who_steers(world: World) -> None:
    joris = world.actor("joris")
    make = services.make_area
    given = {"region_id": world.region.pk, "municipality_id": world.almelo.pk, "pilot": True, "now": NOW}
    assert make(actor=joris, name="Schelfhorst", **given)  # type: ignore[arg-type]  # fields by name
    for who, name in (("joris", "schelfhorst"), ("roos", "Nieuw"), ("joke", "Nieuw")):
        with pytest.raises(NoaberError):
            make(actor=world.actor(who), name=name, **given)  # type: ignore[arg-type]  # fields by name


def test_a_seat_in_another_region_opens_nothing(world: World) -> None:
    """The seat stands by mistake; the role is of another region."""
    home = Membership.objects.get(account=world.people["elsewhere"]).organisation
    seat(world.area, world.people["elsewhere"], home)
    with pytest.raises(NoaberError):
        queries.area(world.actor("elsewhere"), world.area.pk, now=NOW)
