"""The first and the second item of a sign-in: what is sent, what is checked, what she is told.

Nobody gets in with one item, nor with two that the practice knows. Every refusal reads the same, and the
count of tries must survive it: who calls these answers, and does not roll back.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop, override
from procrastinate.contrib.django import app

from noaber.hallway.access import gate
from noaber.hallway.access.types import ANONYMOUS, Actor
from noaber.hallway.accounts import throttle
from noaber.hallway.audit import services as audit
from noaber.hallway.post import services as post
from noaber.hallway.sealed import seal
from noaber.network.entrances.models import Entry, EntryLink, SentCode
from noaber.network.entrances.types import Broker
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest, Preferences, Resident
from noaber.network.residents.services_card import is_mobile

TEXT, MAIL, CALL = "text", "mail", "call"
CODE_LASTS = {TEXT: timedelta(minutes=15), MAIL: timedelta(minutes=15), CALL: timedelta(hours=24)}
LINK_LASTS = timedelta(hours=1)
TRIES = 5
CODES_PER_WINDOW = 4
CODE_WINDOW = timedelta(minutes=30)
KEPT_FOR = timedelta(days=90)

SUBJECT = gettext_noop("Bericht van Noaber")
CODE_BODY = gettext_noop("Uw code is %(code)s. Geef hem aan niemand, ook niet aan de telefoon.")
CODE_CALL = gettext_noop("Bel dit nummer en lees deze code voor: %(code)s. Zeg niet waar het over gaat.")
LINK_BODY = gettext_noop("Hier is uw link: %(link)s Hij werkt een uur, en één keer.")
LINK_BY_HAND = gettext_noop("U vroeg om een link om u aan te melden. Wij helpen u daar nu mee.")
KNOWN_PIN = gettext_noop(
    "Iemand meldde zich aan met de pincode van uw kaart. Was u dat niet? Bel dan uw vaste persoon."
)

_brokers: list[Callable[[], Broker | None]] = []


def register_broker(broker: Callable[[], Broker | None]) -> None:
    """Let the room of sign-in services say whether there is one now."""
    _brokers[:] = [broker]


def broker() -> Broker | None:
    """The sign-in service that is connected, if there is one."""
    return _brokers[0]() if _brokers else None


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


# --- the code by another channel -----------------------------------------------------------------


def channels(resident_id: UUID, *, not_by: str = "") -> list[str]:
    """The ways by which a code can reach her now, best first. Never the one by which the link came.

    She asks for it at that very moment, so a text may go unless she said that she wants none.
    """
    with gate.as_system("een weg zoeken voor een code"):
        person = Resident.objects.select_related("preferences").get(pk=resident_id)
    wish: Preferences | None = getattr(person, "preferences", None)
    open_ways = {
        TEXT: bool(settings.TEXT_URL) and is_mobile(person.phone) and (wish is None or wish.may_text),
        MAIL: bool(person.email) and (wish is None or wish.may_mail),
        CALL: bool(person.phone) and (wish is None or wish.may_ring),
    }
    return [way for way, is_open in open_ways.items() if is_open and way != not_by]


@transaction.atomic
def send_code(resident_id: UUID, *, not_by: str = "", now: datetime) -> tuple[str, str]:
    """Send her six digits by the best way. Gives its id and way; after too many, an id that fits nothing."""
    ways = channels(resident_id, not_by=not_by)
    calm = throttle.allows(
        "entrance-code", str(resident_id), limit=CODES_PER_WINDOW, window=CODE_WINDOW, now=now
    )
    if not ways or not calm:
        return str(uuid4()), ways[0] if ways else ""
    code = f"{secrets.randbelow(1_000_000):06d}"
    with gate.as_system("een code sturen"):
        person = Resident.objects.get(pk=resident_id)
        row = SentCode(resident=person, channel=ways[0], sent_at=now, expires_at=now + CODE_LASTS[ways[0]])
        row.code_hash = _keyed(f"entrance-code:{row.pk}:{code}")
        row.save()
        with override(person.language):
            words = residents.told(CODE_CALL if ways[0] == CALL else CODE_BODY, {"code": code})
            post.queue(
                key=f"entrance-code:{row.pk}",
                address=person.email if ways[0] == MAIL else person.phone,
                account_id=person.account_id,
                subject=residents.told(SUBJECT),
                body=words,
                channel=ways[0],
                now=now,
            )
    return str(row.pk), ways[0]


def try_code(code_id: str, resident_id: UUID, code: str, *, now: datetime) -> bool:
    """Whether this is the code that was sent; five tries, once, until it expires."""
    digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    with gate.as_system("een code nakijken"):
        row = SentCode.objects.select_for_update().filter(pk=code_id, resident_id=resident_id).first()
        right = hmac.compare_digest(
            row.code_hash if row else "", _keyed(f"entrance-code:{row.pk if row else code_id}:{digits}")
        )
        if row is None or row.used_at or row.tries >= TRIES or row.expires_at <= now:
            return False
        row.tries += 1
        row.used_at = now if right else None
        row.save(update_fields=["tries", "used_at"])
        return right


# --- the link ------------------------------------------------------------------------------------


def ask_for_link(address: str) -> None:
    """Queue looking for this mail address or number. The same work whether or not it is known here."""
    app.configure_task("entrances.send_links", queue="post").defer(sealed_address=seal(address.strip()[:254]))


def send_links(address: str, *, now: datetime) -> int:
    """Send a link to whoever has this address, the way she allowed. Returns how many; at most three.

    Addresses are sealed and cannot be searched, so each resident is looked at. No list of fingerprints of
    addresses is kept: it would tell who is known here to whoever has the key.
    """
    wanted = _same(address)
    if not wanted:
        return 0
    with gate.as_system("een link sturen aan wie erom vroeg"):
        found = [
            person.pk
            for person in Resident.objects.filter(account__is_active=True).iterator(500)
            if wanted in (_same(person.email), _same(person.phone))
        ][:3]
    for resident_id in found:
        send_link(resident_id, now=now)
    return len(found)


def _same(address: str) -> str:
    """A mail address in small letters, or the last nine digits of a number."""
    if "@" in address:
        return address.strip().casefold()
    digits = "".join(sign for sign in address if sign.isascii() and sign.isdigit())
    return digits[-9:] if len(digits) >= 9 else ""


@transaction.atomic
def send_link(resident_id: UUID, *, now: datetime) -> str:
    """Send her a fresh link by the way she allowed; older ones stop. Returns that way."""
    with gate.as_system("een link sturen"):
        calm = throttle.allows("entrance-link", str(resident_id), limit=3, window=timedelta(hours=1), now=now)
        if not calm:
            return ""
        row, token = _new_link(resident_id, now=now)
        row.channel = residents.reach(
            resident_id,
            key=f"entrance-link:{row.pk}",
            subject=SUBJECT,
            body=LINK_BODY,
            by_hand=LINK_BY_HAND,
            values={"link": f"{settings.BASE_URL}/mijn/link/{token}/"},
            now=now,
        )
        row.save(update_fields=["channel"])
    return row.channel


def _new_link(resident_id: UUID, *, now: datetime) -> tuple[EntryLink, str]:
    EntryLink.objects.filter(resident_id=resident_id, used_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    row = EntryLink.objects.create(
        resident_id=resident_id,
        token_hash=_keyed(f"entrance-link:{token}"),
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    return row, token


def behind_link(token: str, *, now: datetime) -> EntryLink | None:
    """The link that someone holds; None for wrong, old, used and replaced ones alike."""
    return _living_link(now, token_hash=_keyed(f"entrance-link:{token}"))


def behind_link_id(link_id: str, *, now: datetime) -> EntryLink | None:
    """The same link a moment later, as long as it still works."""
    return _living_link(now, pk=link_id)


def _living_link(now: datetime, **which: str) -> EntryLink | None:
    with gate.as_system("een link nakijken"):
        return EntryLink.objects.filter(
            used_at=None, revoked_at=None, expires_at__gt=now, tries__lt=TRIES, **which
        ).first()


def count_link_try(link_id: str) -> None:
    """One wrong second item with this link; after five it is dead."""
    with gate.as_system("een verkeerde poging tellen"):
        EntryLink.objects.filter(pk=link_id).update(tries=F("tries") + 1)


def use_link(link_id: str, *, now: datetime) -> bool:
    """Use it up. Of two at the same moment one gets in."""
    with gate.as_system("een link gebruiken"):
        return bool(EntryLink.objects.filter(pk=link_id, used_at=None, revoked_at=None).update(used_at=now))


# --- what she is told ----------------------------------------------------------------------------


def note_refusal(resident_id: UUID, *, way: str, device: str, now: datetime) -> None:
    """Someone knew one item and not the other. Once an hour it is a new line; in between it is counted."""
    with gate.as_system("een geweigerde aanmelding noteren"):
        changed = Entry.objects.filter(
            resident_id=resident_id, way=way, refused=True, at__gt=now - timedelta(hours=1)
        ).update(times=F("times") + 1)
        if changed:
            return
        Entry.objects.create(resident_id=resident_id, at=now, way=way, refused=True, device=device)
    _log(ANONYMOUS, "entrance.refused", resident_id, "om zich als u aan te melden; dat lukte niet", now)


def note_known_pin(resident_id: UUID, *, now: datetime) -> None:
    """Tell her that someone came in with a pin that the practice knew too."""
    with gate.as_system("een aanmelding met een bekende pincode melden"):
        newest = HelpRequest.objects.filter(resident_id=resident_id).order_by("-received_at").first()
        if newest is not None:
            residents.tell(newest.pk, at=now, words=KNOWN_PIN, kind="known_pin")
    _log(ANONYMOUS, "entrance.known_pin", resident_id, "aangemeld met de pincode van uw kaart", now)


def log_own(actor: Actor, event_type: str, purpose: str, *, now: datetime) -> None:
    """One line about what she did with her own keys."""
    if actor.resident_id is not None:
        _log(actor, event_type, actor.resident_id, purpose, now)


def _log(actor: Actor, event_type: str, resident_id: UUID, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.EXECUTE,
        event_type=event_type,
        resident_id=resident_id,
        object_kind="entrance",
        part="uw aanmelding",
        purpose=purpose,
        now=now,
    )


def sweep(*, now: datetime) -> int:
    """Remove codes and links of yesterday, and lines about signing in older than `KEPT_FOR`."""
    day = timedelta(days=1)
    with gate.as_system("oude aanmeldingen opruimen"):
        gone = SentCode.objects.filter(expires_at__lt=now - day).delete()[0]
        gone += EntryLink.objects.filter(expires_at__lt=now - day).delete()[0]
        return gone + Entry.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
