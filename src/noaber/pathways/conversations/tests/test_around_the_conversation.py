"""Notes at the table, and a peer worker before or after."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from noaber.ground.errors import Conflict, Invalid, Missing, NoaberError
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.outbox.models import OutboxEvent
from noaber.hallway.outbox.services import deliver, inline
from noaber.hallway.post.models import Message
from noaber.network.partners.models import Membership, Professional
from noaber.network.residents.services import take_hold
from noaber.pathways.conversations import services
from noaber.pathways.conversations.factories import World, as_resident, hold, make_world
from noaber.pathways.conversations.models import Conversation, GuideNote, Participation
from noaber.pathways.conversations.services.notes import (
    KEPT_AFTER_REPORT,
    KEPT_AT_MOST,
    keep_note,
    throw_away_old_notes,
)
from noaber.pathways.conversations.services.peer import book_peer, let_go_of_peer
from noaber.pathways.conversations.tests.pages import NOW, account_of, browser, comparable, text_of, thread_of
from noaber.pathways.conversations.tests.test_guide_pages import SOON, planned
from noaber.pathways.conversations.types import Booking, PeerBooking

pytestmark = pytest.mark.django_db
AFTER = SOON + timedelta(hours=1)
SECRET = "Begin met wat goed ging."


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def world() -> World:
    return make_world()


def thread_id(conversation: UUID) -> UUID:
    with gate.as_system("test"):
        return Conversation.objects.get(pk=conversation).help_request_id


def both(world: World, conversation: UUID) -> tuple[Account, Account]:
    """Who holds the request, and who only sat there."""
    holder = thread_of(thread_id(conversation)).holder_id
    return (world.sanne, world.bram) if holder == world.sanne.pk else (world.bram, world.sanne)


def note(world: World, account: Account, conversation: UUID, words: str = SECRET) -> None:
    keep_note(actor=world.speak_as(account, NOW), conversation_id=conversation, words=words, now=NOW)


def told(now: datetime) -> list[Message]:
    """What would go out once the listeners heard of it all."""
    before = set(Message.objects.values_list("pk", flat=True))
    for pk in OutboxEvent.objects.filter(delivered_at=None).values_list("pk", flat=True):
        deliver(pk, now=now)
    return list(Message.objects.exclude(pk__in=before))


# --- notes --------------------------------------------------------------------------------------


def test_a_note_is_for_the_table_alone(world: World) -> None:
    pk = planned(world)
    note(world, world.sanne, pk)
    assert SECRET in text_of(browser(world.bram).get(f"/gesprekken/{pk}/"))
    for account in (world.henk, world.ilse, world.noor, account_of(thread_id(pk))):
        assert browser(account).get(f"/gesprekken/{pk}/aantekeningen/").status_code == 404
    assert SECRET not in text_of(browser(world.ilse).get(f"/planbord/{thread_id(pk)}/"))
    assert SECRET not in text_of(browser(account_of(thread_id(pk))).get("/mijn/vraag/"))


def test_the_holder_who_does_not_sit_there_reads_and_keeps_no_note(world: World) -> None:
    pk = planned(world)
    note(world, world.sanne, pk)
    henk = Professional.objects.get(account=world.henk)
    with gate.as_system("test"):
        take_hold(
            help_request_id=thread_id(pk),
            account_id=world.henk.pk,
            name=henk.name,
            organisation_id=henk.organisation_id,
            now=NOW,
        )
    page = browser(world.henk).get(f"/gesprekken/{pk}/aantekeningen/")
    assert page.status_code == 200
    assert SECRET not in text_of(page)
    with pytest.raises(NoaberError), transaction.atomic():
        note(world, world.henk, pk)


def test_the_database_alone_keeps_notes_at_the_table(world: World) -> None:
    pk = planned(world)
    note(world, world.sanne, pk)
    for account in (world.henk, world.ilse, world.noor):
        world.speak_as(account, NOW)
        assert not GuideNote.objects.exists()
    as_resident(thread_id(pk), now=NOW)
    assert not GuideNote.objects.exists()
    world.speak_as(world.bram, NOW)
    assert GuideNote.objects.count() == 1
    assert GuideNote.objects.update(words="anders") == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        GuideNote.objects.create(
            conversation_id=pk, author_id=world.sanne.pk, words="namens een ander", written_at=NOW
        )


def test_who_works_there_no_more_reads_no_note(world: World) -> None:
    pk = planned(world)
    note(world, world.bram, pk)
    Membership.objects.filter(account=world.sanne).delete()
    world.speak_as(world.sanne, NOW)
    assert not GuideNote.objects.exists()
    gone = browser(world.sanne).get(f"/gesprekken/{pk}/aantekeningen/")
    guessed = browser(world.sanne).get(f"/gesprekken/{uuid4()}/aantekeningen/")
    assert gone.status_code == guessed.status_code == 404
    assert comparable(gone) == comparable(guessed)


def test_what_was_typed_stays_when_it_cannot_be_kept(world: World) -> None:
    pk = planned(world)
    client = browser(world.sanne)
    words = "Zij zei 111222333 en nog veel meer."
    answer = client.post(f"/gesprekken/{pk}/aantekeningen/", {"words": words})
    assert answer.status_code == 422
    assert words in text_of(answer)
    with gate.as_system("test"):
        assert not GuideNote.objects.exists()
    assert client.post(f"/gesprekken/{pk}/aantekeningen/", {"words": SECRET}).status_code == 302
    assert client.post(f"/gesprekken/{pk}/aantekeningen/", {"words": " "}).status_code == 302
    with gate.as_system("test"):
        assert not GuideNote.objects.exists()


def test_a_note_goes_when_its_work_is_done(world: World, settings: Settings) -> None:
    pk = planned(world)
    note(world, world.sanne, pk)
    with gate.as_system("test"):
        assert throw_away_old_notes(now=SOON + KEPT_AT_MOST) == 0
    with inline():
        hold(world, pk, now=AFTER)
        services.write_report(
            actor=world.speak_as(world.sanne, AFTER), conversation_id=pk, body="Fijn.", now=AFTER
        )
    with gate.as_system("test"):
        assert throw_away_old_notes(now=AFTER + KEPT_AFTER_REPORT) == 0
        assert throw_away_old_notes(now=AFTER + KEPT_AFTER_REPORT + timedelta(minutes=1)) == 1
        assert throw_away_old_notes(now=AFTER + KEPT_AT_MOST * 2) == 0


# --- a peer worker before or after --------------------------------------------------------------


def peer(
    world: World, *, moment: str = "before", at: datetime | None = None, minutes: int = 30
) -> PeerBooking:
    henk = Professional.objects.get(account=world.henk)
    return PeerBooking(henk.pk, moment, at or SOON - timedelta(hours=1), minutes)


def book(world: World, pk: UUID, booking: PeerBooking, *, by: Account | None = None) -> UUID:
    return book_peer(
        actor=world.speak_as(by or world.ilse, NOW), conversation_id=pk, booking=booking, now=NOW
    )


def test_a_peer_worker_gets_a_time_apart_and_both_are_told_neutrally(world: World) -> None:
    pk = planned(world)
    told(NOW)
    row = book(world, pk, peer(world))
    assert book(world, pk, peer(world)) == row
    messages = told(NOW)
    assert len(messages) == 2
    for message in messages:
        assert message.subject == "Afspraak"
        assert b"ervaring" not in bytes(message.calendar or b"") + message.body.encode()
    assert browser(world.henk).get(f"/gesprekken/{pk}/").status_code == 200
    assert "vooraf" in text_of(browser(world.ilse).get(f"/planbord/{thread_id(pk)}/"))


@pytest.mark.parametrize(
    "booking",
    [
        {"at": SOON - timedelta(minutes=15)},
        {"at": SOON},
        {"at": SOON - timedelta(days=15)},
        {"moment": "after", "at": SOON + timedelta(minutes=30)},
        {"moment": "after", "at": SOON + timedelta(days=16)},
        {"moment": "during"},
        {"minutes": 5},
        {"minutes": 500},
        {"at": NOW - timedelta(hours=1)},
    ],
)
def test_a_time_that_is_not_before_or_after_is_refused(world: World, booking: dict[str, object]) -> None:
    pk = planned(world)
    with pytest.raises(Invalid), transaction.atomic():
        book(world, pk, peer(world, **booking))  # type: ignore[arg-type]


def test_nobody_is_in_two_places_and_nobody_sits_there_twice(world: World) -> None:
    pk = planned(world)
    book(world, pk, peer(world))
    other = planned(world, "Mila Jansen", at=SOON + timedelta(hours=2))
    with pytest.raises(Conflict), transaction.atomic():
        book(world, other, peer(world))
    with pytest.raises(Conflict), transaction.atomic():
        book(world, pk, peer(world, moment="after", at=SOON + timedelta(hours=1)))


def test_only_a_peer_worker_and_only_by_who_plans_and_only_where_the_region_has_it_so(world: World) -> None:
    pk = planned(world)
    bram = Professional.objects.get(account=world.bram)
    with pytest.raises(Missing), transaction.atomic():
        book(world, pk, PeerBooking(bram.pk, "before", SOON - timedelta(hours=1), 30))
    for account in (world.sanne, world.noor):
        with pytest.raises(NoaberError), transaction.atomic():
            book(world, pk, peer(world), by=account)
    for rule in ("always", "unless_reasoned", "optional"):
        world.region.settings["composition"]["lived_experience"] = rule
        world.region.save()
        with pytest.raises(Invalid), transaction.atomic():
            book(world, pk, peer(world))
    page = text_of(browser(world.ilse).get(f"/planbord/gesprek/{pk}/ervaring/"))
    assert page.count("optional") == 0


def test_a_peer_worker_before_does_not_fill_a_seat_at_the_table(world: World) -> None:
    pk = planned(world)
    book(world, pk, peer(world))
    sanne = Professional.objects.get(account=world.sanne)
    alone = Booking(SOON, "live", world.room.pk, (sanne.pk,))
    with pytest.raises(Invalid), transaction.atomic():
        services.move_conversation(
            actor=world.speak_as(world.ilse, NOW), conversation_id=pk, booking=alone, now=NOW
        )


def test_when_the_conversation_moves_the_time_apart_stays_only_if_it_still_fits(world: World) -> None:
    pk = planned(world)
    row = book(world, pk, peer(world))
    people = tuple(Professional.objects.get(account=a).pk for a in (world.sanne, world.bram))

    def move(at: datetime) -> None:
        booking = Booking(at, "live", world.room.pk, people)
        services.move_conversation(
            actor=world.speak_as(world.ilse, NOW), conversation_id=pk, booking=booking, now=NOW
        )

    move(SOON + timedelta(hours=1))
    assert Participation.objects.get(pk=row).active
    assert browser(world.henk).get(f"/gesprekken/{pk}/").status_code == 200
    told(NOW)
    move(SOON - timedelta(hours=1))
    assert not Participation.objects.get(pk=row).active
    assert browser(world.henk).get(f"/gesprekken/{pk}/").status_code == 404
    cancelled = [m for m in told(NOW) if m.calendar_method == "CANCEL"]
    assert len(cancelled) == 2


def test_the_planner_lets_the_time_apart_go_and_the_conversation_stands(world: World) -> None:
    pk = planned(world)
    row = book(world, pk, peer(world))
    actor = world.speak_as(world.ilse, NOW)
    for _ in range(2):
        let_go_of_peer(actor=actor, conversation_id=pk, participation_id=row, now=NOW)
    assert Conversation.objects.get(pk=pk).state == "planned"
    assert browser(world.henk).get(f"/gesprekken/{pk}/").status_code == 404
    seat = Participation.objects.get(conversation_id=pk, domain_group="ggz").pk
    with pytest.raises(Missing), transaction.atomic():
        let_go_of_peer(
            actor=world.speak_as(world.ilse, NOW), conversation_id=pk, participation_id=seat, now=NOW
        )
