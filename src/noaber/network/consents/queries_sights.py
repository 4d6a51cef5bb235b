"""Who sees what at this moment, and what she can let others read. Rooms above add their own part."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.network.consents.models import Objection
from noaber.network.consents.types import ALL, REPORT, Sight, SightsOf, Thing, ThingsOf
from noaber.network.partners.models import Membership, Organisation
from noaber.network.residents.models import HelpRequest, Involvement

Part = Involvement.Part
_things: list[ThingsOf] = []
_sights: list[SightsOf] = []

SEES = {
    Part.REFERRER: gettext_noop("Uw naam, uw vraag en hoe het staat."),
    Part.PLANNER: gettext_noop("Uw naam, uw telefoonnummer en uw vraag."),
    Part.HOLDER: gettext_noop("Uw naam, uw telefoonnummer, uw vraag en het verslag."),
    Part.GUIDE: gettext_noop("Uw naam, uw telefoonnummer, uw vraag en het verslag."),
}
BECAUSE = {
    Part.REFERRER: gettext_noop("Zij stuurden uw vraag."),
    Part.PLANNER: gettext_noop("Zij plannen uw gesprek en moeten u kunnen bellen."),
    Part.HOLDER: gettext_noop("Hier werkt uw vaste persoon."),
    Part.GUIDE: gettext_noop("Iemand van hier is bij uw gesprek."),
}
REFUSED = gettext_noop("Uw naam, uw telefoonnummer en uw vraag. Het verslag alleen wie het schreef.")
ORDER = (Part.HOLDER, Part.GUIDE, Part.REFERRER, Part.PLANNER)


def register_things(things: ThingsOf) -> None:
    """Let a room say what of hers can be shared."""
    if things not in _things:
        _things.append(things)


def register_sights(sights: SightsOf) -> None:
    """Let a room say which organisations see something of hers now, by its own rules."""
    if sights not in _sights:
        _sights.append(sights)


def things_of(actor: Actor) -> list[Thing]:
    """Everything of hers that she can let others read."""
    return [thing for each in _things for thing in each(actor)]


def sights_of(actor: Actor, *, now: datetime) -> list[Sight]:
    """What each organisation can see at this moment, and why; for a resident."""
    if actor.resident_id is None:
        raise gate.not_here()
    found = [sight for each in _sights for sight in each(actor, now)]
    return found + _of_the_thread(actor, actor.resident_id, now)


def _of_the_thread(actor: Actor, resident_id: UUID, now: datetime) -> list[Sight]:
    """One line for each organisation with a living part in her request; a role that ended sees nothing."""
    mine = gate.visible(actor, "steer", HelpRequest.objects.all(), resource="help_request")
    rows = Involvement.objects.filter(
        help_request__in=mine, help_request__resident_id=resident_id, until__isnull=True
    ).select_related("organisation")
    at_work = set(
        Membership.objects.filter(
            account_id__in=[r.account_id for r in rows if r.account_id], period__contains=day_of(now)
        ).values_list("account_id", "organisation_id")
    )
    best: dict[UUID, Involvement] = {}
    for row in rows:
        personal = row.part in {Part.HOLDER, Part.GUIDE}
        if personal and (row.account_id, row.organisation_id) not in at_work:
            continue
        known = best.get(row.organisation_id)
        if known is None or ORDER.index(Part(row.part)) < ORDER.index(Part(known.part)):
            best[row.organisation_id] = row
    ordered = sorted(best.values(), key=lambda r: (ORDER.index(Part(r.part)), r.organisation.name))
    refusals = Objection.objects.filter(
        resident_id=resident_id, withdrawn_at__isnull=True, what__in=[REPORT, ALL]
    ).values_list("organisation_id", flat=True)
    refused = set(refusals)

    def sees(row: Involvement) -> str:
        reads = row.part in {Part.HOLDER, Part.GUIDE}
        kept = reads and bool(refused & {None, row.organisation_id})
        return gettext(REFUSED if kept else SEES[Part(row.part)])

    return [
        Sight(
            organisation_id=row.organisation_id,
            organisation=row.organisation.name,
            sees=sees(row),
            because=gettext(BECAUSE[Part(row.part)]),
        )
        for row in ordered
    ]


def organisations_near(actor: Actor) -> list[tuple[UUID, str]]:
    """The organisations of her region, by name; the ones already around her question first."""
    if actor.resident_id is None:
        raise gate.not_here()
    request = (
        gate.visible(actor, "steer", HelpRequest.objects.all(), resource="help_request")
        .filter(resident_id=actor.resident_id)
        .order_by("-received_at")
        .first()
    )
    if request is None:
        return []
    near = set(Involvement.objects.filter(help_request=request).values_list("organisation_id", flat=True))
    rows = Organisation.objects.filter(region_id=request.region_id).order_by("name")
    found = list(rows.values_list("pk", "name"))
    return sorted(found, key=lambda row: (row[0] not in near, row[1].casefold()))
