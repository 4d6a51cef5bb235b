"""Her card, and the pin she chose herself.

A card comes with a pin that the practice said aloud, so the practice knows it. Her own pin is hers alone:
once she chose one, the pin of every card stops, and a new card comes without a pin.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn, new_reference, read_reference
from noaber.hallway.access import gate
from noaber.network.residents.models import AccessCard, OwnPin
from noaber.network.residents.reaching import is_mobile as is_mobile
from noaber.network.residents.types import Card

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
LOCK_MOST = timedelta(days=7)
WORTHLESS_AFTER = 100
"""Wrong pins in a row after which the right one opens nothing either, until she chooses another with a code
or gets a new card. Four digits would be found in the end by whoever keeps her card and has the patience."""
_PLAIN = re.compile(r"\s+")
_EASY = frozenset({"1234", "12345", "123456", "4321", "0123", "2580", "wachtwoord", "welkom", "geheim"})

NO_ENTRY = Invalid(
    "card_not_recognised",
    happened="Deze code en pincode horen niet bij elkaar.",
    why="Misschien staat er een letter of cijfer verkeerd.",
    now_what="Kijk nog eens op uw kaart. Lukt het niet? Bel uw huisarts of uw vaste persoon.",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose card it was, and whether the pin was one that she alone knows."""

    account_id: UUID
    resident_id: UUID
    own: bool


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _fingerprint(code: str) -> str:
    return _keyed(f"card:{code}")


def _pin_fingerprint(code_hash: str, pin: str) -> str:
    """Four digits cannot be guarded by slow hashing; the secret key, the lock and the throttle guard them."""
    return _keyed(f"pin:{code_hash}:{pin}")


def _own_fingerprint(resident_id: UUID | None, pin: str) -> str:
    return _keyed(f"own-pin:{resident_id}:{_read(pin)}")


def _read(pin: str) -> str:
    """As it is compared: small letters, no spaces."""
    return _PLAIN.sub("", pin).casefold()


def is_own_pin(resident_id: UUID, pin: str) -> bool:
    """Whether this is her own pin, or before she chose one the pin of her card. The caller counts tries."""
    own = OwnPin.objects.filter(resident_id=resident_id).first()
    if own is not None:
        return hmac.compare_digest(own.pin_hash, _own_fingerprint(resident_id, pin))
    card = AccessCard.objects.filter(resident_id=resident_id, revoked_at__isnull=True).first()
    given = _pin_fingerprint(card.code_hash if card else "", pin.strip())
    return hmac.compare_digest(card.pin_hash if card else "", given)


def has_own_pin(resident_id: UUID) -> bool:
    """Whether she chose a pin that nobody else was told."""
    return OwnPin.objects.filter(resident_id=resident_id).exists()


def has_own_pin_at_door(resident_id: UUID) -> bool:
    """The same, asked by the house while she is not signed in yet."""
    with gate.as_system("kijken of zij zelf een pincode koos"):
        return has_own_pin(resident_id)


def give_card(resident_id: UUID, *, now: datetime) -> Card:
    """A fresh card; older ones stop working. Without a pin when she has her own: that one goes on."""
    AccessCard.objects.filter(resident_id=resident_id, revoked_at__isnull=True).update(revoked_at=now)
    own = has_own_pin_at_door(resident_id)
    card = Card(code=new_reference(), pin="" if own else f"{secrets.randbelow(10_000):04d}")
    code_hash = _fingerprint(card.code)
    AccessCard.objects.create(
        resident_id=resident_id,
        code_hash=code_hash,
        pin_hash=_pin_fingerprint(code_hash, card.pin) if card.pin else "",
        created_at=now,
    )
    return card


def open_with_card(*, code: str, pin: str, now: datetime) -> UUID:
    """The account behind a card and its pin, as `open_card`; whoever calls asks for no second proof."""
    return open_card(code=code, pin=pin, now=now).account_id


def open_card(*, code: str, pin: str, now: datetime) -> Opened:
    """Whose card this is, when the pin fits: her own, or before she chose one the pin of the card.

    After five wrong pins in a row it rests for a quarter of an hour, after five more twice as long, and so
    on. Her own pin is counted, not the card: another card gives no new tries. A wrong code, a wrong pin and
    one that rests all get the same answer, in about the same time. The count of failures must survive the
    refusal, so the caller may not roll this transaction back.
    """
    with gate.as_system("aanmelden met de kaart"):
        card = _card(code)
        own = _own_pin(card.resident_id) if card else None
    if own is not None:
        wanted, given = own.pin_hash, _own_fingerprint(own.resident_id, pin)
    else:
        wanted = card.pin_hash if card else ""
        given = _pin_fingerprint(card.code_hash if card else "", pin.strip())
    right = hmac.compare_digest(wanted, given)
    if card is None or not _counts(own or card, right, now=now):
        raise NO_ENTRY
    account_id = card.resident.account_id
    if account_id is None:
        raise NO_ENTRY
    return Opened(account_id, card.resident_id, own=own is not None)


def _own_pin(resident_id: UUID) -> OwnPin | None:
    return OwnPin.objects.select_for_update(of=("self",)).filter(resident_id=resident_id).first()


def _counts(kept: OwnPin | AccessCard, right: bool, *, now: datetime) -> bool:
    """Whether a right pin opens something now; a wrong one is counted and makes it rest ever longer."""
    if kept.failures >= WORTHLESS_AFTER or (kept.locked_until and kept.locked_until > now):
        return False
    if right and not kept.failures:
        return True
    kept.failures = 0 if right else kept.failures + 1
    if not right and kept.failures % LOCK_AFTER == 0:
        kept.locked_until = now + min(LOCK_MOST, LOCK_FOR * 2 ** (kept.failures // LOCK_AFTER - 1))
    with gate.as_system("het aantal verkeerde pincodes bewaren"):
        kept.save(update_fields=["failures", "locked_until"])
    return right


def _card(code: str) -> AccessCard | None:
    return (
        AccessCard.objects.select_for_update(of=("self",))
        .select_related("resident")
        .filter(code_hash=_fingerprint(read_reference(code) or ""), revoked_at__isnull=True)
        .first()
    )


def resident_of_card(code: str) -> UUID | None:
    """Whose living card has this code; nothing is proved with it yet."""
    with gate.as_system("een code sturen bij een kaart"):
        card = AccessCard.objects.filter(
            code_hash=_fingerprint(read_reference(code) or ""), revoked_at__isnull=True
        ).first()
    return card.resident_id if card else None


def try_own_pin(resident_id: UUID, pin: str, *, now: datetime) -> bool:
    """Whether this is the pin she chose; wrong ones count together with those at the card.

    The caller may not roll back.
    """
    with gate.as_system("de eigen pincode nakijken"):
        own = _own_pin(resident_id)
        right = hmac.compare_digest(
            own.pin_hash if own else "", _own_fingerprint(own.resident_id if own else None, pin)
        )
        return own is not None and _counts(own, right, now=now)


@transaction.atomic
def choose_own_pin(resident_id: UUID, pin: str, *, now: datetime) -> None:
    """Keep the pin or word she chose, as a fingerprint. The pins that came with her cards stop.

    The caller has just made sure that it is her.
    """
    plain = _read(pin)
    with gate.as_system("de eigen pincode bewaren"):
        if not _may_be_pin(plain) or _is_given(resident_id, pin):
            raise Invalid(
                "own_pin_too_easy",
                happened="Deze pincode kan niet.",
                why="Hij is te makkelijk te raden, of iemand anders kent hem al.",
                now_what="Kies vier tot acht cijfers, of een woord van ten minste vijf letters.",
                fields={"pin": "Te makkelijk te raden, of een ander kent hem al. Kies een andere."},
            )
        OwnPin.objects.update_or_create(
            resident_id=resident_id,
            defaults={
                "pin_hash": _own_fingerprint(resident_id, pin),
                "chosen_at": now,
                "failures": 0,
                "locked_until": None,
            },
        )
        AccessCard.objects.filter(resident_id=resident_id, revoked_at__isnull=True).update(
            pin_hash="", failures=0, locked_until=None
        )


def forget_own_pin(resident_id: UUID) -> int:
    """Take her own pin away, because everything of her goes. Returns how many there were."""
    return OwnPin.objects.filter(resident_id=resident_id).delete()[0]


def _may_be_pin(plain: str) -> bool:
    if plain in _EASY or len(set(plain)) < 3 or len(plain) > 40 or contains_bsn(plain):
        return False
    return 4 <= len(plain) <= 8 if plain.isascii() and plain.isdigit() else len(plain) >= 5


def _is_given(resident_id: UUID, pin: str) -> bool:
    """Whether a card of hers came with this pin, so that whoever gave it knows it."""
    cards = AccessCard.objects.filter(resident_id=resident_id).exclude(pin_hash="")
    return any(
        hmac.compare_digest(card.pin_hash, _pin_fingerprint(card.code_hash, pin.strip())) for card in cards
    )
