"""Letters and calls that wait for a person: of the requests that an office plans, or of a support point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.languages import nearest, speaking
from noaber.hallway.post.models import Message
from noaber.hallway.post.services_by_hand import waiting_by_hand, withhold_what_may_not_go
from noaber.network.companions import rules
from noaber.network.companions.models import CarriedOut, OtherWay
from noaber.network.companions.types import HandPost, PaperLetter
from noaber.network.partners.models import Location
from noaber.network.residents.models import HelpRequest, Resident, Sending
from noaber.network.residents.queries import holder_card, threads

LETTER, CALL = "letter", "call"
PURPOSE = "om u een brief te sturen of u te bellen"


def _residents_behind(messages: Iterable[Message]) -> dict[str, UUID]:
    """Whose message it is, by its key."""
    keys = [message.key for message in messages]
    with gate.as_system("van wie is deze brief"):
        return dict(Sending.objects.filter(key__in=keys).values_list("key", "resident_id"))


def _in_hand(actor: Actor, residents: Iterable[UUID]) -> set[UUID]:
    """Of these residents those whose post this actor carries out."""
    ids = list(residents)
    planned = gate.visible(actor, "plan", HelpRequest.objects.all(), resource="help_request")
    found = set(planned.filter(resident_id__in=ids).values_list("resident_id", flat=True))
    points = actor.organisations(Role.HOST)
    if points:
        with gate.as_system("post via het steunpunt dat zij koos"):
            mine = OtherWay.objects.filter(resident_id__in=ids, organisation_id__in=points)
            found |= set(mine.values_list("resident_id", flat=True))
    return found


def _mine(actor: Actor, message_id: UUID | None = None) -> list[tuple[Message, UUID]]:
    gate.require_act(actor, "post.by_hand")
    messages = [m for m in waiting_by_hand() if message_id in {None, m.pk}]
    behind = _residents_behind(messages)
    in_hand = _in_hand(actor, set(behind.values()))
    mine = [m for m in messages if behind.get(m.key) in in_hand]
    return [(m, behind[m.key]) for m in withhold_what_may_not_go(mine)]


def _people(ids: Iterable[UUID]) -> dict[UUID, Resident]:
    with gate.as_system("naam en adres op een brief"):
        return {row.pk: row for row in Resident.objects.filter(pk__in=list(ids))}


def waiting(actor: Actor, *, now: datetime, message_id: UUID | None = None) -> list[HandPost]:
    """What waits: late ones first, then the oldest. Names and numbers show, so each person's log says so."""
    mine = _mine(actor, message_id)
    people = _people(resident_id for _m, resident_id in mine)
    tries: dict[UUID, list[CarriedOut]] = {}
    with gate.as_system("eerdere pogingen"):
        for one in CarriedOut.objects.filter(message_id__in=[m.pk for m, _r in mine]).order_by("at"):
            tries.setdefault(one.message_id, []).append(one)
    audit.record_reads(
        actor=actor,
        residents=[resident_id for _m, resident_id in mine],
        event_type="post.by_hand",
        object_kind="message",
        part="uw naam en hoe wij u bereiken",
        purpose=PURPOSE,
        now=now,
    )
    today = day_of(now)
    found = []
    for message, resident_id in mine:
        before = tries.get(message.pk, [])
        again_on = before[-1].again_on if before else None
        late = rules.is_late(queued_on=again_on or day_of(message.created_at), today=today)
        row = HandPost(
            id=message.pk,
            channel=message.channel,
            name=people[resident_id].name,
            address=message.address,
            subject=message.subject,
            body=message.body,
            queued_at=message.created_at,
            late=late,
            again_on=again_on,
            tries=len(before),
        )
        found.append(row)
    return sorted(found, key=lambda row: (not row.late, row.queued_at))


def in_hand(actor: Actor, message_id: UUID) -> tuple[Message, UUID] | None:
    """One letter or call that waits, with whose it is; None when it waits no more. Not here for others."""
    return next(iter(_mine(actor, message_id)), None)


def one_call(actor: Actor, message_id: UUID, *, now: datetime) -> HandPost:
    """One call that waits."""
    found = next((row for row in waiting(actor, now=now, message_id=message_id) if row.channel == CALL), None)
    if found is None:
        raise gate.not_here()
    return found


def late_count(actor: Actor, *, now: datetime) -> int:
    """How many letters and calls wait too long; a number, nothing of a person."""
    if not gate.may_act(actor, "post.by_hand"):
        return 0
    today = day_of(now)
    late = [m for m in waiting_by_hand() if rules.is_late(queued_on=day_of(m.created_at), today=today)]
    behind = _residents_behind(late)
    in_hand = _in_hand(actor, set(behind.values()))
    return sum(1 for m in late if behind.get(m.key) in in_hand)


def letters_to_print(actor: Actor, *, now: datetime, message_id: UUID | None = None) -> list[PaperLetter]:
    """Letters as they are printed: one, or all that wait. What may not go any more is not there."""
    mine = [(m, r) for m, r in _mine(actor, message_id) if m.channel == LETTER]
    if message_id is not None and not mine:
        raise gate.not_here()
    people = _people(resident_id for _m, resident_id in mine)
    audit.record_reads(
        actor=actor,
        residents=[resident_id for _m, resident_id in mine],
        event_type="post.print",
        object_kind="message",
        part="uw brief",
        purpose="om uw brief af te drukken",
        now=now,
    )
    return [_letter(message, people[resident_id], now) for message, resident_id in mine]


def _letter(message: Message, person: Resident, now: datetime) -> PaperLetter:
    with gate.as_system("de brief schrijven"), speaking(person.language):
        thread = threads().filter(resident=person).order_by("-received_at").first()
        card = holder_card(thread) if thread else None
        letter = PaperLetter(
            id=message.pk,
            name=person.name,
            address=_address_lines(person.name, message.address),
            language=nearest(person.language),
            rtl=get_language_bidi(),
            paragraphs=tuple(part.strip() for part in message.body.split("\n\n") if part.strip()),
            holder_name=card.name if card else "",
            holder_organisation=card.organisation if card else "",
            phone=card.phone if card else "",
            written_on=day_of(now),
            code=thread.code if thread else "",
        )
        place = _place_named_in(message.body, thread.region_id) if thread else None
        if place is not None:
            words = place.directions or _("Bel ons als u de weg niet weet.")
            letter = replace(letter, place_name=place.name, place_route=words)
        if thread is not None and not letter.phone:
            letter = replace(letter, phone=_office_phone(thread))
    return letter


def _address_lines(name: str, address: str) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in address.replace(", ", "\n").splitlines() if line.strip())
    return lines if lines and lines[0].casefold() == name.casefold() else (name, *lines)


def _place_named_in(body: str, region_id: UUID) -> Location | None:
    """The place whose address stands in the letter."""
    places = Location.objects.filter(municipality__region_id=region_id)
    return next((p for p in places if p.address and p.address in body), None)


def _office_phone(thread: HelpRequest) -> str:
    """The office that plans, when nobody holds the request yet."""
    part = thread.involvements.filter(part="planner", until=None).select_related("organisation").first()
    return part.organisation.phone if part else ""
