"""Starting a group when enough people say yes, and letting a proposal go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.offer.groups import seats, services_groups
from noaber.offer.groups.forming import errors, pool, rules, rules_split, services
from noaber.offer.groups.forming.services_proposals import last_day, note, step
from noaber.offer.groups.models import Enrolment, Group
from noaber.offer.groups.models_forming import FormingQuestion, GroupProposal, WaitingFor
from noaber.offer.groups.types import NewGroup, NewLeader

STARTING = "een groep starten uit meer lijsten"
NEEDS_REFERRAL = frozenset({"treatment", "voorzorg"})
AGES: dict[bool, tuple[int | None, int | None]] = {True: (16, 25), False: (26, None)}
DOMAINS = {"treatment": "ggz", "voorzorg": "ggz", "training": "ggz", "self_help": "lived_experience"}


@transaction.atomic
def start(*, actor: Actor, proposal_id: UUID, now: datetime) -> UUID:
    """Start the group with everyone who said yes and still waits; its id. Twice or two at once is one group.

    Everything happens or nothing: the group, its leaders, sessions, places and shares of the costs, and the
    people leave the pool. Somebody who got a place elsewhere a moment ago is not placed again.
    """
    with gate.as_system(STARTING):
        rows = GroupProposal.objects.select_for_update(of=("self",)).select_related("municipality")
        row = gate.get(actor, "decide", rows, resource="group_proposal", pk=proposal_id)
        if row.state == GroupProposal.State.STARTED and row.group_id is not None:
            return row.group_id
        if row.state != GroupProposal.State.ASKED:
            raise errors.already_fallen()
        if row.starts_on <= day_of(now):
            raise errors.wrong(
                "starts_on", _("De eerste keer is al geweest."), happened=_("De groep is niet gestart.")
            )
        questions = _ready(row)
        if not rules.enough(len(questions), row.min_places):
            raise errors.too_few()
        group = _make_group(row, actor, questions, now)
        row.state, row.decided_at, row.group = GroupProposal.State.STARTED, now, group
        row.save(update_fields=["state", "decided_at", "group"])
        step(
            row,
            actor.name,
            _("Gestart met %(people)s mensen van %(organisations)s organisaties.")
            % {"people": len(questions), "organisations": len({q.organisation_id for q in questions})},
            now,
        )
        for question in questions:
            services.note(actor, audit.Action.UPDATE, "groups.proposal.placed", question.waiting, now)
    note(actor, audit.Action.UPDATE, "groups.proposal.started", row, now)
    return group.pk


def _ready(row: GroupProposal) -> list[FormingQuestion]:
    """The questions of who said yes and still waits, locked; at most as many as there are places."""
    questions = {
        q.waiting_id: q
        for q in FormingQuestion.objects.select_for_update(of=("self",)).filter(
            proposal=row, answer=FormingQuestion.Answer.YES, placed=False
        )
    }
    waiting = list(
        WaitingFor.objects.select_for_update(of=("self",))
        .filter(pk__in=questions, state=WaitingFor.State.WAITING)
        .order_by("pk")
    )
    by_id = {one.pk: one for one in waiting}
    chosen = rules.seats([pool.as_wait(one) for one in _once_each(waiting)], row.max_places)
    found = [questions[wait.id] for wait in chosen]
    for question in found:
        question.waiting = by_id[question.waiting_id]
    return found


def _once_each(waiting: Sequence[WaitingFor]) -> list[WaitingFor]:
    """Who stands on the lists of two organisations has one place, with the longest wait; counted once."""
    first: dict[UUID, WaitingFor] = {}
    for one in sorted(waiting, key=lambda one: (one.since, str(one.pk))):
        first.setdefault(one.resident_id or one.pk, one)
    return list(first.values())


def _make_group(
    row: GroupProposal, actor: Actor, questions: Sequence[FormingQuestion], now: datetime
) -> Group:
    group_id = services_groups.keep_group(
        region_id=row.region_id, new=_new_group(row), by_name=actor.name, once_key=f"formed:{row.pk}", now=now
    )
    leaders = list(row.leaders.all())
    for one in leaders:
        services_groups.add_leader(
            group_id=group_id,
            new=NewLeader(
                account_id=one.account_id,
                organisation_id=one.organisation_id,
                from_on=day_of(now),
                hours_per_week=row.leader_hours,
            ),
            now=now,
        )
    services_groups.plan_sessions(group_id=group_id, now=now)
    counts = Counter(question.organisation_id for question in questions)
    services_groups.share_costs(group_id=group_id, shares=percentages(counts, row.cost_by), now=now)
    group = seats.lock(group_id)
    for question in questions:
        _place(group, question, now)
    return group


def _new_group(row: GroupProposal) -> NewGroup:
    begins = clock.at(row.starts_on, row.from_time.hour, row.from_time.minute)
    ends = (begins + timedelta(minutes=row.minutes)).astimezone(clock.AMSTERDAM).time()
    least, most = AGES[row.young]
    return NewGroup(
        title=row.title,
        kind=row.kind,
        domain=DOMAINS.get(row.kind, "social_work"),
        organisation_id=row.carried_by_id,
        starts_on=row.starts_on,
        municipality_id=row.municipality_id,
        ends_on=last_day(row.starts_on, row.sessions),
        terms=(row.theme,),
        min_places=row.min_places,
        max_places=row.max_places,
        weekday=row.starts_on.isoweekday(),
        from_time=row.from_time,
        until_time=ends,
        venue=row.venue,
        city=row.municipality.name,
        room_id=row.room_id,
        latitude=row.municipality.latitude,
        longitude=row.municipality.longitude,
        phone=row.carried_by.phone,
        language=row.language,
        min_age=least,
        max_age=most,
        needs_referral=row.kind in NEEDS_REFERRAL,
        join_while_running=False,
        state=Group.State.OPEN,
    )


def _place(group: Group, question: FormingQuestion, now: datetime) -> None:
    """She has a place and leaves the pool. Her organisation's mark goes along, sealed, for the leaders."""
    waiting = question.waiting
    seat = seats.free_seat(group)
    if seat is None:
        raise errors.too_few()
    seats.seat_her(
        group,
        Enrolment(
            group=group,
            resident_id=waiting.resident_id,
            name="" if waiting.resident_id else waiting.reference,
            way=Enrolment.Way.FORMED,
            placed_by_id=waiting.organisation_id,
            waits_since=clock.at(waiting.since, 0),
            agreed_at=question.answered_at,
            once_key=f"formed:{question.pk}",
        ),
        seat,
        now=now,
    )
    question.placed = True
    question.save(update_fields=["placed"])
    services.leave_pool([waiting], WaitingFor.State.PLACED, because=str(group), now=now)


def percentages(people: Counter[UUID], cost_by: str) -> dict[UUID, Decimal]:
    """The shares in hundredths of a percent; together exactly a hundred."""
    weights = {str(org): (n if cost_by == "participants" else 1) for org, n in people.items()}
    return {UUID(key): Decimal(part) / 100 for key, part in rules_split.split(10_000, weights).items()}


@transaction.atomic
def let_go(*, actor: Actor, proposal_id: UUID, because: str, now: datetime) -> None:
    """The proposal does not go through. Everybody keeps her place and her date. Twice is once."""
    rows = GroupProposal.objects.select_for_update(of=("self",))
    row = gate.get(actor, "decide", rows, resource="group_proposal", pk=proposal_id)
    if row.state == GroupProposal.State.STARTED:
        raise errors.already_started()
    if row.state == GroupProposal.State.ASKED:
        _fall(row, actor.name, because.strip() or _("Niet doorgegaan."), now)
        note(actor, audit.Action.UPDATE, "groups.proposal.let_go", row, now)


def fall_after_deadline(*, now: datetime) -> int:
    """Let go of proposals whose last day passed without enough yes; how many. Run each night."""
    late = GroupProposal.objects.filter(state=GroupProposal.State.ASKED, deadline__lt=day_of(now))
    fallen = 0
    for pk in late.values_list("pk", flat=True):
        with transaction.atomic(), gate.as_system("voorstellen zonder genoeg ja laten vallen"):
            row = GroupProposal.objects.select_for_update().get(pk=pk)
            yes = pool.answers_of([row])[row.pk]["yes"]
            begun = row.starts_on <= day_of(now)
            if row.state == GroupProposal.State.ASKED and (begun or not rules.enough(yes, row.min_places)):
                _fall(
                    row,
                    "Noaber",
                    _("De laatste dag is voorbij. %(yes)s mensen zeiden ja; er zijn er %(least)s nodig.")
                    % {"yes": yes, "least": row.min_places},
                    now,
                )
                fallen += 1
    return fallen


def _fall(row: GroupProposal, by_name: str, because: str, now: datetime) -> None:
    row.state, row.decided_at = GroupProposal.State.FALLEN, now
    row.save(update_fields=["state", "decided_at"])
    step(row, by_name, because, now)
    kept = _("Iedereen houdt de eigen plek en de eigen datum op de wachtlijst.")
    step(row, by_name, kept, now + timedelta(milliseconds=1))  # reads after the reason
