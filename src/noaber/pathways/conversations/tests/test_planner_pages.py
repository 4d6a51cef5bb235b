"""What the planner sees and does, through the pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from noaber.hallway.access import gate
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.services import inline
from noaber.hallway.post.models import Message
from noaber.network.partners.factories import make_municipality, make_professional, make_room
from noaber.network.partners.models import Membership, Professional
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import postpone
from noaber.pathways.conversations import queries
from noaber.pathways.conversations.factories import (
    World,
    as_resident,
    book_first,
    hold,
    make_world,
    refer,
)
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, browser, comparable, text_of, thread_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def asked(world: World, name: str = "Fatma Yilmaz", *, days_ago: int = 0) -> UUID:
    """A request that came in some days ago."""
    with inline():
        return refer(world, now=NOW - timedelta(days=days_ago), name=name).help_request_id


def first_choice(world: World, help_request_id: UUID) -> str:
    """What the first button of the page posts."""
    page = browser(world.ilse).get(f"/planbord/{help_request_id}/").content.decode()
    found = re.search(r'name="choice" value="([^"]+)"', page)
    assert found, page
    return found[1]


def book(world: World, help_request_id: UUID, choice: str = "", **more: str) -> Client:
    """The planner presses the button; the client that did."""
    client = browser(world.ilse)
    chosen = choice or first_choice(world, help_request_id)
    answer = client.post(f"/planbord/{help_request_id}/", {"choice": chosen, "reason": "", **more})
    assert answer.status_code == 302, text_of(answer)
    return client


def the_conversation(help_request_id: UUID) -> Conversation:
    return Conversation.objects.filter(help_request_id=help_request_id).latest("planned_at")


# --- the board ----------------------------------------------------------------------------------


def test_the_board_shows_who_has_the_fewest_days_left_first_and_what_fits(world: World) -> None:
    asked(world, days_ago=3)
    asked(world, "Mila Jansen", days_ago=11)
    page = text_of(browser(world.ilse).get("/planbord/"))
    assert page.index("Dag 11 van 14") < page.index("Dag 3 van 14")
    assert "vr 2 jul, 9.00 uur" in page
    assert "Voorstel op dag 12" in page
    assert "Yilmaz" not in page


def test_the_board_tells_how_many_wait_are_booked_and_are_late(world: World) -> None:
    book(world, asked(world, days_ago=2))
    asked(world, "Mila Jansen", days_ago=20)
    page = text_of(browser(world.ilse).get("/planbord/"))
    assert "1 met vaste datum" in page
    assert "1 zonder datum" in page
    assert "1 over de norm" in page


def test_the_board_is_filtered_by_state_number_and_municipality(world: World) -> None:
    booked, waiting = asked(world), asked(world, "Mila Jansen")
    book(world, booked)
    codes = {pk: thread_of(pk).code for pk in (booked, waiting)}
    client = browser(world.ilse)

    def shown(query: str) -> set[UUID]:
        page = text_of(client.get(f"/planbord/?{query}"))
        return {pk for pk, code in codes.items() if f"/{pk}/" in page and code in page}

    assert shown("stand=open") == {waiting}
    assert shown("stand=booked") == {booked}
    assert shown(f"zoek={codes[waiting]}") == {waiting}
    assert shown("gemeente=almelo") == {booked, waiting}
    assert shown("gemeente=enschede") == set()
    assert shown("stand=<script>&pagina=-1") == {booked, waiting}


def test_an_empty_board_says_what_happens_next(world: World) -> None:
    assert "Er wacht nu niemand" in text_of(browser(world.ilse).get("/planbord/"))
    assert "Geen vraag past" in text_of(browser(world.ilse).get("/planbord/?zoek=V-1"))


def test_the_number_of_queries_of_the_board_does_not_grow_with_its_rows(world: World) -> None:
    client = browser(world.ilse)

    def ask() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/planbord/").status_code == 200
        return len(seen)

    book(world, asked(world, "Eerste"))
    asked(world)
    ask()
    few = ask()
    for n in range(8):
        asked(world, f"Inwoner {n}", days_ago=n)
    book(world, asked(world, "Laatste"))
    assert ask() == few
    assert few <= 32


def test_everyone_on_the_page_of_the_board_is_in_the_log_and_nobody_else(world: World) -> None:
    first, second = asked(world), asked(world, "Mila Jansen")
    code = thread_of(first).code
    browser(world.ilse).get(f"/planbord/?zoek={code}")
    seen = set(AuditEntry.objects.filter(event_type="board.read").values_list("resident_id", flat=True))
    assert seen == {thread_of(first).resident_id}
    assert thread_of(second).resident_id not in seen


def test_a_page_beyond_the_last_shows_the_last(world: World) -> None:
    for n in range(27):
        asked(world, f"Inwoner {n}")
    page = text_of(browser(world.ilse).get("/planbord/?pagina=9"))
    assert "U ziet 26 tot en met 27 van 27" in page


# --- one request --------------------------------------------------------------------------------


def test_the_page_of_one_request_says_whom_to_ring_and_logs_it(world: World) -> None:
    pk = asked(world, days_ago=2)
    page = text_of(browser(world.ilse).get(f"/planbord/{pk}/"))
    assert "Fatma Yilmaz" in page
    assert "06 00 00 01 23" in page.replace("\xa0", " ")
    entry = AuditEntry.objects.filter(event_type="help_request.read").latest("occurred_at")
    assert entry.part == "uw naam, telefoon en vraag"
    assert entry.resident_id == thread_of(pk).resident_id


def test_a_proposal_is_booked_with_one_button_and_can_be_taken_back(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    page = client.get(f"/planbord/{pk}/")
    assert "Het gesprek staat vast: vrijdag 2 juli om 9.00 uur" in text_of(page)
    undo = re.search(r'action="(/planbord/terug/[^"]+)"', page.content.decode())
    assert undo
    assert client.post(undo[1]).status_code == 302
    assert the_conversation(pk).state == Conversation.State.CANCELLED
    assert thread_of(pk).phase == HelpRequest.Phase.RECEIVED


def test_who_comes_second_gets_a_polite_page_with_the_way_back(world: World) -> None:
    one, two = asked(world), asked(world, "Mila Jansen")
    wanted = first_choice(world, two)
    book(world, one)
    answer = browser(world.ilse).post(f"/planbord/{two}/", {"choice": wanted, "reason": "Ik belde al."})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Deze tijd is net bezet." in page
    assert f'action="/planbord/{two}/"' in page
    assert "Ik belde al." in page
    again = browser(world.ilse).post(f"/planbord/{two}/", {"again": "1", "reason": "Ik belde al."})
    assert again.status_code == 200
    assert Conversation.objects.count() == 1


def test_a_choice_that_was_tampered_with_is_refused_on_the_page_itself(world: World) -> None:
    pk = asked(world)
    for choice in ("", "morgen", "2027-07-05T09:00|live||x", f"2027-07-05T09:00:00|live||{uuid4()}"):
        answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice})
        assert answer.status_code == 422
        assert "Kies een tijd uit de lijst." in text_of(answer)
    stranger = f"2027-07-05T09:00:00+00:00|live|{world.room.pk}|{uuid4()},{uuid4()}"
    assert browser(world.ilse).post(f"/planbord/{pk}/", {"choice": stranger}).status_code == 404
    assert not Conversation.objects.exists()


def test_people_whom_the_region_would_not_accept_are_refused_with_the_reason(world: World) -> None:
    pk = asked(world)
    bram, henk = (Professional.objects.get(account=a).pk for a in (world.bram, world.henk))
    choice = f"2027-07-05T09:00:00+00:00|live|{world.room.pk}|{bram},{henk}"
    answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice})
    assert answer.status_code == 422
    assert "Er mist iemand uit de ggz." in text_of(answer)


def test_another_first_day_can_be_asked(world: World) -> None:
    pk = asked(world)
    page = text_of(browser(world.ilse).get(f"/planbord/{pk}/?vanaf=2027-07-12"))
    assert "maandag 12 juli om 9.00 uur" in page
    assert "vrijdag 2 juli om" not in page
    assert browser(world.ilse).get(f"/planbord/{pk}/?vanaf=onzin").status_code == 200


def test_moving_keeps_the_time_until_another_is_chosen_and_can_be_moved_back(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    booked = the_conversation(pk)
    before = booked.period
    address = f"/planbord/gesprek/{booked.pk}/verplaatsen/"
    page = client.get(f"{address}?vanaf=2027-07-12")
    choice = re.search(r'name="choice" value="([^"]+)"', page.content.decode())
    assert choice
    assert client.post(address, {"choice": choice[1]}).status_code == 422
    assert client.post(address, {"choice": choice[1], "because": "op uw verzoek"}).status_code == 302
    booked.refresh_from_db()
    assert booked.period.lower.date() == date(2027, 7, 12)
    assert booked.sequence == 1
    page = client.get(f"/planbord/{pk}/")
    assert "op uw verzoek" in text_of(page)
    undo = re.search(r'action="(/planbord/terug/[^"]+)"', page.content.decode())
    assert undo
    client.post(undo[1])
    booked.refresh_from_db()
    assert booked.period == before
    assert booked.sequence == 2


def test_cancelling_needs_a_reason_frees_everyone_and_can_be_taken_back(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    booked = the_conversation(pk)
    address = f"/planbord/gesprek/{booked.pk}/afzeggen/"
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"because": "hij is ziek"}).status_code == 422
    assert client.post(address, {"because": "een gespreksvoerder kan niet"}).status_code == 302
    page = client.get(f"/planbord/{pk}/")
    assert "staat weer op het planbord" in text_of(page)
    undo = re.search(r'action="(/planbord/terug/[^"]+)"', page.content.decode())
    assert undo
    client.post(undo[1])
    again = the_conversation(pk)
    assert again.period == booked.period
    assert Conversation.objects.filter(state=Conversation.State.PLANNED).count() == 1


def test_an_undo_that_was_made_up_or_is_of_another_region_finds_nothing(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    page = client.get(f"/planbord/{pk}/").content.decode()
    undo = re.search(r'action="(/planbord/terug/[^"]+)"', page)
    assert undo
    assert client.post("/planbord/terug/verzonnen/").status_code == 404
    assert client.post(undo[1][:-2] + "x/").status_code == 404
    stranger = make_world("groningen")
    assert browser(stranger.ilse).post(undo[1]).status_code == 404
    assert the_conversation(pk).state == Conversation.State.PLANNED


def test_her_own_postponement_is_respected_and_shown_apart(world: World) -> None:
    pk = asked(world, days_ago=4)
    with inline():
        postpone(actor=as_resident(pk, now=NOW), help_request_id=pk, until_on=date(2027, 7, 15), now=NOW)
    page = text_of(browser(world.ilse).get(f"/planbord/{pk}/"))
    assert "De inwoner wil wachten tot do 15 jul" in page
    assert "donderdag 15 juli om 9.00 uur" in page
    assert "dag 4" in page
    assert "dag 18 met eigen uitstel" in page
    assert "wacht tot do 15 jul" in text_of(browser(world.ilse).get("/planbord/"))


def test_a_second_conversation_can_be_planned_and_a_third_not(world: World) -> None:
    pk = asked(world)
    for _ in range(2):
        with inline():
            conversation_id = book_first(world, pk, now=NOW)
            hold(world, conversation_id, now=Conversation.objects.get(pk=conversation_id).period.upper)
    page = browser(world.ilse).get(f"/planbord/{pk}/")
    assert "Er kan geen gesprek meer bij" in text_of(page)
    henk, sanne = (Professional.objects.get(account=a).pk for a in (world.henk, world.sanne))
    choice = f"2027-07-26T09:00:00+00:00|live|{world.room.pk}|{henk},{sanne}"
    answer = browser(world.ilse).post(f"/planbord/{pk}/", {"choice": choice})
    assert answer.status_code == 409
    assert "In deze regio kan het 2 keer" in text_of(answer)


def test_a_second_conversation_has_no_clock_of_fourteen_days(world: World) -> None:
    pk = asked(world, days_ago=30)
    with inline():
        conversation_id = book_first(world, pk, now=NOW - timedelta(days=29))
        hold(world, conversation_id, now=Conversation.objects.get(pk=conversation_id).period.upper)
    assert thread_of(pk).code in text_of(browser(world.ilse).get("/planbord/?stand=after"))
    book(world, pk)
    page = text_of(browser(world.ilse).get("/planbord/"))
    assert "Gesprek nummer 2" in page
    assert "te laat" not in page


# --- by hand ------------------------------------------------------------------------------------


def test_by_hand_shows_who_is_free_and_books_three(world: World) -> None:
    pk = asked(world)
    client = browser(world.ilse)
    address = f"/planbord/{pk}/zelf/?dag=2027-07-05&tijd=20:00"
    page = text_of(client.get(address))
    assert "buiten eigen uren" in page
    ids = [Professional.objects.get(account=a).pk for a in (world.sanne, world.bram, world.henk)]
    body = {"mensen": ids, "manier": "live", "ruimte": world.room.pk, "reden": ""}
    assert client.post(address, {**body, "ruimte": ""}).status_code == 422
    assert client.post(address, {**body, "mensen": ids[1:]}).status_code == 422
    assert client.post(address, body).status_code == 302
    assert the_conversation(pk).participations.count() == 3


def test_by_hand_refuses_the_hour_that_the_clock_skips(world: World, settings: Settings) -> None:
    settings.FIXED_NOW = datetime(2027, 3, 22, 8, tzinfo=UTC)
    with inline():
        pk = refer(world, now=settings.FIXED_NOW).help_request_id
    client = browser(world.ilse)
    page = text_of(client.get(f"/planbord/{pk}/zelf/?dag=2027-03-28&tijd=02:30"))
    assert "Deze tijd bestaat niet" in page
    assert "Kies een moment in de toekomst" in text_of(
        client.get(f"/planbord/{pk}/zelf/?dag=2027-03-01&tijd=10:00")
    )
    assert "Dag" in text_of(client.get(f"/planbord/{pk}/zelf/?dag=x&tijd=y"))


def test_by_hand_moves_what_is_booked(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    booked = the_conversation(pk)
    ids = [Professional.objects.get(account=a).pk for a in (world.sanne, world.bram)]
    answer = client.post(
        f"/planbord/{pk}/zelf/?dag=2027-07-06&tijd=14:00",
        {"mensen": ids, "manier": "online", "ruimte": "", "reden": ""},
    )
    assert answer.status_code == 302
    booked.refresh_from_db()
    assert (booked.period.lower, booked.mode, booked.room_id) == (
        datetime(2027, 7, 6, 12, tzinfo=UTC),
        "online",
        None,
    )


# --- the calendar -------------------------------------------------------------------------------


def test_the_calendar_file_of_the_planner_names_nobody_and_nothing_of_care(world: World) -> None:
    pk = asked(world)
    client = book(world, pk)
    answer = client.get(f"/planbord/gesprek/{the_conversation(pk).pk}/afspraak.ics")
    content = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="afspraak.ics"'
    assert "DTSTART;TZID=Europe/Amsterdam:20270702T090000" in content
    for word in ("Fatma", "Yilmaz", "Sanne", "Henk", "ggz", "slaapt", "V-"):
        assert word.lower() not in content.lower()


def test_moving_by_page_sends_a_newer_invitation_and_cancels_for_who_left(world: World) -> None:
    pk = asked(world)
    ids = {
        name: Professional.objects.get(account=a).pk
        for name, a in (("s", world.sanne), ("h", world.henk), ("b", world.bram))
    }
    client = browser(world.ilse)
    with inline():
        client.post(
            f"/planbord/{pk}/",
            {"choice": f"2027-07-05T09:00:00+00:00|live|{world.room.pk}|{ids['s']},{ids['h']}"},
        )
        booked = the_conversation(pk)
        client.post(
            f"/planbord/gesprek/{booked.pk}/verplaatsen/",
            {
                "choice": f"2027-07-06T09:00:00+00:00|live|{world.room.pk}|{ids['s']},{ids['b']}",
                "because": "een gespreksvoerder kan niet",
            },
        )
    invited = [bytes(m.calendar) for m in Message.objects.filter(calendar_method="REQUEST")]
    assert sum(b"SEQUENCE:1" in calendar for calendar in invited) == 3
    assert Message.objects.filter(calendar_method="CANCEL", account_id=world.henk.pk).count() == 1


# --- the alarm list -----------------------------------------------------------------------------


def test_the_alarm_list_names_what_lacks_and_gives_a_fixed_person(world: World) -> None:
    pk = asked(world)
    client = browser(world.ilse)
    page = text_of(client.get("/alarm/"))
    assert thread_of(pk).code in page
    assert "geen vaste persoon" in page
    assert "Yilmaz" not in page
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.bram.pk)}).status_code == 302
    assert thread_of(pk).holder_id == world.bram.pk
    assert "geen vaste persoon" not in text_of(client.get("/alarm/"))


def test_only_who_may_open_the_request_can_become_its_fixed_person(world: World) -> None:
    pk, client = asked(world), browser(world.ilse)
    stranger = make_world("groningen")
    for account_id in (str(stranger.sanne.pk), str(world.noor.pk), str(uuid4()), "x", ""):
        assert client.post(f"/alarm/{pk}/houder/", {"account_id": account_id}).status_code == 422
    Membership.objects.filter(account=world.bram).update(period=(date(2027, 1, 4), date(2027, 6, 1)))
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.bram.pk)}).status_code == 422
    assert client.post(f"/alarm/{pk}/houder/", {"account_id": str(world.ilse.pk)}).status_code == 302
    assert thread_of(pk).holder_id == world.ilse.pk


# --- who finds nothing --------------------------------------------------------------------------


def planner_addresses(pk: UUID, conversation_id: UUID) -> list[tuple[str, str]]:
    """Every address of the planner that names something, with its method."""
    of_thread = [
        ("get", reverse("conversations:case", args=[pk])),
        ("post", reverse("conversations:case", args=[pk])),
    ]
    return [
        *of_thread,
        ("get", reverse("conversations:by_hand", args=[pk])),
        ("get", reverse("conversations:move", args=[conversation_id])),
        ("post", reverse("conversations:move", args=[conversation_id])),
        ("get", reverse("conversations:cancel", args=[conversation_id])),
        ("post", reverse("conversations:cancel", args=[conversation_id])),
        ("get", reverse("conversations:plan_ics", args=[conversation_id])),
    ]


def test_another_region_another_role_and_a_guessed_id_get_the_same_bytes(world: World) -> None:
    pk = asked(world)
    book(world, pk)
    conversation_id = the_conversation(pk).pk
    stranger = make_world("groningen")
    for account in (stranger.ilse, world.sanne, world.noor):
        client = browser(account)
        real = planner_addresses(pk, conversation_id)
        guessed = planner_addresses(uuid4(), uuid4())
        for (method, address), (_, other) in zip(real, guessed, strict=True):
            body = {"choice": "x", "because": "op uw verzoek"} if method == "post" else {}
            mine, nothing = getattr(client, method)(address, body), getattr(client, method)(other, body)
            assert mine.status_code == nothing.status_code == 404, (account.name, method, address)
            assert comparable(mine) == comparable(nothing)
    for account in (world.sanne, world.noor):
        assert browser(account).get("/planbord/").status_code == 404
        assert browser(account).get("/alarm/").status_code == 404
    assert thread_of(pk).code not in text_of(browser(stranger.ilse).get("/planbord/"))
    assert the_conversation(pk).state == Conversation.State.PLANNED


def test_a_planner_whose_role_ended_and_a_visitor_see_no_board(world: World) -> None:
    asked(world)
    assert browser().get("/planbord/").status_code == 302
    assert browser(world.ilse, second_factor=False).get("/planbord/").status_code == 302
    Membership.objects.filter(account=world.ilse).update(period=(date(2027, 1, 4), date(2027, 6, 30)))
    assert browser(world.ilse).get("/planbord/").status_code == 404


# --- near before far ----------------------------------------------------------------------------


def test_without_a_room_at_home_the_nearest_municipality_is_proposed_and_said(world: World) -> None:
    borne = make_municipality(world.region, "Borne", latitude=52.30, longitude=6.75)
    far = make_municipality(world.region, "Losser", latitude=52.26, longitude=7.00)
    world.almelo.latitude, world.almelo.longitude = 52.357, 6.663
    world.almelo.save()
    make_room(far)
    near = make_room(borne)
    world.room.delete()
    pk = asked(world)
    fits = queries.proposals(world.speak_as(world.ilse, NOW), pk, now=NOW)
    assert fits.options[0].room_id == near.pk
    assert fits.shortage == ("In Almelo is geen ruimte bekend.",)
    assert fits.options[0].notes[0] == "In Borne, 9 km verderop."


def test_online_is_offered_only_when_no_place_fits_and_never_silently(world: World) -> None:
    pk = asked(world)
    actor = world.speak_as(world.ilse, NOW)
    assert {o.mode for o in queries.proposals(actor, pk, now=NOW).options} == {"live"}
    world.room.delete()
    first = queries.proposals(actor, pk, now=NOW).options[0]
    assert first.mode == "online"
    assert "Online. Vraag eerst of de inwoner dat wil." in first.notes


def test_what_is_proposed_can_always_be_booked_also_a_peer_worker_of_a_ggz_organisation(world: World) -> None:
    ggz = Professional.objects.get(account=world.sanne).organisation
    Professional.objects.exclude(account=world.sanne).update(holds_conversations=False)
    make_professional(ggz, "Gerda Wolters", profession="peer_worker", domain_group="lived_experience")
    pk = asked(world)
    book(world, pk)
    names = the_conversation(pk).participations.values_list("professional__name", flat=True)
    assert set(names) == {"Sanne Bakker", "Gerda Wolters"}


def test_when_nothing_fits_the_page_says_who_is_missing(world: World) -> None:
    Professional.objects.filter(account=world.sanne).update(holds_conversations=False)
    pk = asked(world)
    page = text_of(browser(world.ilse).get(f"/planbord/{pk}/"))
    assert "Waarom er nog niets past" in page
    assert "Iemand uit de ggz is in de komende zes weken helemaal niet vrij." in page
    board = text_of(browser(world.ilse).get("/planbord/"))
    assert "Past nog niet" in board
    assert "mist: ggz" in board


def test_without_saying_who_asks_the_database_shows_no_request(world: World) -> None:
    asked(world)
    gate.tell_database(gate.ANONYMOUS)
    assert HelpRequest.objects.count() == 0
