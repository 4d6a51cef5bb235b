"""Writing modules, and keeping what somebody does with one."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.network.partners.models import Region
from noaber.network.residents import services as residents
from noaber.offer.directory import services as directory
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.self_help import errors, rules, writing
from noaber.offer.self_help.models import DiaryEntry, Module, ModuleVersion, Reminder, StepWork
from noaber.offer.self_help.types import Block, ModuleText

log = logging.getLogger(__name__)
TITLE = gettext_noop("Uw herinnering")
REMIND = gettext_noop("U vroeg ons om u hieraan te herinneren. Kijk op uw eigen pagina: %(url)s")
REMIND_BY_HAND = gettext_noop("U vroeg ons om u te herinneren. Kijk op uw eigen pagina.")
GUARD = "self_help.reminder"
REMINDING = "herinneren aan wat iemand zelf wil doen"
Kept = TypeVar("Kept")
STARTER = Path(__file__).parent / "starter"

# --- editors ---------------------------------------------------------------------------------------------


def begin(*, actor: Actor, region_id: UUID, text: str, now: datetime) -> UUID:
    """Keep a new module as a draft; a draft may still have problems. A taken title gets a number."""
    gate.require_act(actor, "self_help.keep")
    if region_id not in actor.regions(Role.EDITOR):
        raise gate.not_here()
    return _begin(region_id, text, by=_by(actor, region_id), now=now).pk


@transaction.atomic
def _begin(region_id: UUID, text: str, *, by: str, now: datetime, starter: bool = False) -> Module:
    Region.objects.select_for_update().get(pk=region_id)
    found, _problems = writing.read(text)
    slug = wanted = writing.slug_of(found.title) or "module"
    taken = set(Module.objects.filter(region_id=region_id).values_list("slug", flat=True))
    number = 2
    while slug in taken:
        slug, number = f"{wanted[:56]}-{number}", number + 1
    row = Module.objects.create(
        region_id=region_id,
        slug=slug,
        title=found.title or _("Nieuwe module"),
        from_starter=starter,
        created_at=now,
    )
    ModuleVersion.objects.create(module=row, number=1, text=text, by=by, at=now)
    return row


@transaction.atomic
def write(*, actor: Actor, module_id: UUID, text: str, version: int, now: datetime) -> int:
    """Keep a new version of the text; its number. The same text again makes none.

    Raises:
        Conflict: a colleague saved one since `version`.
    """
    row = gate.get(
        actor, "keep", Module.objects.select_for_update(), resource="self_help_module", pk=module_id
    )
    latest = row.versions.get(number=row.version)
    if latest.text == text:
        return row.version
    if row.version != version:
        raise errors.changed_meanwhile()
    row.version += 1
    row.title = writing.read(text)[0].title or row.title
    row.save(update_fields=["version", "title"])
    ModuleVersion.objects.create(
        module=row, number=row.version, text=text, by=_by(actor, row.region_id), at=now
    )
    return row.version


@transaction.atomic
def publish(*, actor: Actor, module_id: UUID, now: datetime) -> None:
    """Show the newest version to everyone, and put the module on the sociale kaart.

    Raises:
        Invalid: the text still has problems.
    """
    row = gate.get(
        actor, "keep", Module.objects.select_for_update(), resource="self_help_module", pk=module_id
    )
    _publish(row, by=_by(actor, row.region_id), now=now)


def _publish(row: Module, *, by: str, now: datetime) -> None:
    text, problems = writing.read(row.versions.get(number=row.version).text)
    if problems:
        raise errors.not_to_be_read(len(problems))
    row.state, row.public_version = Module.State.PUBLIC, row.version
    row.service_id = _entry(row, text, by=by, now=now)
    row.save(update_fields=["state", "public_version", "service_id"])


def _entry(row: Module, text: ModuleText, *, by: str, now: datetime) -> UUID:
    record = ServiceRecord(
        name=text.title,
        kind="digital",
        service_id=row.service_id,
        organisation=by,
        text=f"{text.summary} {text.audience}".strip(),
        terms=tuple(dict.fromkeys(("online_self_help", *text.terms))),
        mode="online",
        when=_("Altijd open"),
        cost=_("gratis"),
        cost_eur_cents=0,
        website=f"{settings.BASE_URL}/zelfhulp/{row.slug}/",
        languages=("nl",),
        starts_this_week=True,
        assured_on=clock.day_of(now),
        assured_by=by,
    )
    return directory.keep_record(region_id=row.region_id, record=record, now=now, by=by)[0]


@transaction.atomic
def withdraw(*, actor: Actor, module_id: UUID, now: datetime) -> None:
    """Show it to nobody any more. What residents wrote stays theirs, on their own page."""
    row = gate.get(
        actor, "keep", Module.objects.select_for_update(), resource="self_help_module", pk=module_id
    )
    row.state = Module.State.WITHDRAWN
    row.save(update_fields=["state"])
    if row.service_id:
        directory.end_service(service_id=row.service_id, now=now, by=_by(actor, row.region_id))


@transaction.atomic
def take_starter(*, region_id: UUID, texts: Sequence[str], by: str, now: datetime) -> int:
    """Give a region the starter set, public at once; a title that is there already is left as it is."""
    Region.objects.select_for_update().get(pk=region_id)  # pressed twice at once, the set still comes once
    there = set(Module.objects.filter(region_id=region_id, from_starter=True).values_list("slug", flat=True))
    made = 0
    for text in texts:
        if writing.slug_of(writing.read(text)[0].title) in there:
            continue
        _publish(_begin(region_id, text, by=by, now=now, starter=True), by=by, now=now)
        made += 1
    return made


def begin_with_starter(*, actor: Actor, now: datetime) -> int:
    """Give the region of an editor our own starter set: sleep, worry, low mood, stress, relatives."""
    gate.require_act(actor, "self_help.keep")
    region_id = actor.regions(Role.EDITOR)[0]
    return take_starter(region_id=region_id, texts=starter_texts(), by=_by(actor, region_id), now=now)


def starter_texts() -> tuple[str, ...]:
    """The texts of the starter set, as they ship."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(STARTER.glob("*.txt")))


def _by(actor: Actor, region_id: UUID) -> str:
    named = (g.organisation_name for g in actor.grants if g.role is Role.EDITOR and g.region_id == region_id)
    return next(named, "")


# --- the resident ----------------------------------------------------------------------------------------


def _hers(actor: Actor) -> UUID:
    if actor.resident_id is None:
        raise gate.not_here()
    return actor.resident_id


def _public(module_id: UUID) -> Module:
    """A module that people see, or saw until it was withdrawn: what she is typing is kept all the same."""
    row = Module.objects.filter(pk=module_id, public_version__isnull=False).first()
    if row is None:
        raise gate.not_here()
    return row


def keep_step(
    *,
    actor: Actor,
    module_id: UUID,
    step_key: str,
    blocks: Sequence[Block],
    sent: Mapping[str, Sequence[str]],
    done: bool,
    seen: str,
    now: datetime,
) -> None:
    """Keep what she wrote at a step. `seen` is the moment of what she had before her, empty for nothing.

    Raises:
        Conflict: she saved something else at this step meanwhile.
    """
    resident_id, module = _hers(actor), _public(module_id)
    wrote = rules.kept(blocks, sent)

    def keep() -> None:
        rows = StepWork.objects.select_for_update()
        row = rows.filter(resident_id=resident_id, module=module, step_key=step_key).first()
        stood = json.loads(row.answers) if row and row.answers else {}
        answers = rules.with_what_stood(stood, blocks, wrote)
        if row and row.saved_at.isoformat() != seen and answers != stood:
            raise errors.saved_elsewhere()
        row = row or StepWork(resident_id=resident_id, module=module, step_key=step_key)
        row.answers, row.saved_at = json.dumps(answers, ensure_ascii=False), now
        row.done_at = (row.done_at or now) if done else row.done_at
        row.save()
        _note(actor, "self_help.keep_step", row.pk, now)

    _once_more_when_first(keep)


def keep_day(
    *,
    actor: Actor,
    module_id: UUID,
    on: date,
    blocks: Sequence[Block],
    sent: Mapping[str, Sequence[str]],
    seen: str,
    now: datetime,
) -> bool:
    """Keep a day of her diary; an empty one takes the day away. Whether the day is there now.

    Raises:
        Conflict: that day holds something that she had not before her.
    """
    resident_id, module = _hers(actor), _public(module_id)
    wrote = rules.kept(blocks, sent)

    def keep() -> bool:
        rows = DiaryEntry.objects.select_for_update()
        row = rows.filter(resident_id=resident_id, module=module, on=on).first()
        stood = json.loads(row.answers) if row else {}
        answers = rules.with_what_stood(stood, blocks, wrote)
        if row and row.saved_at.isoformat() != seen and answers != stood:
            raise errors.day_saved_elsewhere()
        if answers:
            row = row or DiaryEntry(resident_id=resident_id, module=module, on=on)
            row.answers, row.saved_at = json.dumps(answers, ensure_ascii=False), now
            row.save()
        elif row:
            row.delete()
        _note(actor, "self_help.keep_day", module.pk, now)
        return bool(answers)

    return _once_more_when_first(keep)


def _once_more_when_first(keep: Callable[[], Kept]) -> Kept:
    """Keep it; when another window made the row in the same moment, once more with that row before us."""
    try:
        with transaction.atomic():
            return keep()
    except IntegrityError:
        with transaction.atomic():
            return keep()


def set_reminder(
    *, actor: Actor, module_id: UUID, weekdays: Sequence[int], hour: int, until: date, now: datetime
) -> None:
    """Remind her on these weekdays, at this local hour, until this day.

    Raises:
        Invalid: no weekday, another hour, or a day that is past or too far.
    """
    if actor.resident_id is None:
        raise gate.not_here()
    module = _public(module_id)
    faults = rules.reminder_faults(weekdays, hour, until, today=clock.day_of(now))
    if faults:
        raise errors.wrong_reminder(faults)
    with transaction.atomic():
        Reminder.objects.update_or_create(
            resident_id=actor.resident_id,
            module=module,
            defaults={"weekdays": sorted(set(weekdays)), "hour": hour, "until": until, "set_at": now},
        )
        _note(actor, "self_help.remind", module.pk, now)


def stop_reminder(*, actor: Actor, module_id: UUID, now: datetime) -> None:
    """No more reminders for this module; also one that is on its way is held back."""
    if actor.resident_id is None:
        raise gate.not_here()
    with transaction.atomic():
        Reminder.objects.filter(resident_id=actor.resident_id, module_id=module_id).delete()
        _note(actor, "self_help.remind", module_id, now)


@transaction.atomic
def throw_away(*, actor: Actor, module_id: UUID, now: datetime) -> None:
    """Throw away everything that she kept of this module."""
    if actor.resident_id is None:
        raise gate.not_here()
    for model in (StepWork, DiaryEntry, Reminder):
        model.objects.filter(resident_id=actor.resident_id, module_id=module_id).delete()
    _note(actor, "self_help.throw_away", module_id, now)


def remind(*, now: datetime) -> int:
    """Send what is due: a neutral word that there is something on her own page. How many went.

    One that fails does not keep the others; the job then ends as failed, for the operator.
    """
    here = now.astimezone(clock.AMSTERDAM)
    sent = 0
    failed: Exception | None = None
    with gate.as_system(REMINDING):
        due = list(Reminder.objects.filter(until__gte=here.date()).values_list("pk", flat=True))
    for pk in due:
        try:
            with gate.as_system(REMINDING):
                sent += _remind_one(pk, now)
        except Exception as fault:
            log.exception("a reminder could not go")
            failed = fault
    if failed is not None:
        raise failed
    return sent


def _remind_one(pk: UUID, now: datetime) -> bool:
    here = now.astimezone(clock.AMSTERDAM)
    row = Reminder.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None or not rules.is_due(
        row.weekdays, row.hour, row.until, row.last_on, today=here.date(), now=here.hour
    ):
        return False
    row.last_on = here.date()
    row.save(update_fields=["last_on"])
    channel = residents.reach(
        row.resident_id,
        key=f"self-help:{row.pk}:{here.date().isoformat()}",
        subject=TITLE,
        body=REMIND,
        by_hand=REMIND_BY_HAND,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        guard=GUARD,
        guard_id=str(row.pk),
        now=now,
    )
    return bool(channel)


def reminder_stands(reminder_id: str) -> bool:
    """Whether she still wants it, just before it goes."""
    return Reminder.objects.filter(pk=reminder_id).exists()


def _note(actor: Actor, event: str, object_id: UUID, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type=event,
        resident_id=actor.resident_id,
        object_kind="self_help",
        object_id=object_id,
        part="wat u zelf schreef",
        purpose="om zelf aan de slag te gaan",
        now=now,
    )


__all__ = [
    "begin",
    "begin_with_starter",
    "keep_day",
    "keep_step",
    "publish",
    "remind",
    "reminder_stands",
    "set_reminder",
    "starter_texts",
    "stop_reminder",
    "take_starter",
    "throw_away",
    "withdraw",
    "write",
]
