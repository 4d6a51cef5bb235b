"""Saying how many groups a region wants, and freezing the report of a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.group_forming import kinds
from noaber.network.partners import queries as partners
from noaber.network.partners.models import Region
from noaber.offer.groups.fit_gap import reading, rules
from noaber.offer.groups.forming import errors
from noaber.offer.groups.forming.policies import READS_FIT_GAP
from noaber.offer.groups.models_forming import FitGapReport, WantedGroups

PURPOSE = "om te zien welke groepen er missen"


@transaction.atomic
def set_wanted(*, actor: Actor, region_id: UUID, given: dict[str, Any], once_key: str, now: datetime) -> UUID:
    """Say how many groups are wanted from a day on, and why. What was said before stays to be read."""
    gate.require_act(actor, "groups.want")
    if region_id not in actor.regions(Role.PROGRAMME_MANAGER):
        raise gate.not_here()
    if given["kind"] and given["kind"] not in kinds():
        raise errors.wrong("kind", _("Kies een soort uit de lijst."))
    if given["municipality_id"] and given["kind"]:
        raise errors.wrong("kind", _("Kies een gemeente of een soort, niet allebei."))
    place = None
    if given["municipality_id"]:
        place = partners.municipality_in(region_id, given["municipality_id"])
    row, fresh = WantedGroups.objects.get_or_create(
        once_key=once_key,
        region_id=region_id,
        defaults={
            "municipality": place,
            "kind": given["kind"],
            "number": given["number"],
            "from_on": given["from_on"],
            "reason": given["reason"].strip(),
            "made_by_name": actor.name,
            "made_at": now,
        },
    )
    if fresh:
        _note(actor, "groups.wanted.set", "wanted_groups", row.pk, now)
    return row.pk


@transaction.atomic
def freeze(
    *, actor: Actor, region_id: UUID, function: str, remarks: str, once_key: str, now: datetime
) -> UUID:
    """Keep the report of now for good, signed by a function. The same `once_key` twice is one report."""
    gate.require_act(actor, "groups.fit_gap")
    if region_id not in actor.regions(*READS_FIT_GAP):
        raise gate.not_here()
    region = Region.objects.select_for_update().get(pk=region_id)
    found = FitGapReport.objects.filter(once_key=once_key, region=region).first()
    if found is not None:
        return found.pk
    kept = reading.document(region, now=now)
    newest = FitGapReport.objects.filter(region=region).aggregate(n=Max("number"))["n"] or 0
    row = FitGapReport.objects.create(
        region=region,
        number=newest + 1,
        as_of=day_of(now),
        document=kept,
        fingerprint=rules.fingerprint(kept),
        signed_by_function=function.strip(),
        remarks=remarks.strip(),
        frozen_at=now,
        frozen_by_name=actor.name,
        once_key=once_key,
    )
    _note(actor, "groups.fit_gap.frozen", "group_fit_gap", row.pk, now)
    return row.pk


def _note(actor: Actor, event_type: str, kind: str, row_id: UUID, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type=event_type,
        resident_id=None,
        object_kind=kind,
        object_id=row_id,
        part="het groepsaanbod",
        purpose=PURPOSE,
        now=now,
    )
