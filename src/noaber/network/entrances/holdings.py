"""What this room holds of a resident: when she came in, and that she chose a pin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_noop

from noaber.hallway.holdings import registry
from noaber.hallway.holdings.types import Holding
from noaber.network.entrances.models import Entry, EntryLink, SentCode
from noaber.network.residents.models import OwnPin, Resident
from noaber.network.residents.services_card import forget_own_pin

Items = Sequence[Mapping[str, Any]]


def _entries(resident_id: UUID) -> Items:
    rows = Entry.objects.filter(resident_id=resident_id).order_by("at")
    return [
        {
            "at": row.at,
            "way": row.get_way_display(),
            "second": row.get_second_display(),
            "succeeded": not row.refused,
            "times_on_this_day": row.times,
            "device": row.device,
        }
        for row in rows
    ]


def _erase_entries(resident_id: UUID, now: datetime) -> int:
    gone = Entry.objects.filter(resident_id=resident_id).delete()[0]
    gone += SentCode.objects.filter(resident_id=resident_id).delete()[0]
    return gone + EntryLink.objects.filter(resident_id=resident_id).delete()[0]


def _keys(resident_id: UUID) -> Items:
    account = Resident.objects.filter(pk=resident_id).values_list("account_id", flat=True).first()
    pin = OwnPin.objects.filter(resident_id=resident_id).first()
    passkeys = Authenticator.objects.filter(user_id=account, type=Authenticator.Type.WEBAUTHN)
    own = [{"kind": "eigen pincode", "chosen_at": pin.chosen_at}] if pin else []
    return own + [
        {"kind": "passkey", "name": str(row.wrap().name), "made_at": row.created_at}
        for row in passkeys
        if account
    ]


def _erase_keys(resident_id: UUID, now: datetime) -> int:
    account = Resident.objects.filter(pk=resident_id).values_list("account_id", flat=True).first()
    gone = Authenticator.objects.filter(user_id=account).delete()[0] if account else 0
    return gone + forget_own_pin(resident_id)


def _purge_entries(before: datetime, really: bool) -> int:
    rows = Entry.objects.filter(at__lt=before)
    return rows.delete()[0] if really else rows.count()


def register() -> None:
    """Called once at start."""
    registry.register(
        Holding(
            key="entrances.entries",
            words=gettext_noop("Wanneer u zich aanmeldde"),
            retention="session",
            models=("entrances.Entry", "entrances.SentCode", "entrances.EntryLink"),
            collect=_entries,
            erase=_erase_entries,
            purge=_purge_entries,
        )
    )
    registry.register(
        Holding(
            key="entrances.keys",
            words=gettext_noop("Uw eigen pincode en passkeys"),
            retention="contact",
            models=("residents.OwnPin",),
            collect=_keys,
            erase=_erase_keys,
        )
    )
