"""What a guide has at hand before, during and after a conversation."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.funding import load_titles, titles_for
from noaber.knowledge.talking import DEFAULT_ORDER, load_parts
from noaber.network.residents.models import HelpRequest
from noaber.offer.directory import queries as directory
from noaber.offer.directory.types import OfferCard, Search
from noaber.offer.routes import queries as routes
from noaber.offer.routes import queries_cards
from noaber.offer.routes.types import RouteCardView, WayfinderCard
from noaber.pathways.conversations.guide_types import LookBack, NoteView, Preparation, TalkingStep, TimeView
from noaber.pathways.conversations.models import AgreedStep, Conversation, GuideNote
from noaber.pathways.conversations.queries.shared import as_card, as_step, conversations
from noaber.pathways.conversations.queries.web import web_at
from noaber.pathways.conversations.services.notes import sits_at

OFFERS = 3
SHOW_ANSWERS = timedelta(days=14)


def preparing(actor: Actor, conversation_id: UUID, *, now: datetime) -> Preparation:
    """Everything beside the conversation itself; that page was logged, here the web and notes are."""
    rows = Conversation.objects.select_related("help_request", "region", "municipality")
    row = gate.get(actor, "hold", rows, resource="conversation", pk=conversation_id)
    there = sits_at(actor, row)
    own, notes = _notes(actor, row, now=now) if there else ("", ())
    return Preparation(
        steps=_steps(row),
        web=web_at(actor, row, now=now) if there else None,
        own_note=own,
        notes=notes,
        sits_there=there,
        times=times_of(row, now=now) if row.state == Conversation.State.HELD else (),
        agreements=(agreed := _agreements(row, now)),
        wayfinders=_wayfinders(row, agreed, now),
    )


def _agreements(row: Conversation, now: datetime) -> tuple[RouteCardView, ...]:
    """What professionals agreed about a question like hers."""
    return tuple(queries_cards.cards_for(row.region_id, row.help_request.question, on=day_of(now)))


def _wayfinders(
    row: Conversation, agreements: tuple[RouteCardView, ...], now: datetime
) -> tuple[WayfinderCard, ...]:
    """Who can think along: for her municipality, and for what the agreements are about."""
    terms = {code for card in agreements for code in card.text.terms}
    found = routes.wayfinders_for(
        row.region_id, row.municipality.slug, terms, public=False, today=day_of(now), limit=3
    )
    return tuple(found)


def _steps(row: Conversation) -> tuple[TalkingStep, ...]:
    order = row.region.settings.get("conversation", {}).get("order", DEFAULT_ORDER)
    parts = [part for code in order if (part := load_parts().get(code))]
    nearby = directory.search(row.region_id, Search(municipality=row.municipality.slug))
    return tuple(TalkingStep(p.title, p.prompts, _fitting(nearby, p.offer_kinds)) for p in parts)


def _fitting(offers: list[OfferCard], kinds: tuple[str, ...]) -> tuple[OfferCard, ...]:
    """What can start this week before what cannot, a few of them."""
    some = [offer for offer in offers if offer.kind in kinds]
    return tuple(sorted(some, key=lambda offer: not offer.this_week)[:OFFERS])


def _notes(actor: Actor, row: Conversation, *, now: datetime) -> tuple[str, tuple[NoteView, ...]]:
    rows = GuideNote.objects.select_related("author").filter(conversation=row).order_by("written_at")
    found = list(gate.visible(actor, "read", rows, resource="guide_note"))
    if found:
        audit.record(
            actor=actor,
            action=audit.Action.READ,
            event_type="note.read",
            resident_id=row.help_request.resident_id,
            object_kind="guide_note",
            object_id=row.pk,
            part="aantekeningen bij uw gesprek",
            purpose="om uw gesprek te voeren",
            now=now,
        )
    own = next((note.words for note in found if note.author_id == actor.signed_in_id), "")
    others = [note for note in found if note.author_id != actor.signed_in_id]
    return own, tuple(NoteView(n.author.name, n.words, n.written_at) for n in others)


def times_of(row: Conversation, *, now: datetime) -> tuple[TimeView, ...]:
    """The time of everyone who was there, in the order of the table."""
    known = {
        part.pk: part
        for part in row.participations.filter(active=True).select_related("time", "professional")
    }
    views = []
    seated = conversations().get(pk=row.pk)
    for person in as_card(seated, now=now).people:
        part = known.get(person.participation_id) if person.participation_id else None
        if part is None:
            continue
        time = getattr(part, "time", None)
        day = day_of(part.period.lower)
        title = load_titles().get(time.title) if time else None
        views.append(
            TimeView(
                participation_id=part.pk,
                person=person,
                started_at=time.started_at if time else part.period.lower,
                minutes=time.minutes if time else _planned_minutes(part),
                title=time.title if time else "",
                label=title.label if title else "",
                titles=titles_for(part.domain_group, day),
            )
        )
    return tuple(views)


def _planned_minutes(part: object) -> int:
    period = part.period  # type: ignore[attr-defined]
    return int((period.upper - period.lower).total_seconds() // 60)


def look_backs(actor: Actor, *, now: datetime) -> tuple[LookBack, ...]:
    """Steps of requests that this guide holds: their day has come, or she said lately how it went. Logged."""
    today = day_of(now)
    due = Q(answer="", return_on__lte=today)
    told = Q(answered_at__gte=now - SHOW_ANSWERS)
    rows = gate.visible(actor, "read", AgreedStep.objects.all(), resource="agreed_step")
    found = list(
        rows.filter(
            due | told,
            conversation__help_request__holder_id=actor.signed_in_id,
            conversation__help_request__phase__in=HelpRequest.OPEN,
        )
        .select_related("conversation__help_request__resident")
        .order_by("return_on", "pk")[:50]
    )
    audit.record_reads(
        actor=actor,
        residents=[s.conversation.help_request.resident_id for s in found],
        event_type="step.read",
        object_kind="agreed_step",
        part="uw naam en wat u afsprak",
        purpose="om samen terug te kijken",
        now=now,
    )
    return tuple(
        LookBack(
            conversation_id=step.conversation_id,
            resident_name=step.conversation.help_request.resident.name,
            code=step.conversation.help_request.code,
            step=as_step(step),
        )
        for step in found
    )
