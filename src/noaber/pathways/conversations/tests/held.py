"""Plain functions that put held conversations in a region, for tests of what is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from noaber.hallway.access import gate
from noaber.network.partners.models import Municipality, Professional
from noaber.network.residents.models import HelpRequest, Resident
from noaber.pathways.conversations.models import Conversation, Outcome, Participation

REASON = "iets maken voor een test"


def make_thread(place: Municipality, *, resident: Resident | None = None, at: datetime) -> HelpRequest:
    """A help request in this municipality, of a new resident unless one is given."""
    with gate.as_system(REASON):
        who = resident or Resident.objects.create(
            name="Mila Jansen", phone="0600000034", municipality=place, created_at=at
        )
        return HelpRequest.objects.create(
            code=uuid4().hex[:12],
            resident=who,
            region_id=place.region_id,
            municipality=place,
            question="Slaapt slecht.",
            received_at=at - timedelta(days=10),
        )


def make_conversation(
    place: Municipality,
    held_at: datetime,
    *,
    outcome: str | None = "social_domain",
    recorded_at: datetime | None = None,
    number: int = 1,
    state: str = "held",
    mode: str = "live",
    thread: HelpRequest | None = None,
    people: tuple[Professional, ...] = (),
) -> Conversation:
    """A conversation as it stands after it was held; `outcome` None leaves the outcome open.

    `recorded_at` is an hour after the conversation unless given. Other states than held keep no outcome.
    """
    period = DateTimeTZRange(held_at - timedelta(hours=1), held_at)
    with gate.as_system(REASON):
        row = Conversation.objects.create(
            help_request=thread or make_thread(place, at=held_at),
            region_id=place.region_id,
            municipality=place,
            number=number,
            period=period,
            mode=mode,
            state=state,
            planned_at=held_at - timedelta(days=5),
            held_at=held_at if state == "held" else None,
        )
        for person in people:
            Participation.objects.create(
                conversation=row, professional=person, domain_group=person.domain_group, period=period
            )
        if outcome is not None and state == "held":
            Outcome.objects.create(
                conversation=row, main=outcome, recorded_at=recorded_at or held_at + timedelta(hours=1)
            )
    return row


def later(
    place: Municipality, first: UUID, held_at: datetime, *, outcome: str = "social_domain"
) -> Conversation:
    """The second conversation of the same help request."""
    with gate.as_system(REASON):
        thread = HelpRequest.objects.get(conversations__pk=first)
    return make_conversation(place, held_at, outcome=outcome, number=2, thread=thread)


def utc(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """An instant, short to write."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
