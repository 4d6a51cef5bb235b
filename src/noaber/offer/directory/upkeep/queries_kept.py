"""One entry for whoever keeps it: whole, with how fresh it is, what waits and what happened with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from noaber.hallway.access.types import Actor, Role
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Organisation
from noaber.offer.directory import keeping
from noaber.offer.directory.models import CheckRequest, Confirmation, ErrorReport, Service
from noaber.offer.directory.policies import OWNERS
from noaber.offer.directory.types_record import ServiceRecord
from noaber.offer.directory.upkeep import editing, history, weighing
from noaber.offer.directory.upkeep.types_desk import Kept, Waiting

MOST_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Page:
    """The entry and what stands beside its form."""

    record: ServiceRecord
    kept: Kept
    region_id: UUID
    region_slug: str


def page(actor: Actor, service_id: UUID, *, today: date) -> Page:
    """An entry that this actor keeps; also one that ended."""
    allowed = editing.mine(actor, service_id)
    row: Service = keeping.whole().select_related("region", "municipality", "organisation").get(pk=allowed.pk)
    asked = CheckRequest.objects.filter(service=row).order_by("-asked_at").first()
    kept = Kept(
        freshness=weighing.of_rows([row], today=today)[row.pk],
        signs=tuple(_signs(row)),
        edits=tuple(history.edits_of(row.pk)),
        reports=tuple(_reports(row)),
        answers=tuple(_answers(row)),
        origins=_origins(row),
        owner_email=row.owner_email,
        asked_on=asked.asked_at.date() if asked and not asked.answer else None,
        may_choose_owner=editing.is_editor(actor, row.region_id),
    )
    return Page(keeping.as_record(row), kept, row.region_id, row.region.slug)


def choices(actor: Actor, region_id: UUID, *, own: UUID | None = None) -> dict[str, Any]:
    """What the form may choose from: an editor all partners, an owner the own organisation."""
    rows = Organisation.objects.filter(region_id=region_id).order_by("name")
    every = editing.is_editor(actor, region_id)
    if not every:
        mine = actor.organisations(*OWNERS)
        rows = rows.filter(pk=own) if own in mine else rows.filter(pk__in=mine)
    return {
        "organisations": [(str(one.pk), one.name) for one in rows],
        "municipalities": [(m.slug, m.name) for m in partners.municipalities_of(region_id)],
        "may_choose_owner": every,
    }


def blank(actor: Actor) -> tuple[UUID, ServiceRecord]:
    """A new entry and the region it will stand in; an owner's is of the own organisation."""
    region_id = editing.home_region(actor)
    own = None if actor.has(Role.EDITOR) else actor.organisations(*OWNERS)[0]
    return region_id, ServiceRecord(name="", kind="social_basis", organisation_id=own)


def _signs(row: Service) -> list[tuple[str, date, str]]:
    found = Confirmation.objects.filter(service=row).order_by("-on", "kind")[:MOST_SIGNS]
    return [(one.get_kind_display(), one.on, one.by) for one in found]


def _reports(row: Service) -> list[Waiting]:
    found = ErrorReport.objects.filter(service=row, state=ErrorReport.State.NEW).order_by("reported_at")
    return [Waiting(one.pk, one.get_about_display(), one.words, one.reported_at) for one in found]


def _answers(row: Service) -> list[Waiting]:
    said = [CheckRequest.Answer.CHANGED, CheckRequest.Answer.GONE]
    found = CheckRequest.objects.filter(service=row, answer__in=said, handled_at__isnull=True)
    return [
        Waiting(
            one.pk,
            one.get_answer_display(),
            one.words,
            one.answered_at or one.asked_at,
            gone=one.answer == CheckRequest.Answer.GONE,
        )
        for one in found.order_by("answered_at")
    ]


def _origins(row: Service) -> dict[str, str]:
    return {
        key: str(one["from"])
        for key, one in row.origins.items()
        if isinstance(one, dict) and one.get("from") not in (None, keeping.LOCAL)
    }
