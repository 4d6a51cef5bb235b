"""Reading modules, and for the resident herself what she kept. Nobody else reads that."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Q, QuerySet

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.offer.directory import hooks
from noaber.offer.self_help import writing
from noaber.offer.self_help.models import DiaryEntry, Module, ModuleVersion, Reminder, StepWork
from noaber.offer.self_help.types import (
    Block,
    DiaryDay,
    KeptModule,
    ModuleCard,
    ModuleText,
    Problem,
    ReminderCard,
    StepDone,
)

DIARY_DAYS = 60
KEY = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A module as people see it."""

    module_id: UUID
    slug: str
    text: ModuleText
    withdrawn: bool = False
    here: bool = True
    """Of the region that asks; a module of another region is only read."""


@lru_cache(maxsize=200)
def _read(version_id: UUID) -> ModuleText:
    """A version never changes, so it is read once in each process."""
    return writing.read(ModuleVersion.objects.values_list("text", flat=True).get(pk=version_id))[0]


def _shown_versions(region_id: UUID, begun: Collection[UUID] = ()) -> list[ModuleVersion]:
    rows = ModuleVersion.objects.filter(
        Q(module__state=Module.State.PUBLIC) | Q(module__in=begun),
        module__region_id=region_id,
        number=F("module__public_version"),
    )
    return list(rows.select_related("module").defer("text").order_by("module__title"))


def modules(region_id: UUID) -> tuple[ModuleCard, ...]:
    """All modules that people can see."""
    return _cards(region_id, {}, ())


def own_modules(actor: Actor, region_id: UUID, *, now: datetime) -> tuple[ModuleCard, ...]:
    """The same for a resident, with how far she is."""
    done: dict[UUID, set[str]] = {}
    hers = gate.visible(actor, "own", StepWork.objects.all(), resource="self_help_step")
    for module_id, key in hers.filter(done_at__isnull=False).values_list("module_id", "step_key"):
        done.setdefault(module_id, set()).add(key)
    _note(actor, now)
    return _cards(region_id, done, _begun(actor))


def _cards(region_id: UUID, done: Mapping[UUID, set[str]], begun: Collection[UUID]) -> tuple[ModuleCard, ...]:
    cards = []
    for row in _shown_versions(region_id, begun):
        text = _read(row.pk)
        mine = done.get(row.module_id, set())
        cards.append(
            ModuleCard(
                row.module_id,
                row.module.slug,
                text.title,
                text.summary,
                text.audience,
                len(text.steps),
                text.minutes,
                text.terms,
                sum(step.key in mine for step in text.steps),
            )
        )
    return tuple(cards)


def one(region_id: UUID, slug: str) -> Shown:
    """A module that people can see, of this region or else of another. Missing when there is none."""
    rows = _versions(slug).filter(module__state=Module.State.PUBLIC).order_by("module__region__name")
    found = list(rows.values("pk", "module_id", "module__region_id"))
    if not found:
        raise gate.not_here()
    row = next((row for row in found if row["module__region_id"] == region_id), found[0])
    here = row["module__region_id"] == region_id
    return Shown(row["module_id"], slug, _read(row["pk"]), here=here)


def own_one(actor: Actor, region_id: UUID, slug: str, *, writing_now: bool = False) -> Shown:
    """A module of her region; a withdrawn one while something of hers stands in it, or she is writing."""
    row = _versions(slug).filter(module__region_id=region_id).select_related("module").defer("text").first()
    if row is None or not (
        row.module.state == Module.State.PUBLIC or writing_now or row.module_id in _begun(actor)
    ):
        raise gate.not_here()
    return Shown(row.module_id, slug, _read(row.pk), withdrawn=row.module.state != Module.State.PUBLIC)


def _versions(slug: str) -> QuerySet[ModuleVersion]:
    return ModuleVersion.objects.filter(module__slug=slug, number=F("module__public_version"))


def asked_before(module_id: UUID, sent: Collection[str], asked: Collection[Block]) -> tuple[Block, ...]:
    """The questions that came along and that the module does not ask here any more, from earlier versions.

    An editor may change the words while she is typing: what she wrote is kept under the words that she saw.
    """
    wanted = {key for key in sent if KEY.fullmatch(key)} - {block.key for block in asked}
    found: dict[str, Block] = {}
    if not wanted:
        return ()
    rows = ModuleVersion.objects.filter(module_id=module_id).order_by("-number")
    for pk in rows.values_list("pk", flat=True):
        text = _read(pk)
        for block in (*(one for step in text.steps for one in step.asked), *text.diary):
            if block.key in wanted:
                found.setdefault(block.key, block)
    return tuple(found.values())


def _begun(actor: Actor) -> set[UUID]:
    """The modules in which something of hers stands, or of which she is reminded."""
    steps = gate.visible(actor, "own", StepWork.objects.all(), resource="self_help_step")
    days = gate.visible(actor, "own", DiaryEntry.objects.all(), resource="self_help_diary")
    reminders = gate.visible(actor, "own", Reminder.objects.all(), resource="self_help_reminder")
    ids = (rows.values_list("module_id", flat=True) for rows in (steps, days, reminders))
    return set(next(ids).union(*ids))


def steps_of(actor: Actor, module_id: UUID, *, now: datetime) -> dict[str, StepDone]:
    """What she kept at each step; nothing for whom we do not know."""
    if actor.kind is not Kind.RESIDENT:
        return {}
    rows = gate.visible(actor, "own", StepWork.objects.filter(module_id=module_id), resource="self_help_step")
    _note(actor, now)
    return {
        row.step_key: StepDone(_answers(row.answers), row.saved_at, row.done_at, _asked(row.answers))
        for row in rows
    }


def diary_of(actor: Actor, module_id: UUID, *, now: datetime) -> tuple[DiaryDay, ...]:
    """Her diary, the newest day first, at most sixty days."""
    if actor.kind is not Kind.RESIDENT:
        return ()
    rows = gate.visible(
        actor, "own", DiaryEntry.objects.filter(module_id=module_id), resource="self_help_diary"
    )
    _note(actor, now)
    return tuple(
        DiaryDay(row.on, _answers(row.answers), row.saved_at) for row in rows.order_by("-on")[:DIARY_DAYS]
    )


def reminder_of(actor: Actor, module_id: UUID) -> ReminderCard | None:
    """Her reminder for this module."""
    if actor.kind is not Kind.RESIDENT:
        return None
    rows = gate.visible(
        actor, "own", Reminder.objects.filter(module_id=module_id), resource="self_help_reminder"
    )
    row = rows.first()
    return ReminderCard(tuple(row.weekdays), row.hour, row.until) if row else None


def _answers(sealed: str) -> dict[str, object]:
    found = json.loads(sealed) if sealed else {}
    return {key: one["answer"] for key, one in found.items()}


def _asked(sealed: str) -> dict[str, str]:
    found = json.loads(sealed) if sealed else {}
    return {key: str(one["asked"]) for key, one in found.items()}


def _note(actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="self_help.read_own",
        resident_id=actor.resident_id,
        object_kind="self_help",
        part="wat u zelf schreef",
        purpose="om zelf aan de slag te gaan",
        now=now,
    )


# --- editors ---------------------------------------------------------------------------------------------


def kept(actor: Actor) -> tuple[KeptModule, ...]:
    """All modules of the editor's regions."""
    gate.require_act(actor, "self_help.keep")
    rows = gate.visible(actor, "keep", Module.objects.all(), resource="self_help_module")
    newest = ModuleVersion.objects.filter(number=F("module__version"), module__in=rows)
    return tuple(_kept(row) for row in newest.select_related("module").order_by("module__title"))


def kept_one(actor: Actor, module_id: UUID) -> tuple[KeptModule, ModuleText, tuple[Problem, ...]]:
    """One module as it now stands, read, with its problems."""
    gate.require_act(actor, "self_help.keep")
    module = gate.get(actor, "keep", Module.objects.all(), resource="self_help_module", pk=module_id)
    row = ModuleVersion.objects.select_related("module").get(module=module, number=module.version)
    return (_kept(row), *writing.read(row.text))


def _kept(row: ModuleVersion) -> KeptModule:
    module = row.module
    return KeptModule(
        module.pk,
        module.slug,
        module.title,
        row.text,
        module.version,
        module.public_version,
        module.state,
        clock.day_of(row.at),
        row.by,
    )


def starting(sought: hooks.Sought, now: datetime) -> tuple[hooks.Starting, ...]:
    """Modules can be begun at any moment."""
    wanted = set(sought.terms)
    found = []
    for row in _shown_versions(sought.region_id):
        text = _read(row.pk)
        if not wanted or wanted & set(text.terms):
            found.append(
                hooks.Starting(
                    text.title,
                    "online",
                    f"/zelfhulp/{row.module.slug}/",
                    terms=text.terms,
                    service_id=row.module.service_id,
                )
            )
    return tuple(found)
