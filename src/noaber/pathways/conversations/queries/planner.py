"""What the planner reads: the board, one request with what fits, and who is free when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from noaber.ground.intervals import Interval, covers
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.residents.models import HelpRequest
from noaber.network.residents.queries import as_thread, days_of, log_read, threads
from noaber.pathways.conversations import bridge
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.pool import Pool, guides_of, hours_of, room_hours, training_of
from noaber.pathways.conversations.queries.shared import as_card, conversations, of_thread
from noaber.pathways.conversations.types import (
    Availability,
    BoardFilter,
    BoardPage,
    BoardRow,
    ConversationCard,
    HolderChoice,
    PersonAt,
    PlannerCase,
    PlanningRules,
    Proposal,
    Proposals,
    RoomAt,
    Tally,
)

Phase = HelpRequest.Phase
State = Conversation.State
WAITING = (Phase.RECEIVED, Phase.PLANNED)
AFTER = (Phase.TALKED, Phase.FOLLOWING)
HELD = Count("conversations", filter=Q(conversations__state=State.HELD))


def _waiting(actor: Actor, phases: Sequence[str] = WAITING) -> QuerySet[HelpRequest]:
    gate.require_act(actor, "board.see")
    rows = gate.visible(actor, "follow", threads(), resource="help_request")
    return rows.filter(phase__in=phases).annotate(held=HELD)


def board(actor: Actor, *, now: datetime, municipality: str = "", state: str = "") -> list[BoardRow]:
    """Who waits how many of the fourteen days, most urgent first: the whole board, without proposals.

    `municipality` is a slug; `state` is 'open' (without a date) or 'booked'. Each person shown is logged.
    """
    asked = BoardFilter(municipality=municipality, state=state)
    found = sorted((r for r in _waiting(actor) if _matches(r, asked, now)), key=lambda r: _urgency(r, now))
    return _rows(actor, found, now=now)


def board_page(actor: Actor, *, now: datetime, asked: BoardFilter, offset: int, limit: int) -> BoardPage:
    """One page of the board, most urgent first, with what fits earliest for each request without a date.

    The tally is over everything, the log only about whom the page shows. The number of queries does not
    depend on the number of requests; one pool of people and rooms serves all rows of a region.
    """
    phases = AFTER if asked.state == "after" else WAITING
    everything = list(_waiting(actor, phases).defer("question", "wishes"))
    found = sorted((r for r in everything if _matches(r, asked, now)), key=lambda r: _urgency(r, now))
    shown = [r.pk for r in found[offset : offset + limit]]
    full = {r.pk: r for r in _waiting(actor, phases).filter(pk__in=shown)}
    page = [full[pk] for pk in shown if pk in full]
    rows = _with_proposals(_rows(actor, page, now=now), page, now=now) if phases is WAITING else None
    places = {r.municipality.slug: r.municipality.name for r in everything}
    return BoardPage(
        rows=tuple(_rows(actor, page, now=now) if rows is None else rows),
        ids=tuple(r.pk for r in found),
        tally=_tally(everything, now),
        municipalities=tuple(sorted(places.items(), key=lambda pair: pair[1])),
    )


def _matches(row: HelpRequest, asked: BoardFilter, now: datetime) -> bool:
    if asked.municipality and row.municipality.slug != asked.municipality:
        return False
    text = asked.text.strip().casefold()
    if text and text not in row.code.casefold() and text not in row.municipality.name.casefold():
        return False
    if asked.state == "open":
        return row.phase == Phase.RECEIVED
    if asked.state == "booked":
        return row.phase == Phase.PLANNED
    return asked.state != "late" or _is_late(row, now)


def _is_late(row: HelpRequest, now: datetime) -> bool:
    return row.phase == Phase.RECEIVED and not _number(row) > 1 and days_of(row, now=now).left < 0


def _number(row: HelpRequest) -> int:
    return int(getattr(row, "held", 0)) + 1


def _urgency(row: HelpRequest, now: datetime) -> tuple[bool, bool, int, str]:
    """Without a date before with; first conversations before second; few days left before many."""
    return row.phase == Phase.PLANNED, _number(row) > 1, days_of(row, now=now).left, row.code


def _tally(rows: list[HelpRequest], now: datetime) -> Tally:
    booked = sum(row.phase == Phase.PLANNED for row in rows)
    return Tally(
        total=len(rows),
        booked=booked,
        open=len(rows) - booked,
        late=sum(_is_late(row, now) for row in rows),
    )


def _rows(actor: Actor, found: list[HelpRequest], *, now: datetime) -> list[BoardRow]:
    """The lines of the board, and the line in the log for each person on it."""
    booked = _booked([r.pk for r in found], now=now)
    audit.record_reads(
        actor=actor,
        residents=[r.resident_id for r in found],
        event_type="board.read",
        object_kind="help_request",
        part="nummer, plaats en vraag",
        purpose="om een dag te plannen",
        now=now,
        acting=Role.PLANNER,
    )
    return [_board_row(r, booked.get(r.pk), now=now) for r in found]


def _booked(ids: Iterable[UUID], *, now: datetime) -> dict[UUID, ConversationCard]:
    rows = conversations().filter(help_request_id__in=list(ids), state=State.PLANNED)
    return {row.help_request_id: as_card(row, now=now) for row in rows}


def _board_row(row: HelpRequest, booked: ConversationCard | None, *, now: datetime) -> BoardRow:
    until = bridge.postponed_until(row)
    return BoardRow(
        help_request_id=row.pk,
        code=row.code,
        municipality=row.municipality.name,
        question=row.question,
        wishes=row.wishes,
        language=row.language,
        phase=row.phase,
        days=days_of(row, now=now),
        received_on=day_of(row.received_at),
        booked=booked,
        number=booked.number if booked else _number(row),
        postponed=postponed_days(row),
        postponed_until=until if until > day_of(now) else None,
    )


def postponed_days(row: HelpRequest) -> frozenset[date]:
    """The days she asked for herself."""
    return frozenset(
        p.from_on + timedelta(days=n)
        for p in row.postponements.all()
        for n in range((p.until_on - p.from_on).days)
    )


def _with_proposals(rows: list[BoardRow], found: list[HelpRequest], *, now: datetime) -> list[BoardRow]:
    pools = _pools([r for r in found if r.phase == Phase.RECEIVED], now=now)
    answered = []
    for row, thread in zip(rows, found, strict=True):
        if thread.phase != Phase.RECEIVED:
            answered.append(row)
            continue
        fits = bridge.first_fit(thread, now=now, pool=pools[thread.region_id], first=row.number == 1)
        first = fits.options[0] if fits.options else None
        answered.append(replace(row, proposal=first, missing=() if first else fits.missing))
    return answered


def _pools(rows: list[HelpRequest], *, now: datetime) -> dict[UUID, Pool]:
    by_region: dict[UUID, list[HelpRequest]] = defaultdict(list)
    for row in rows:
        by_region[row.region_id].append(row)
    return {
        region: bridge.pool_for(region, bridge.span_for(some, now=now)) for region, some in by_region.items()
    }


def proposals(
    actor: Actor, help_request_id: UUID, *, now: datetime, not_before: datetime | None = None, limit: int = 4
) -> Proposals:
    """Which people and room fit together, earliest first, for whoever plans this request."""
    row = _to_plan(actor, help_request_id)
    log_read(actor, row, part="uw vraag en wensen", purpose="om een dag te plannen", now=now)
    planned = row.conversations.filter(state=State.PLANNED).values_list("pk", flat=True).first()
    return bridge.proposals_for(
        row,
        now=now,
        limit=limit,
        not_before=not_before,
        except_conversation=planned,
        first=_number(row) == 1,
    )


def _to_plan(actor: Actor, help_request_id: UUID) -> HelpRequest:
    return gate.get(actor, "plan", threads().annotate(held=HELD), resource="help_request", pk=help_request_id)


def case(
    actor: Actor,
    help_request_id: UUID,
    *,
    now: datetime,
    not_before: datetime | None = None,
    search: bool = False,
) -> PlannerCase:
    """One request for the planner: whom to ring, what was wished, what fits or what is booked; logged.

    Proposals are made when nothing is booked yet, or when `search` asks for another time.
    """
    row = _to_plan(actor, help_request_id)
    log_read(
        actor, row, part="uw naam, telefoon en vraag", purpose="om u te bellen en een dag te plannen", now=now
    )
    had = of_thread(actor, row.pk, now=now)
    booked = next((c for c in had if c.state == State.PLANNED), None)
    rules = planning_rules(row)
    number = _number(row)
    closed = row.phase == Phase.CLOSED
    may_book = not closed and (rules.max_conversations is None or number <= rules.max_conversations)
    fits = None
    if may_book and (booked is None or search):
        fits = bridge.proposals_for(
            row,
            now=now,
            not_before=not_before,
            except_conversation=booked.id if booked else None,
            first=number == 1,
        )
        fits = replace(fits, options=tuple(o for o in fits.options if not _is_booked(o, booked)))
    return PlannerCase(
        thread=as_thread(row, now=now, history=True),
        number=number,
        rules=rules,
        booked=booked,
        earlier=tuple(c for c in had if c.state != State.PLANNED),
        proposals=fits,
        postponed=postponed_days(row),
        may_book=may_book,
        earliest_on=day_of(bridge.earliest_for(row, now=now)),
    )


def _is_booked(option: Proposal, booked: ConversationCard | None) -> bool:
    """Whether this is what stands already."""
    if booked is None or option.starts_at != booked.starts_at:
        return False
    at_the_table = {p.professional_id for p in booked.people if p.moment == "during"}
    return {p.professional_id for p in option.people} == at_the_table


def planning_rules(row: HelpRequest) -> PlanningRules:
    """The region's rules in the words of the page."""
    settings = row.region.settings
    return PlanningRules(
        norm_days=int(settings["first_conversation"]["norm_days"]),
        min_people=settings["composition"]["min_professionals"],
        max_people=settings["composition"]["max_professionals"],
        lived_experience=settings["composition"]["lived_experience"],
        modes=tuple(settings["modes"]["allowed"]),
        default_mode=row.mode if row.mode in settings["modes"]["allowed"] else settings["modes"]["default"],
        duration_minutes=int(settings["modes"]["duration_minutes"]),
        max_conversations=settings["second_conversation"]["max_conversations"],
    )


def available_at(actor: Actor, help_request_id: UUID, *, starts_at: datetime, now: datetime) -> Availability:
    """Everyone and every room of the region at one moment: free, outside their hours, away or taken.

    Nothing of a person is read; the request only says which region and how long.
    """
    row = _to_plan(actor, help_request_id)
    span = Interval(starts_at, starts_at + timedelta(minutes=planning_rules(row).duration_minutes))
    planned = row.conversations.filter(state=State.PLANNED).values_list("pk", flat=True).first()
    pool = bridge.pool_for(row.region_id, span, except_conversation=planned)
    training = training_of(row.region.settings)
    people = [
        PersonAt(
            bridge.chip(person, day_of(now), training=training),
            _state(
                taken=_any_overlap(pool.busy.get(str(person.pk), ()), span),
                free=covers(pool.free_people[str(person.pk)], span),
                open_=covers(hours_of(person, span), span),
            ),
        )
        for person in bridge.sort_people(pool.people.values())
    ]
    rooms = [
        RoomAt(
            room_id=room.pk,
            name=f"{room.location.name}, {room.name}",
            municipality=room.location.municipality.name,
            near=room.location.municipality_id == row.municipality_id,
            state=_state(
                taken=_any_overlap(pool.taken.get(key, ()), span),
                free=covers(pool.free_rooms[key], span),
                open_=covers(room_hours(room, span), span),
            ),
        )
        for key, room in pool.rooms.items()
    ]
    rooms.sort(key=lambda r: (not r.near, r.state != "free", r.municipality, r.name))
    return Availability(span.start, span.end, tuple(people), tuple(rooms))


def _any_overlap(taken: Iterable[Interval], span: Interval) -> bool:
    return any(interval.overlaps(span) for interval in taken)


def _state(*, taken: bool, free: bool, open_: bool) -> str:
    if taken:
        return "taken"
    if free:
        return "free"
    return "away" if open_ else "outside"


def holder_choices(actor: Actor, *, now: datetime) -> tuple[HolderChoice, ...]:
    """Who could hold a request in the regions where the actor plans: themselves first, then the guides."""
    gate.require_act(actor, "board.see")
    mine = next(g for g in actor.grants if g.role is Role.PLANNER)
    found = {}
    if actor.account_id is not None:
        found[actor.account_id] = HolderChoice(actor.account_id, actor.name, mine.organisation_name)
    for region_id in actor.regions(Role.PLANNER):
        for guide in sorted(guides_of(region_id, day_of(now)), key=lambda p: p.name):
            if guide.account_id is not None:
                choice = HolderChoice(guide.account_id, guide.name, guide.organisation.name)
                found.setdefault(guide.account_id, choice)
    return tuple(found.values())
