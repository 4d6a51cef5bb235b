"""Reading the thread. Whatever shows a person writes its line in the log first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.partners.models import Membership
from noaber.network.residents import rules
from noaber.network.residents.asking import how_many_wait as how_many_wait
from noaber.network.residents.asking import own_questions as own_questions
from noaber.network.residents.asking import question_to_answer as question_to_answer
from noaber.network.residents.asking import waiting_questions as waiting_questions
from noaber.network.residents.models import HelpRequest, Involvement, MeanwhileChoice, ThreadEntry
from noaber.network.residents.preferring import own_wishes as own_wishes
from noaber.network.residents.preferring import wishes_of_row
from noaber.network.residents.rules import MAX_POSTPONE_DAYS as MAX_POSTPONE_DAYS
from noaber.network.residents.rules import TAKE_UP_DAYS as TAKE_UP_DAYS
from noaber.network.residents.rules import may_take_up as may_take_up
from noaber.network.residents.telling import told
from noaber.network.residents.types import Alarm, Asks, Chosen, Current, Days, HolderCard, Line, Thread
from noaber.network.residents.wishes import contact_lines, wish_lines
from noaber.network.residents.wishes import misses as misses


def threads() -> QuerySet[HelpRequest]:
    """Help requests with everything a thread shows, in a fixed number of queries."""
    return HelpRequest.objects.select_related(
        "resident__preferences",
        "municipality",
        "region",
        "holder",
        "holder_organisation",
        "holder__professional",
    ).prefetch_related("postponements")


def days_of(row: HelpRequest, *, now: datetime) -> Days:
    """The clock of this request."""
    norm = int(row.region.settings["first_conversation"]["norm_days"])
    return rules.count_days(
        received_on=day_of(row.received_at),
        today=day_of(now),
        postponed=[(p.from_on, p.until_on) for p in row.postponements.all()],
        norm=norm,
    )


def holder_card(row: HelpRequest) -> HolderCard | None:
    """The human who holds this request, with a number that is answered."""
    if row.holder is None:
        return None
    professional = getattr(row.holder, "professional", None)
    organisation = row.holder_organisation
    return HolderCard(
        name=row.holder.name,
        organisation=organisation.name if organisation else "",
        phone=(professional.phone if professional else "") or (organisation.phone if organisation else ""),
        profession=professional.profession if professional else "",
    )


def as_thread(row: HelpRequest, *, now: datetime, history: bool = False) -> Thread:
    """The row as other rooms and pages may hold it."""
    lines: tuple[Line, ...] = ()
    wished = wishes_of_row(row.resident, spoken=row.language)
    if history:
        entries = ThreadEntry.objects.filter(help_request=row).order_by("at", "pk")
        lines = tuple(Line(at=e.at, words=told(e.words, e.values), by=e.by, kind=e.kind) for e in entries)
    return Thread(
        id=row.pk,
        code=row.code,
        resident_id=row.resident_id,
        resident_name=row.resident.name,
        phone=row.resident.phone,
        region_id=row.region_id,
        municipality=row.municipality.name,
        question=row.question,
        wishes=row.wishes,
        mode=row.mode,
        language=row.language,
        phase=row.phase,
        received_at=row.received_at,
        days=days_of(row, now=now),
        holder=holder_card(row),
        next_on=row.next_on,
        wished=wished,
        wish_words=wish_lines(wished),
        contact_words=contact_lines(wished),
        next_step=told(row.next_step),
        meanwhile=told(row.meanwhile),
        history=lines,
        municipality_id=row.municipality_id,
        postponed_until=_waits_until(row, now=now),
        closed_at=row.closed_at,
        closed_because=row.closed_because,
    )


def wishes_of(row: HelpRequest) -> Asks:
    """Her wishes for this request in words; the caller showed that it may be read."""
    wished = wishes_of_row(row.resident, spoken=row.language)
    return Asks(wished=wished, wish_words=wish_lines(wished), contact_words=contact_lines(wished))


def newest_thread(resident_id: UUID, *, now: datetime) -> Thread | None:
    """Her open request, else her newest, for the house itself: the caller answers for who may know."""
    rows = sorted(
        threads().filter(resident_id=resident_id),
        key=lambda row: (row.phase in HelpRequest.OPEN, row.received_at),
    )
    if not rows:
        return None
    chosen = MeanwhileChoice.objects.filter(help_request=rows[-1]).order_by("-chosen_at")
    names = tuple(chosen.values_list("service_name", flat=True))
    return replace(as_thread(rows[-1], now=now), chosen_names=names)


def region_of_resident(resident_id: UUID) -> UUID | None:
    """The region of her newest request, for the house itself."""
    rows = HelpRequest.objects.filter(resident_id=resident_id).order_by("-received_at")
    return rows.values_list("region_id", flat=True).first()


def _waits_until(row: HelpRequest, *, now: datetime) -> date | None:
    """The day until which she asked to wait, when that has not come yet."""
    asked = [p.until_on for p in row.postponements.all() if p.until_on > day_of(now)]
    return max(asked, default=None)


def read_thread(actor: Actor, help_request_id: UUID, *, action: str, purpose: str, now: datetime) -> Thread:
    """One thread, for whoever may; logged with the purpose that the resident will read."""
    row = gate.get(actor, action, threads(), resource="help_request", pk=help_request_id)
    acting = gate.hat_for(actor, action, row, resource="help_request")
    log_read(actor, row, part="uw vraag", purpose=purpose, now=now, acting=acting)
    return as_thread(row, now=now, history=True)


def log_read(
    actor: Actor, row: HelpRequest, *, part: str, purpose: str, now: datetime, acting: Role | None = None
) -> None:
    """The line in the log for one look at one person; `acting` is the role that opened it."""
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="help_request.read",
        resident_id=row.resident_id,
        object_kind="help_request",
        object_id=row.pk,
        part=part,
        purpose=purpose,
        basis="eigen gegevens" if actor.kind is Kind.RESIDENT else "rol en betrokkenheid",
        now=now,
        acting=acting,
    )


def own_threads(actor: Actor, *, now: datetime) -> list[Thread]:
    """The resident's own requests, newest first."""
    if actor.resident_id is None:
        raise gate.not_here()
    rows = gate.visible(actor, "read", threads(), resource="help_request").order_by("-received_at")
    found = list(rows.filter(resident_id=actor.resident_id))
    for row in found:
        log_read(actor, row, part="uw vraag", purpose="om uw eigen vraag te zien", now=now)
    return [as_thread(row, now=now, history=True) for row in found]


def current_request(actor: Actor) -> Current:
    """The resident's own request that is open, else her newest. Shows nothing of it, so it logs nothing."""
    if actor.resident_id is None:
        raise gate.not_here()
    mine = gate.visible(actor, "steer", HelpRequest.objects.all(), resource="help_request")
    rows = list(
        mine.filter(resident_id=actor.resident_id)
        .order_by("-received_at")
        .values_list("pk", "region_id", "municipality_id", "phase")[:20]
    )
    if not rows:
        raise gate.not_here()
    return Current(*next((row for row in rows if row[3] in HelpRequest.OPEN), rows[0]))


def chosen_meanwhile(actor: Actor, help_request_id: UUID) -> list[Chosen]:
    """What the resident chose to start while she waits, newest first; for herself."""
    mine = gate.visible(actor, "steer", HelpRequest.objects.all(), resource="help_request")
    rows = MeanwhileChoice.objects.filter(help_request_id=help_request_id, help_request__in=mine)
    return [Chosen(row.service_id, row.service_name, row.chosen_at) for row in rows.order_by("-chosen_at")]


def _holder_works(today: date) -> Exists:
    """The holder still works where she held it; a role that ended holds nothing."""
    return Exists(
        Membership.objects.filter(
            account_id=OuterRef("holder_id"),
            organisation_id=OuterRef("holder_organisation_id"),
            period__contains=today,
        )
    )


def _guide_left(today: date) -> Exists:
    """Someone who would hold the conversation has no role any more."""
    at_work = Membership.objects.filter(
        account_id=OuterRef("account_id"), organisation_id=OuterRef("organisation_id"), period__contains=today
    )
    return Exists(
        Involvement.objects.filter(
            ~Exists(at_work), help_request=OuterRef("pk"), part=Involvement.Part.GUIDE, until__isnull=True
        )
    )


def alarms(actor: Actor, *, now: datetime) -> list[Alarm]:
    """Open requests without holder, next date or something for now; oldest first. Codes, no names."""
    gate.require_act(actor, "alarms.see")
    today = day_of(now)
    rows = gate.visible(actor, "follow", HelpRequest.objects.all(), resource="help_request")
    rows = rows.filter(phase__in=HelpRequest.OPEN).select_related("municipality").order_by("received_at")
    rows = rows.annotate(holder_works=_holder_works(today), guide_left=_guide_left(today))
    found = []
    for row in rows.defer("question", "wishes"):
        missing = rules.lacks(
            holder=row.holder_id is not None and row.holder_works,
            next_on=row.next_on,
            meanwhile=row.meanwhile,
            today=today,
            guide_left=row.guide_left,
        )
        if missing:
            found.append(Alarm(row.pk, row.code, row.municipality.name, missing, row.received_at))
    audit.record_reads(
        actor=actor,
        residents=[r.resident_id for r in rows if r.pk in {a.id for a in found}],
        event_type="help_request.list",
        object_kind="help_request",
        part="nummer en wat er ontbreekt",
        purpose="om te zorgen dat niemand blijft wachten",
        now=now,
    )
    return found
