"""Which practices can read a letter about her at this moment, and why."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from noaber.hallway.access.types import Actor
from noaber.hallway.ui.formatting import long_date
from noaber.network.consents import queries as consents
from noaber.network.consents.queries_sights import register_sights
from noaber.network.consents.types import LETTER, Sight
from noaber.pathways.referrals.models import Letter
from noaber.pathways.referrals.queries import with_objection


def letters_in_sight(actor: Actor, now: datetime) -> list[Sight]:
    """Her letters that a practice can open now, or that will go by themselves on their day."""
    hers = Letter.objects.filter(referral__help_request__resident=actor.resident_id).annotate(
        agreed=consents.consented(
            LETTER, thing="conversation_id", version="version", organisation="referral__organisation_id"
        )
    )
    rows = with_objection(hers).filter(objected=False).select_related("referral__organisation")
    found: dict[object, Sight] = {}
    for row in rows.defer("body", "statement").order_by("version"):
        gone, agreed = row.released_at is not None, row.agreed
        if not agreed and row.release_on is None:
            continue
        organisation = row.referral.organisation
        waits = _("Nog niets. De brief over uw gesprek ligt klaar.")
        sees = _("De brief over uw gesprek.") if gone else waits
        found[row.conversation_id] = Sight(
            organisation_id=organisation.pk,
            organisation=organisation.name,
            sees=sees,
            because=_because(row, agreed=agreed, gone=gone),
            what=LETTER,
            object_id=row.conversation_id,
        )
    return list(found.values())


def _because(row: Letter, *, agreed: bool, gone: bool) -> str:
    if agreed:
        return _("U zei dat de brief mag gaan.")
    if gone or row.release_on is None:
        return _("U maakte geen bezwaar.")
    day = long_date(row.release_on)
    return _("De brief gaat op %(day)s vanzelf. Behalve als u nee zegt.") % {"day": day}


def register() -> None:
    """Called once at start."""
    register_sights(letters_in_sight)
