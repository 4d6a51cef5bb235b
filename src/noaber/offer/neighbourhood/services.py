"""Acts in an area: making it, its team, free hours, signals, follow-ups and acute agreements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from noaber.ground.traces import Trace
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.neighbourhood import first_names
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Membership, Organisation
from noaber.offer.neighbourhood import errors, rules
from noaber.offer.neighbourhood.models import (
    AcuteAgreement,
    Area,
    FollowUp,
    Inventory,
    Signal,
    SignalStep,
    TeamMember,
    UsedHours,
)
from noaber.offer.neighbourhood.types import AcuteLine, NewFollowUp, NewSignal

PURPOSE = "om een wijk gastvrij te maken"


# --- what every text is held against -----------------------------------------------------------------


def known_words(region_id: UUID) -> tuple[str, ...]:
    """Names of places and organisations of the region: words with a capital that are no person."""
    places = [place.name for place in partners.municipalities_of(region_id)]
    homes = Organisation.objects.filter(region_id=region_id).values_list("name", flat=True)
    areas = Area.objects.filter(region_id=region_id).exclude(name="").values_list("name", flat=True)
    return (*places, *homes, *areas)


def check_texts(region_id: UUID, texts: dict[str, str], *, no_person: bool, also: Iterable[str] = ()) -> None:
    """Refuse texts that name somebody. `no_person`: the writer looked, and a likely name is no person."""
    known = (*known_words(region_id), *also)
    found: dict[str, tuple[Trace, ...]] = {}
    for name, text in texts.items():
        if len(text) > rules.LONGEST_TEXT:
            raise errors.too_long(name, rules.LONGEST_TEXT)
        here = rules.findings(text, known)
        here = tuple(f for f in here if rules.is_hard(f)) if no_person else here
        if here:
            found[name] = here
    if found:
        raise errors.text_names_someone(found)


def area_for(actor: Actor, area_id: UUID, action: str) -> Area:
    """The area, only for whoever may do this there."""
    rows = Area.objects.select_related("municipality", "region")
    return gate.get(actor, action, rows, resource="area", pk=area_id)


def note(
    actor: Actor, action: str, event_type: str, object_kind: str, object_id: UUID, now: datetime
) -> None:
    """One line in the log; about nobody who could be found by it."""
    audit.record(
        actor=actor,
        action=action,
        event_type=event_type,
        resident_id=None,
        object_kind=object_kind,
        object_id=object_id,
        part="een wijk",
        purpose=PURPOSE,
        now=now,
    )


# --- the area and its team ------------------------------------------------------------------------------


@transaction.atomic
def make_area(
    *, actor: Actor, region_id: UUID, municipality_id: UUID, name: str, pilot: bool, now: datetime
) -> UUID:
    """Begin in a municipality, or in a named neighbourhood inside one."""
    gate.require_act(actor, "neighbourhood.steer")
    if region_id not in actor.regions(Role.PROGRAMME_MANAGER):
        raise gate.not_here()
    place = partners.municipality_in(region_id, municipality_id)
    if Area.objects.filter(municipality=place, name__iexact=name.strip()).exists():
        raise errors.area_is_there()
    row = Area.objects.create(
        region_id=region_id, municipality=place, name=name.strip(), pilot=pilot, began_on=day_of(now)
    )
    note(actor, audit.Action.CREATE, "neighbourhood.area.made", "area", row.pk, now)
    return row.pk


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    area_id: UUID,
    membership_id: UUID,
    part: str,
    hours_per_week: Decimal,
    from_on: date,
    until_on: date | None,
    now: datetime,
) -> UUID:
    """Give a kwartiermaker of the region a place in the team. The same place twice is a conflict."""
    area = area_for(actor, area_id, "manage")
    chosen = Membership.objects.select_related("organisation").filter(
        pk=membership_id, role=str(Role.KWARTIERMAKER), organisation__region_id=area.region_id
    )
    member = chosen.filter(period__contains=max(from_on, day_of(now))).first()
    if member is None:
        raise gate.not_here()
    if until_on is not None and until_on <= from_on:
        raise errors.wrong_day("until_on", "Het einde ligt niet na het begin.")
    try:
        with transaction.atomic():
            row = TeamMember.objects.create(
                area=area,
                account_id=member.account_id,
                organisation_id=member.organisation_id,
                part=part,
                period=DateRange(from_on, until_on),
                hours_per_week=hours_per_week,
                added_at=now,
            )
    except IntegrityError:
        raise errors.already_in_team() from None
    note(actor, audit.Action.CREATE, "neighbourhood.team.joined", "team_member", row.pk, now)
    return row.pk


@transaction.atomic
def end_member(*, actor: Actor, member_id: UUID, now: datetime) -> UUID:
    """From today someone is no longer in the team. Twice is once. Returns the area."""
    rows = TeamMember.objects.select_for_update(of=("self",))
    row = gate.get(actor, "end", rows, resource="team_member", pk=member_id)
    today = day_of(now)
    if row.period.upper is None or row.period.upper > today:
        if row.period.lower >= today:
            row.delete()
        else:
            row.period = DateRange(row.period.lower, today)
            row.save(update_fields=["period"])
        note(actor, audit.Action.UPDATE, "neighbourhood.team.left", "team_member", member_id, now)
    return row.area_id


@transaction.atomic
def use_hours(
    *, actor: Actor, area_id: UUID, day: date, hours: Decimal, on_what: str, once_key: str, now: datetime
) -> None:
    """Note free hours of one's own. The same `once_key` twice is once."""
    area = area_for(actor, area_id, "work")
    today = day_of(now)
    if day > today:
        raise errors.wrong_day("day", "Deze dag moet nog komen.")
    check_texts(area.region_id, {"on_what": on_what}, no_person=False)
    seat = TeamMember.objects.filter(area=area, account_id=actor.signed_in_id, period__contains=day).first()
    if seat is None:
        raise errors.wrong_day("day", "Op deze dag zat u niet in het team.")
    UsedHours.objects.get_or_create(
        once_key=once_key,
        defaults={
            "member": seat,
            "week_of": rules.week_of(day),
            "hours": hours,
            "on_what": on_what.strip(),
            "recorded_at": now,
        },
    )


# --- signals and what follows ---------------------------------------------------------------------------


@transaction.atomic
def add_signal(*, actor: Actor, area_id: UUID, new: NewSignal, now: datetime) -> UUID:
    """Keep what was heard, once it names nobody. The same `once_key` twice is one signal."""
    area = area_for(actor, area_id, "work")
    if new.heard_on > day_of(now):
        raise errors.wrong_day("heard_on", "Deze dag moet nog komen.")
    check_texts(area.region_id, {"words": new.words}, no_person=new.no_person)
    row, fresh = Signal.objects.get_or_create(
        once_key=new.once_key,
        area=area,
        defaults={
            "words": new.words.strip(),
            "heard_on": new.heard_on,
            "by_id": actor.account_id,
            "by_name": actor.name,
            "recorded_at": now,
        },
    )
    if fresh:
        note(actor, audit.Action.CREATE, "neighbourhood.signal.heard", "signal", row.pk, now)
    return row.pk


@transaction.atomic
def move_signal(
    *, actor: Actor, signal_id: UUID, state: str, words: str, no_person: bool, now: datetime
) -> None:
    """Say what is done with a signal. Saying the same again changes nothing."""
    rows = Signal.objects.select_for_update(of=("self",)).select_related("area")
    row = gate.get(actor, "work", rows, resource="signal", pk=signal_id)
    check_texts(row.area.region_id, {"done": words}, no_person=no_person)
    last = row.steps.order_by("-at", "-pk").first()
    if last is not None and (last.state, last.words) == (state, words.strip()):
        return
    if last is None and state == row.state and not words.strip():
        return
    row.state = state
    row.save(update_fields=["state"])
    SignalStep.objects.create(signal=row, at=now, by_name=actor.name, state=state, words=words.strip())
    note(actor, audit.Action.UPDATE, "neighbourhood.signal.moved", "signal", row.pk, now)


@transaction.atomic
def add_follow_up(
    *,
    actor: Actor,
    new: NewFollowUp,
    inventory_id: UUID | None = None,
    signal_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Agree who does what before when, after an inventory or a signal. Gives the area."""
    if inventory_id is not None:
        inventories = Inventory.objects.select_related("area")
        area = gate.get(actor, "work", inventories, resource="inventory", pk=inventory_id).area
    elif signal_id is not None:
        signals = Signal.objects.select_related("area")
        area = gate.get(actor, "work", signals, resource="signal", pk=signal_id).area
    else:
        raise gate.not_here()
    keep_follow_up(area, new, inventory_id=inventory_id, signal_id=signal_id, now=now)
    return area.pk


def keep_follow_up(
    area: Area, new: NewFollowUp, *, inventory_id: UUID | None, signal_id: UUID | None, now: datetime
) -> None:
    """Write it down, for whoever was let through before."""
    if new.due_on < day_of(now):
        raise errors.wrong_day("due_on", "Kies een dag die nog komt.")
    check_texts(area.region_id, {"action": new.words}, no_person=new.no_person)
    FollowUp.objects.get_or_create(
        once_key=new.once_key,
        defaults={
            "area": area,
            "inventory_id": inventory_id,
            "signal_id": signal_id,
            "words": new.words.strip(),
            "owner": new.owner.strip(),
            "due_on": new.due_on,
            "made_at": now,
        },
    )


@transaction.atomic
def finish_follow_up(*, actor: Actor, follow_up_id: UUID, now: datetime) -> FollowUp:
    """It was done. Twice is once."""
    rows = FollowUp.objects.select_for_update(of=("self",))
    row = gate.get(actor, "work", rows, resource="follow_up", pk=follow_up_id)
    if row.done_on is None:
        row.done_on = day_of(now)
        row.save(update_fields=["done_on"])
    return row


# --- agreements for acute situations -----------------------------------------------------------------


@transaction.atomic
def agree_acute(
    *,
    actor: Actor,
    area_id: UUID,
    lines: Sequence[AcuteLine],
    valid_from: date,
    seen_version: int,
    now: datetime,
) -> int:
    """Make a new version of whom to ring when. `seen_version` is the newest that the writer saw."""
    area = area_for(actor, area_id, "work")
    kept = [line for line in lines if line.when.strip() and line.whom.strip()]
    if not kept:
        raise errors.no_lines()
    if valid_from < day_of(now):
        raise errors.wrong_day("valid_from", "Nieuwe afspraken gelden vanaf vandaag of later.")
    _no_persons(area, kept)
    Area.objects.select_for_update().get(pk=area.pk)
    newest = area.acute_agreements.aggregate(newest=Max("version"))["newest"] or 0
    if newest != seen_version:
        raise errors.version_taken(valid_from)
    row = AcuteAgreement.objects.create(
        area=area,
        version=newest + 1,
        valid_from=valid_from,
        lines=[
            {"when": x.when.strip(), "whom": x.whom.strip(), "phone": x.phone.strip(), "note": x.note.strip()}
            for x in kept
        ],
        made_by_id=actor.account_id,
        made_by_name=actor.name,
        made_at=now,
    )
    note(actor, audit.Action.CREATE, "neighbourhood.acute.agreed", "acute_agreement", row.pk, now)
    return row.version


def _no_persons(area: Area, lines: Sequence[AcuteLine]) -> None:
    """Functions and organisations only: a colleague may be ill tonight."""
    known = known_words(area.region_id)
    wrong: dict[str, tuple[Trace, ...]] = {}
    for number, line in enumerate(lines, start=1):
        for name, text in (("when", line.when), ("whom", line.whom), ("note", line.note)):
            found = tuple(f for f in rules.findings(text, known) if _is_person(f, text))
            if found:
                wrong[f"{name}_{number}"] = found
    if wrong:
        raise errors.text_names_someone(wrong)


def _is_person(finding: Trace, text: str) -> bool:
    """Here a capital is usually the name of a service; only first names and 'mevrouw …' count."""
    if finding.kind != "name":
        return rules.is_hard(finding) and finding.kind != "phone"
    return finding.word.casefold() in first_names() or finding.word in rules.after_a_title(text)
