"""What an organiser sees (counts and cards without a name), and what the holder of people sees of her own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.ground.small_cells import SMALLEST_CELL, hide_small
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.group_forming import forming, kinds
from noaber.knowledge.languages import language_name
from noaber.network.partners.models import Municipality, Organisation, Room
from noaber.offer.groups.forming import pool, rules, rules_split, services, words
from noaber.offer.groups.forming.policies import HOLDERS
from noaber.offer.groups.forming.rules import Formed
from noaber.offer.groups.forming.rules_split import LeaderOption
from noaber.offer.groups.forming.types import (
    Chance,
    LeaderChoice,
    PersonCard,
    PoolCell,
    ProposalLine,
    ProposalPage,
    QuestionLine,
    ShareLine,
    StepLine,
    WaitLine,
)
from noaber.offer.groups.models_forming import FormingQuestion, GroupProposal, WaitingFor

MOST_FALLEN = 12


def region_of(actor: Actor, *roles: Role) -> UUID:
    """The region in which this actor works; the first of a few."""
    found = sorted(actor.regions(*roles), key=str)
    if not found:
        raise gate.not_here()
    return found[0]


# --- the organiser ---------------------------------------------------------------------------------------


def chances(actor: Actor, *, now: datetime) -> tuple[Chance, ...]:
    """The groups that can start together from the lists of now, the best first, each with why."""
    gate.require_act(actor, "groups.form")
    region_id, today = region_of(actor, Role.GROUP_ORGANISER), day_of(now)
    rows = pool.free_rows(region_id, today)
    places = pool.venues(region_id)
    formed = pool.formed_groups(rows, [venue for venue, _place in places.values()], today)
    begins = today + timedelta(days=forming().start_after_days)
    leaders = pool.leader_choices(region_id, from_on=begins, until_on=begins + timedelta(days=84))
    by_id = {row.pk: row for row in rows}
    shown = [by_id[wait.id] for one in formed for wait in one.members]
    _log_cards(actor, shown, now)
    return tuple(_chance(one, places[one.slot.venue][1], by_id, leaders, today) for one in formed)


def chance(actor: Actor, key: str, *, now: datetime) -> Chance | None:
    """The group with this key, or nothing when it cannot be any more."""
    return next((one for one in chances(actor, now=now) if one.key == key), None)


def _chance(
    formed: Formed,
    place: Municipality,
    by_id: dict[UUID, WaitingFor],
    leaders: Sequence[LeaderChoice],
    today: date,
) -> Chance:
    slot, size = formed.slot, kinds()[formed.slot.kind]
    chosen = suggested(leaders, slot.day_part, formed.organisations)
    names = {row.organisation_id: row.organisation.name for row in by_id.values()}
    why = list(words.why(formed, place.name, size.most, today))
    if len(chosen) == 2:
        why.append(
            _("%(one)s (%(home)s) en %(other)s (%(away)s) zijn dan vrij om te begeleiden.")
            % {
                "one": chosen[0].name,
                "home": chosen[0].organisation,
                "other": chosen[1].name,
                "away": chosen[1].organisation,
            }
        )
    else:
        why.append(_("Er zijn nog geen twee begeleiders van twee organisaties vrij op dit dagdeel."))
    return Chance(
        key=pool.key_of(formed),
        seen=pool.seen_of(formed),
        kind=slot.kind,
        kind_label=size.label,
        theme=slot.theme,
        theme_label=words.theme(slot.theme),
        day_part=slot.day_part,
        when=words.part(slot.day_part),
        municipality_id=place.pk,
        place=place.name,
        people=len(formed.members),
        eligible=formed.eligible,
        organisations=tuple(names[org] for org in formed.organisations),
        longest_weeks=max((today - wait.since).days // 7 for wait in formed.members),
        language=slot.language,
        young=slot.young,
        why=tuple(why),
        cards=tuple(_card(by_id[wait.id], place, today) for wait in formed.members),
        leaders=tuple(f"{one.name}, {one.organisation}" for one in chosen),
        leader_ids=tuple(one.account_id for one in chosen),
    )


def suggested(
    leaders: Sequence[LeaderChoice], day_part: str, organisations: Sequence[UUID]
) -> tuple[LeaderChoice, ...]:
    """Two leaders of two organisations who are free."""
    options = [LeaderOption(one.account_id, one.organisation_id, one.leads, one.busy) for one in leaders]
    found = rules_split.choose_leaders(options, day_part, organisations)
    known = {(one.account_id, one.organisation_id): one for one in leaders}
    return tuple(known[one.account, one.organisation] for one in found)


def _card(
    row: WaitingFor, place: Municipality, today: date, question: FormingQuestion | None = None
) -> PersonCard:
    return PersonCard(
        pseudonym=services.pseudonym(row.pk),
        organisation=row.organisation.name,
        age=words.age(row.age_band),
        place=row.municipality.name,
        weeks=(today - row.since).days // 7,
        km=rules.km_between(row.latitude, row.longitude, place.latitude or 0.0, place.longitude or 0.0),
        answer=question.answer if question else "",
        answer_word=question.get_answer_display() if question else "",
        placed=question.placed if question else False,
    )


def _log_cards(actor: Actor, rows: Iterable[WaitingFor], now: datetime) -> None:
    """A card tells something of a person, also without her name; who has a page finds it in her log."""
    audit.record_reads(
        actor=actor,
        residents=[row.resident_id for row in rows if row.resident_id is not None],
        event_type="groups.card.read",
        object_kind="waiting_for_group",
        part=services.PART,
        purpose=services.PURPOSE,
        now=now,
    )


def pool_table(actor: Actor, *, now: datetime) -> tuple[PoolCell, ...]:
    """How many people wait for what. Small numbers are hidden, also by subtraction."""
    gate.require_act(actor, "groups.form")
    return cells(pool.waiting_rows(region_of(actor, Role.GROUP_ORGANISER)), day_of(now))


def cells(rows: Iterable[WaitingFor], today: date) -> tuple[PoolCell, ...]:
    """People by kind and theme, most first; a hidden number is None and stands last."""
    grouped: dict[tuple[str, str], list[WaitingFor]] = defaultdict(list)
    for row in rows:
        grouped[row.kind, row.theme].append(row)
    order = sorted(grouped, key=lambda key: (-len(grouped[key]), key))
    safe = hide_small({key: len(grouped[key]) for key in order}, order)
    return tuple(
        PoolCell(
            kind=words.kind(key[0]),
            theme=words.theme(key[1]),
            people=safe.shown.get(key),
            longest_weeks=max((today - row.since).days // 7 for row in grouped[key])
            if key in safe.shown
            else None,
        )
        for key in sorted(order, key=lambda key: key not in safe.shown)
    )


def proposals(actor: Actor) -> tuple[ProposalLine, ...]:
    """Running proposals first, then the newest that started or did not."""
    rows = gate.visible(actor, "see", GroupProposal.objects.all(), resource="group_proposal")
    found = list(rows.select_related("municipality").order_by("-made_at")[: 5 * MOST_FALLEN])
    found.sort(key=lambda row: row.state != GroupProposal.State.ASKED)
    answers = pool.answers_of(found)
    return tuple(_line(row, answers[row.pk]) for row in found)


def _line(row: GroupProposal, answers: dict[str, int]) -> ProposalLine:
    return ProposalLine(
        id=row.pk,
        title=row.title,
        place=f"{row.venue}, {row.municipality.name}",
        when=words.part(row.day_part),
        starts_on=row.starts_on,
        state=row.state,
        state_word=row.get_state_display(),
        least=row.min_places,
        deadline=row.deadline,
        group_id=row.group_id,
        **answers,
    )


def proposal(actor: Actor, proposal_id: UUID, *, now: datetime) -> ProposalPage:
    """One proposal with its cards, answers, costs and log."""
    rows = GroupProposal.objects.select_related("municipality", "carried_by")
    row = gate.get(actor, "see", rows, resource="group_proposal", pk=proposal_id)
    today = day_of(now)
    with gate.as_system(pool.READING):
        questions = list(
            row.questions.select_related("waiting__organisation", "waiting__municipality").order_by(
                "waiting__since", "waiting_id"
            )
        )
    _log_cards(actor, (question.waiting for question in questions), now)
    leaders = list(row.leaders.select_related("account", "organisation").order_by("account__name"))
    shares = _shares(row, questions, [leader.organisation_id for leader in leaders])
    return ProposalPage(
        line=_line(row, pool.answers_of([row])[row.pk]),
        kind_label=words.kind(row.kind),
        theme_label=words.theme(row.theme),
        minutes=row.minutes,
        sessions=row.sessions,
        from_time=row.from_time,
        leaders=tuple((one.account.name, one.organisation.name) for one in leaders),
        cards=tuple(_card(question.waiting, row.municipality, today, question) for question in questions),
        why=tuple(row.why),
        shares=shares,
        total_cents=sum(share.carries_cents for share in shares),
        cost_by=row.cost_by,
        carried_by=row.carried_by.name,
        steps=tuple(StepLine(one.at, one.by_name, one.words) for one in row.steps.order_by("at", "pk")),
    )


def _shares(
    row: GroupProposal, questions: Sequence[FormingQuestion], homes: Sequence[UUID]
) -> tuple[ShareLine, ...]:
    """Over who takes part once it started, else over everybody asked who did not say no."""
    started = row.state == GroupProposal.State.STARTED
    people: dict[UUID, int] = defaultdict(int)
    for question in questions:
        if question.placed if started else question.answer != FormingQuestion.Answer.NO:
            people[question.organisation_id] += 1
    hours: dict[UUID, float] = defaultdict(float)
    for home in homes:
        hours[home] += float(row.leader_hours) * row.sessions
    if not people:
        return ()
    found = rules_split.shares(
        participants=people,
        leader_hours=hours,
        cents_per_hour=row.cents_per_hour,
        other_cents=row.other_cents,
        by=row.cost_by,
    )
    names = dict(
        Organisation.objects.filter(pk__in=[one.organisation for one in found]).values_list("pk", "name")
    )
    lines = (
        ShareLine(
            names[one.organisation],
            one.participants,
            one.carries_cents,
            one.brings_cents,
            one.balance_cents,
        )
        for one in found
    )
    return tuple(sorted(lines, key=lambda line: line.organisation))


def rooms_in(municipality_id: UUID) -> tuple[tuple[str, str], ...]:
    """Rooms of neutral places in a municipality: id, and name with place."""
    rows = Room.objects.filter(location__municipality_id=municipality_id).select_related("location")
    return tuple(
        (str(row.pk), f"{row.location.name}, {row.name}") for row in rows.order_by("location__name", "name")
    )


# --- the holder ------------------------------------------------------------------------------------------


def own_list(actor: Actor, *, now: datetime) -> tuple[WaitLine, ...]:
    """Everybody whom the actor's organisations put on the pool and who still waits, the longest first."""
    gate.require_act(actor, "groups.hold")
    today = day_of(now)
    rows = gate.visible(
        actor,
        "see",
        WaitingFor.objects.filter(state=WaitingFor.State.WAITING),
        resource="waiting_for_group",
    )
    found = list(rows.select_related("organisation", "municipality").order_by("since", "pk"))
    asked = set(
        FormingQuestion.objects.filter(
            waiting__in=found, proposal__state=GroupProposal.State.ASKED
        ).values_list("waiting_id", flat=True)
    )
    _log_cards(actor, found, now)
    oldest = today - timedelta(days=forming().consent_days)
    return tuple(
        WaitLine(
            id=row.pk,
            reference=row.reference,
            organisation=row.organisation.name,
            kind=words.kind(row.kind),
            theme=words.theme(row.theme),
            where=f"{row.postcode} {row.municipality.name}".strip(),
            when=words.parts(row.day_parts),
            language=language_name(row.language),
            age=words.age(row.age_band),
            since=row.since,
            consented_on=row.consented_on,
            consent_over=row.consented_on < oldest,
            state=row.state,
            state_word=row.get_state_display(),
            asked=row.pk in asked,
        )
        for row in found
    )


def own_wait(actor: Actor, waiting_id: UUID, *, now: datetime) -> WaitLine:
    """One row of the actor's own organisation."""
    row = gate.get(
        actor,
        "change",
        WaitingFor.objects.select_related("organisation", "municipality"),
        resource="waiting_for_group",
        pk=waiting_id,
    )
    found = next((line for line in own_list(actor, now=now) if line.id == row.pk), None)
    if found is None:
        raise gate.not_here()
    return found


def own_questions(actor: Actor, *, now: datetime) -> tuple[QuestionLine, ...]:
    """What the actor's organisations are asked now, by the day before which an answer is due."""
    gate.require_act(actor, "groups.hold")
    rows = gate.visible(
        actor,
        "see",
        FormingQuestion.objects.filter(
            proposal__state=GroupProposal.State.ASKED, waiting__state=WaitingFor.State.WAITING
        ),
        resource="forming_question",
    )
    found = list(
        rows.select_related("waiting", "organisation", "proposal__municipality")
        .prefetch_related("proposal__leaders__account", "proposal__leaders__organisation")
        .order_by("proposal__deadline", "proposal_id", "waiting__since", "pk")
    )
    today = day_of(now)
    return tuple(
        QuestionLine(
            id=row.pk,
            reference=row.waiting.reference,
            organisation=row.organisation.name,
            title=row.proposal.title,
            when=words.part(row.proposal.day_part),
            starts_on=row.proposal.starts_on,
            sessions=row.proposal.sessions,
            place=f"{row.proposal.venue}, {row.proposal.municipality.name}",
            leaders=tuple(
                f"{one.account.name}, {one.organisation.name}" for one in row.proposal.leaders.all()
            ),
            deadline=row.proposal.deadline,
            answer=row.answer,
            answer_word=row.get_answer_display(),
            open=row.proposal.deadline >= today,
            state=row.proposal.state,
        )
        for row in found
    )


def own_organisations(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The organisations for which the actor may put people on the pool."""
    rows = Organisation.objects.filter(pk__in=actor.organisations(*HOLDERS)).order_by("name")
    return tuple((str(row.pk), row.name) for row in rows)


def towns_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The municipalities of the regions in which the actor holds people."""
    rows = Municipality.objects.filter(region_id__in=actor.regions(*HOLDERS)).order_by("name")
    return tuple((str(row.pk), row.name) for row in rows)


def hidden_words() -> str:
    """Why a number is not shown."""
    return _("minder dan %(number)s of samengenomen") % {"number": SMALLEST_CELL}
