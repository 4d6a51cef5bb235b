"""What this room holds of a resident: that she was referred, and the letter back.

A letter that the practice has read is also in the practice's own file; that file is not ours to erase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_noop

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.offer.routes.queries_cards import questions_of
from noaber.pathways.referrals.models import Letter, Referral
from noaber.pathways.referrals.queries import with_objection

ON_ITS_WAY = gettext_noop("Er ligt nog een brief klaar voor uw huisarts. Kies eerst of die mag gaan.")
GONE = "gewist-"
Items = Sequence[Mapping[str, Any]]


def _referrals(resident_id: UUID) -> Items:
    rows = Referral.objects.select_related("referrer", "organisation")
    rows = rows.filter(help_request__resident_id=resident_id).exclude(once_key__startswith=GONE)
    return [
        {
            "referrer": row.referrer.name if row.referrer else row.typed_name,
            "way": row.get_via_display(),
            "organisation": row.organisation.name,
            "sent_at": row.sent_at,
            "consent_given": row.consent_given,
            **_agreement(row),
        }
        for row in rows.order_by("sent_at")
    ]


def _agreement(row: Referral) -> Mapping[str, Any]:
    """What professionals had agreed about her question, when the referrer said so."""
    if row.route_version_id is None:
        return {}
    words = questions_of(row.organisation.region_id, [row.route_version_id])
    return {"agreement": words.get(row.route_version_id, ""), "agreement_followed": row.route_followed}


def _erase_referrals(resident_id: UUID, now: datetime) -> int:
    rows = Referral.objects.filter(help_request__resident_id=resident_id)
    changed = 0
    for pk in rows.exclude(once_key__startswith=GONE).values_list("pk", flat=True):
        changed += Referral.objects.filter(pk=pk).update(
            once_key=f"{GONE}{uuid4()}", typed_name="", route_version_id=None, route_followed=None
        )
    return changed


def _letters(resident_id: UUID) -> Items:
    rows = Letter.objects.select_related("referral__referrer", "referral__organisation")
    return [
        {
            "to": row.referral.referrer.name if row.referral.referrer else row.referral.typed_name,
            "organisation": row.referral.organisation.name,
            "body": row.body,
            "statement": row.statement,
            "version": row.version,
            "written_at": row.created_at,
            "goes_on": row.release_on,
            "went_at": row.released_at,
            "opened_at": row.opened_at,
        }
        for row in rows.filter(referral__help_request__resident_id=resident_id).order_by("created_at")
    ]


def _erase_letters(resident_id: UUID, now: datetime) -> int:
    return Letter.objects.filter(referral__help_request__resident_id=resident_id).delete()[0]


def _on_its_way(resident_id: UUID, now: datetime) -> Sequence[str]:
    mine = Letter.objects.filter(
        referral__help_request__resident_id=resident_id, released_at__isnull=True, release_on__isnull=False
    )
    waiting = with_objection(mine).filter(objected=False)
    return [ON_ITS_WAY] if waiting.exists() else []


def register() -> None:
    """Called once at start."""
    for holding in HOLDINGS:
        registry.register(holding)


HOLDINGS = (
    Holding(
        key="referrals.referral",
        words=gettext_noop("Wie u verwees"),
        retention="wgbo_record",
        models=("referrals.Referral",),
        collect=_referrals,
        erase=_erase_referrals,
        standard="ServiceRequest",
    ),
    Holding(
        key="referrals.letter",
        words=gettext_noop("Brieven aan wie u verwees"),
        retention="wgbo_record",
        models=("referrals.Letter",),
        collect=_letters,
        erase=_erase_letters,
        standard="Communication",
        obstacles=_on_its_way,
    ),
)
