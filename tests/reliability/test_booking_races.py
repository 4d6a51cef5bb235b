"""Sixteen planners want the same people and the same room at once, also in the nights the clock changes.

Each planner is a client in a thread of its own, with its own database connection, and asks the page itself.
Whether anything overlaps is asked of the stored times with a query of our own, as the owner of the tables:
the constraints that forbid it are not what is asked.
"""

from __future__ import annotations

import threading
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from noaber.hallway.access.types import Role
from noaber.hallway.outbox.services import inline
from noaber.network.partners.factories import make_room, make_staff
from noaber.network.partners.models import Membership, Professional
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.types import Booking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Act = Callable[[], HttpResponse]
CLIENTS = 16
ORDINARY = datetime(2027, 6, 7, 8, tzinfo=UTC)
BOUND_S = 30

OVERLAPS = """
    WITH taken AS (
        SELECT p.professional_id::text AS what, lower(p.period) AS starts, upper(p.period) AS ends,
               p.id::text AS id
        FROM conversations_participation p WHERE p.active
        UNION ALL
        SELECT c.room_id::text, lower(c.period), upper(c.period), c.id::text
        FROM conversations_conversation c WHERE c.state IN ('planned', 'held') AND c.room_id IS NOT NULL
        UNION ALL
        SELECT c.help_request_id::text, lower(c.period), upper(c.period), c.id::text
        FROM conversations_conversation c WHERE c.state IN ('planned', 'held')
    )
    SELECT count(*) FROM taken a JOIN taken b ON a.what = b.what AND a.id < b.id
    WHERE a.starts < b.ends AND b.starts < a.ends
"""
UNFINISHED = """
    SELECT count(*) FROM conversations_conversation c WHERE c.state = 'planned' AND (
        SELECT count(*) FROM conversations_participation p
        WHERE p.conversation_id = c.id AND p.active AND p.period = c.period
    ) < 2
"""


@dataclass(slots=True)
class Race:
    """Sixteen planners of one office, and a request for each; `people`: ggz, social, lived experience."""

    world: World
    planners: list[Client]
    requests: list[UUID]
    people: tuple[UUID, UUID, UUID]
    rooms: list[UUID]

    def books(
        self, n: int, starts_at: datetime, *, room: int = 0, thread: int | None = None, duo: int = 1
    ) -> Act:
        """Planner `n` presses the button of a proposal: the ggz and one other, in one of the rooms."""
        request = self.requests[n if thread is None else thread]
        body = {"choice": self.choice(starts_at, room=room, duo=duo), "reason": ""}
        return lambda: self.planners[n].post(f"/planbord/{request}/", body)

    def moves(self, n: int, conversation_id: UUID, starts_at: datetime, *, room: int = 0) -> Act:
        """Planner `n` moves what is booked to another time."""
        body = {"choice": self.choice(starts_at, room=room), "because": "de ruimte kan niet"}
        return lambda: self.planners[n].post(f"/planbord/gesprek/{conversation_id}/verplaatsen/", body)

    def choice(self, starts_at: datetime, *, room: int = 0, duo: int = 1) -> str:
        """What the button of a proposal posts."""
        people = f"{self.people[0]},{self.people[duo]}"
        return f"{starts_at.isoformat()}|live|{self.rooms[room]}|{people}"


def in_a_session(account: object) -> Client:
    """A client of someone with the second factor."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def make_race(settings: Settings, now: datetime) -> Race:
    """The world on that day, with requests that came in that morning."""
    settings.FIXED_NOW = now
    with inline(), transaction.atomic():
        world = make_world()
        office = Membership.objects.get(account=world.ilse, role=str(Role.PLANNER)).organisation
        accounts = [make_staff(office, f"Planner {n}", Role.PLANNER) for n in range(CLIENTS)]
        since = date(2026, 1, 5)
        Membership.objects.update(period=DateRange(since, None))
        Professional.objects.update(begins_on=since)
        requests = [refer(world, now=now, name=f"Inwoner {n}").help_request_id for n in range(CLIENTS)]
        rooms = [world.room, make_room(world.almelo, "Kamer 2"), make_room(world.almelo, "Kamer 3")]
    by_name = {p.name: p.pk for p in Professional.objects.all()}
    people = (by_name["Sanne Bakker"], by_name["Bram Kamphuis"], by_name["Henk Oude Vrielink"])
    planners = [in_a_session(account) for account in accounts]
    return Race(world, planners, requests, people, [room.pk for room in rooms])


def all_at_once(acts: list[Act]) -> list[HttpResponse]:
    """Let each act go in a thread of its own, at the same moment."""
    gate = threading.Barrier(len(acts))

    def run(act: Act) -> HttpResponse:
        gate.wait(timeout=BOUND_S)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts, timeout=BOUND_S))


def count(owner: psycopg.Connection, query: str) -> int:
    """What a question of our own says, over every row."""
    row = owner.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(autouse=True)
def _within_the_bound() -> Iterator[None]:
    began = stopwatch.monotonic()
    yield
    assert stopwatch.monotonic() - began < BOUND_S


def nothing_overlaps(owner: psycopg.Connection) -> None:
    """Nobody, no room and no resident is in two places, and no conversation was left half made."""
    assert count(owner, OVERLAPS) == 0
    assert count(owner, UNFINISHED) == 0


def outcomes(answers: list[HttpResponse]) -> Counter[int]:
    """How often each status was given."""
    return Counter(answer.status_code for answer in answers)


def polite(answer: HttpResponse) -> None:
    """The page of who came second: what happened, that nothing is lost, and the way back to the times."""
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Terug naar de tijden" in words
    assert "net bezet" in words or "al een gesprek vast" in words


def test_of_sixteen_who_want_the_same_people_and_room_one_gets_them(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    wanted = ORDINARY + timedelta(days=2)
    answers = all_at_once([race.books(n, wanted) for n in range(CLIENTS)])
    assert outcomes(answers) == {302: 1, 409: CLIENTS - 1}
    for answer in answers:
        if answer.status_code != 302:
            polite(answer)
    nothing_overlaps(owner_connection)
    assert Conversation.objects.count() == 1


def test_another_room_does_not_put_the_same_person_in_two_places(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    wanted = ORDINARY + timedelta(days=2)
    acts = [
        race.books(n, wanted + timedelta(minutes=15 * (n % 4)), room=n % 3, duo=1 + n % 2)
        for n in range(CLIENTS)
    ]
    answers = all_at_once(acts)
    assert outcomes(answers) == {302: 1, 409: CLIENTS - 1}
    nothing_overlaps(owner_connection)


def test_sixteen_planners_of_one_request_book_one_conversation(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    acts = [
        race.books(n, ORDINARY + timedelta(days=2, hours=n), room=n % 3, thread=0) for n in range(CLIENTS)
    ]
    answers = all_at_once(acts)
    assert outcomes(answers) == {302: 1, 409: CLIENTS - 1}
    nothing_overlaps(owner_connection)
    assert Conversation.objects.filter(help_request_id=race.requests[0]).count() == 1


def test_the_same_click_sixteen_times_is_one_booking_and_no_conflict(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    wanted = ORDINARY + timedelta(days=2)
    answers = all_at_once([race.books(n, wanted, thread=0) for n in range(CLIENTS)])
    assert outcomes(answers) == {302: CLIENTS}
    nothing_overlaps(owner_connection)
    assert Conversation.objects.count() == 1


def test_who_books_and_who_moves_to_one_time_do_not_meet_there(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    half = CLIENTS // 2
    with inline(), transaction.atomic():
        booked = [
            services.book_conversation(
                actor=race.world.speak_as(race.world.ilse, ORDINARY),
                help_request_id=race.requests[n],
                booking=Booking(
                    ORDINARY + timedelta(days=3, hours=2 * n), "live", race.rooms[0], race.people[:2]
                ),
                now=ORDINARY,
            )
            for n in range(half)
        ]
    wanted = ORDINARY + timedelta(days=2)
    acts = [race.moves(n, booked[n], wanted) for n in range(half)]
    acts += [race.books(half + n, wanted, room=1) for n in range(half)]
    answers = all_at_once(acts)
    assert outcomes(answers) == {302: 1, 409: CLIENTS - 1}
    nothing_overlaps(owner_connection)
    moved = Conversation.objects.filter(pk__in=booked, state="planned")
    assert moved.count() == half


NIGHTS = {
    "the hour that comes twice": (
        datetime(2026, 10, 19, 8, tzinfo=UTC),
        datetime(2026, 10, 25, 0, tzinfo=UTC),
    ),
    "the hour that is skipped": (datetime(2027, 3, 22, 8, tzinfo=UTC), datetime(2027, 3, 28, 0, tzinfo=UTC)),
}


@pytest.mark.parametrize("night", NIGHTS)
def test_in_the_night_the_clock_changes_nobody_is_in_two_places(
    night: str, settings: Settings, owner_connection: psycopg.Connection
) -> None:
    """Starts a quarter of an hour apart, from before the change to after it: at most every fourth can win."""
    now, first = NIGHTS[night]
    race = make_race(settings, now)
    starts = [first + timedelta(minutes=15 * n) for n in range(CLIENTS)]
    answers = all_at_once([race.books(n, at, room=n % 3) for n, at in enumerate(starts)])
    found = outcomes(answers)
    assert set(found) <= {302, 409}
    assert 2 <= found[302] <= CLIENTS // 4 + 1
    nothing_overlaps(owner_connection)
    assert Conversation.objects.filter(state="planned").count() == found[302]


def test_two_hours_that_read_alike_on_the_wall_are_two_hours(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    """Four planners an hour, four hours from before the clock goes back to after it: four winners."""
    now, first = NIGHTS["the hour that comes twice"]
    race = make_race(settings, now)
    answers = all_at_once(
        [race.books(n, first + timedelta(hours=n // 4), room=n % 3) for n in range(CLIENTS)]
    )
    assert outcomes(answers) == {302: 4, 409: CLIENTS - 4}
    nothing_overlaps(owner_connection)


def test_our_own_question_sees_an_overlap_when_there_is_one(
    settings: Settings, owner_connection: psycopg.Connection
) -> None:
    race = make_race(settings, ORDINARY)
    for n in range(2):
        assert race.books(n, ORDINARY + timedelta(days=2, hours=n))().status_code == 302
    nothing_overlaps(owner_connection)
    with owner_connection.transaction(force_rollback=True):
        for table, name in (
            ("conversations_participation", "a_professional_is_in_one_place_at_a_time"),
            ("conversations_conversation", "a_room_holds_one_conversation_at_a_time"),
        ):
            owner_connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            one = f"(SELECT period FROM {table} LIMIT 1)"  # noqa: S608  # our own two tables
            owner_connection.execute(f"UPDATE {table} SET period = {one}")  # noqa: S608
        assert count(owner_connection, OVERLAPS) == 3
