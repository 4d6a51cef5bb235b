"""What the planner sees and does, through the pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.outbox.services import inline
from noaber.hallway.post.models import Message
from noaber.network.partners.models import Professional
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.services import postpone
from noaber.pathways.conversations.factories import (
    World,
    as_resident,
    book_first,
    hold,
    make_world,
    refer,
)
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW, browser, text_of, thread_of
from noaber.pathways.conversations.tests.planning import asked, book, first_choice, the_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


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
    refused = client.post(address, {"choice": choice[1]})
    assert refused.status_code == 422
    assert "Er klopt nog één ding niet" in text_of(refused)
    assert "vrijdag 2 juli om 9.00 uur</h3>" not in text_of(refused)
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
    assert Message.objects.filter(calendar_method="CANCEL", recipient_account_id=world.henk.pk).count() == 1
