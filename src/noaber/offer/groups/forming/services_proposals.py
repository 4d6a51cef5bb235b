"""Proposing a group to those who hold people, and answering for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.hallway.post import services as post
from noaber.knowledge.calendar import dutch_holidays
from noaber.knowledge.group_forming import forming, kinds
from noaber.network.partners.models import Membership, Municipality, Region, Room
from noaber.offer.groups.forming import errors, pool, rules, services, words
from noaber.offer.groups.forming.rules import Formed
from noaber.offer.groups.forming.types import LeaderChoice, NewProposal
from noaber.offer.groups.models_forming import (
    FormingQuestion,
    GroupProposal,
    ProposalLeader,
    ProposalStep,
    WaitingFor,
)

PURPOSE = services.PURPOSE


# --- proposing ---------------------------------------------------------------------------------------------


@transaction.atomic
def propose(*, actor: Actor, region_id: UUID, new: NewProposal, now: datetime) -> UUID:
    """Ask each holding organisation to ask its people. The same `once_key` twice is one proposal.

    Raises:
        Conflict: this group cannot be any more. Invalid: other people are in it, or a field cannot be right.
    """
    gate.require_act(actor, "groups.form")
    if region_id not in actor.regions(Role.GROUP_ORGANISER):
        raise gate.not_here()
    Region.objects.select_for_update().get(pk=region_id)  # one after the other: nobody is asked twice at once
    found = GroupProposal.objects.filter(once_key=new.once_key, region_id=region_id).first()
    if found is not None:
        return found.pk
    today = day_of(now)
    formed = find_chance(region_id, new.key, today)
    if pool.seen_of(formed) != new.seen:
        raise errors.people_changed()
    _check(new, formed, today)
    leaders = _leaders(region_id, new, formed)
    place = Municipality.objects.get(region_id=region_id, slug=formed.slot.venue)
    if (
        new.room_id is not None
        and not Room.objects.filter(pk=new.room_id, location__municipality=place).exists()
    ):
        raise errors.wrong("room", _("Kies een ruimte in deze gemeente."))
    size = kinds()[formed.slot.kind]
    row = GroupProposal.objects.create(
        region_id=region_id,
        kind=formed.slot.kind,
        theme=formed.slot.theme,
        title=new.title.strip(),
        language=formed.slot.language,
        young=formed.slot.young,
        municipality=place,
        venue=new.venue.strip(),
        room_id=new.room_id,
        day_part=formed.slot.day_part,
        starts_on=new.starts_on,
        from_time=new.from_time,
        minutes=new.minutes,
        sessions=new.sessions,
        min_places=size.least,
        max_places=size.most,
        deadline=new.deadline,
        carried_by_id=new.carried_by_id,
        cost_by=new.cost_by,
        cents_per_hour=new.cents_per_hour,
        leader_hours=new.leader_hours,
        other_cents=new.other_cents,
        why=list(words.why(formed, place.name, size.most, today)),
        made_by_id=actor.account_id,
        made_by_name=actor.name,
        made_at=now,
        once_key=new.once_key,
    )
    ProposalLeader.objects.bulk_create(
        ProposalLeader(proposal=row, account_id=one.account_id, organisation_id=one.organisation_id)
        for one in leaders
    )
    with gate.as_system(pool.READING):
        FormingQuestion.objects.bulk_create(
            FormingQuestion(proposal=row, waiting_id=wait.id, organisation_id=wait.organisation)
            for wait in formed.members
        )
    step(
        row,
        actor.name,
        _("Voorgesteld aan %(people)s mensen van %(organisations)s organisaties.")
        % {"people": len(formed.members), "organisations": len(formed.organisations)},
        now,
    )
    note(actor, audit.Action.CREATE, "groups.proposal.made", row, now)
    _tell_holders(row, formed.organisations, now)
    return row.pk


def made_with(actor: Actor, once_key: str) -> UUID | None:
    """The proposal that this form made before: somebody pressed twice."""
    mine = gate.visible(actor, "see", GroupProposal.objects.all(), resource="group_proposal")
    return mine.filter(once_key=once_key).values_list("pk", flat=True).first()


def find_chance(region_id: UUID, key: str, today: date) -> Formed:
    """The group with this key in the lists of now."""
    rows = pool.free_rows(region_id, today)
    places = [venue for venue, _place in pool.venues(region_id).values()]
    for formed in pool.formed_groups(rows, places, today):
        if pool.key_of(formed) == key:
            return formed
    raise errors.chance_is_gone()


def _check(new: NewProposal, formed: Formed, today: date) -> None:
    if not new.title.strip():
        raise errors.wrong("title", _("Geef de groep een naam."))
    if not new.venue.strip():
        raise errors.wrong("venue", _("Zeg waar de groep bij elkaar komt."))
    if new.deadline <= today:
        raise errors.wrong("deadline", _("Kies een dag na vandaag."))
    if new.starts_on <= new.deadline:
        raise errors.wrong("starts_on", _("De eerste keer ligt na de laatste dag om te antwoorden."))
    day, part = formed.slot.day_part.split("_")
    if new.starts_on.weekday() != rules.DAYS.index(day):
        raise errors.wrong("starts_on", _("Kies een %(day)s.") % {"day": words.day(day)})
    if pool.part_of(clock.at(new.starts_on, new.from_time.hour, new.from_time.minute)) != f"{day}_{part}":
        raise errors.wrong("from_time", _("Deze tijd valt niet in het dagdeel dat iedereen past."))
    if _minutes(new.from_time) + new.minutes >= 24 * 60:
        raise errors.wrong("minutes", _("Dit loopt door na middernacht."))
    if new.cost_by not in {"participants", "equal"}:
        raise errors.wrong("cost_by", _("Kies hoe de kosten worden verdeeld."))


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _leaders(region_id: UUID, new: NewProposal, formed: Formed) -> list[LeaderChoice]:
    """Two leaders of two organisations, free on every day of the series."""
    until = last_day(new.starts_on, new.sessions)
    choices = pool.leader_choices(region_id, from_on=new.starts_on, until_on=until)
    chosen = [one for one in choices if one.account_id in new.leader_ids]
    if len({one.organisation_id for one in chosen}) < 2 or len({one.account_id for one in chosen}) < 2:
        raise errors.wrong("leaders", _("Kies twee begeleiders van twee organisaties."))
    if any(formed.slot.day_part in one.busy for one in chosen):
        raise errors.wrong("leaders", _("Een van hen begeleidt op dit dagdeel al een andere groep."))
    known = {wait.organisation for wait in formed.members} | {one.organisation_id for one in chosen}
    if new.carried_by_id not in known:
        raise errors.wrong("carried_by", _("Kies een organisatie die mensen of een begeleider inbrengt."))
    first: dict[UUID, LeaderChoice] = {}
    for one in chosen:
        first.setdefault(one.account_id, one)
    return list(first.values())


def last_day(starts_on: date, sessions: int) -> date:
    """The day of the last session: every week, holidays left out."""
    day, left = starts_on, sessions
    while True:
        if day not in dutch_holidays(day.year):
            left -= 1
        if left <= 0:
            return day
        day += timedelta(days=7)


def _tell_holders(row: GroupProposal, organisations: Sequence[UUID], now: datetime) -> None:
    """A neutral message to who keeps the list of each organisation."""
    keepers = Membership.objects.filter(
        organisation_id__in=organisations, role=str(Role.ORGANISATION_ADMIN), period__contains=day_of(now)
    ).select_related("account")
    for keeper in keepers:
        post.queue(
            key=f"groups.forming:{row.pk}:{keeper.account_id}",
            address=keeper.account.email or "",
            subject=_("Er staat een vraag voor u klaar"),
            body=_(
                "Er staat een vraag voor uw organisatie klaar. Meld u aan en kijk bij Wacht op een groep."
            ),
            now=now,
            account_id=keeper.account_id,
        )


# --- answering ---------------------------------------------------------------------------------------------


@transaction.atomic
def answer(*, actor: Actor, question_id: UUID, said: str, now: datetime) -> None:
    """Write down what a person said. Changing it is possible until the decision. Twice the same is once."""
    found = gate.get(
        actor, "change", FormingQuestion.objects.all(), resource="forming_question", pk=question_id
    )
    if said not in {"yes", "no", "later"}:
        raise errors.wrong("answer", _("Kies ja, nee of later."))
    proposal = GroupProposal.objects.select_for_update().get(pk=found.proposal_id)
    rows = FormingQuestion.objects.select_for_update(of=("self",)).select_related("waiting")
    row = rows.get(pk=found.pk)
    running = proposal.state == GroupProposal.State.ASKED and proposal.deadline >= day_of(now)
    if not running or row.waiting.state != WaitingFor.State.WAITING:
        raise errors.too_late()
    if row.answer == said:
        return
    row.answer, row.answered_at, row.answered_by_name = said, now, actor.name
    row.save(update_fields=["answer", "answered_at", "answered_by_name"])
    services.note(actor, audit.Action.UPDATE, "groups.proposal.answered", row.waiting, now)


def step(row: GroupProposal, by_name: str, said: str, now: datetime) -> None:
    """One line of what happened with a proposal."""
    ProposalStep.objects.create(proposal=row, at=now, by_name=by_name[:160], words=said[:300])


def note(actor: Actor, action: str, event_type: str, row: GroupProposal, now: datetime) -> None:
    """One line in the log; about nobody who could be found by it."""
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=None,
        object_kind="group_proposal",
        object_id=row.pk,
        part=services.PART,
        purpose=PURPOSE,
        now=now,
    )


def answer_until(today: date) -> date:
    """The day until which people have to answer when nobody chooses another."""
    return today + timedelta(days=forming().answer_days)
