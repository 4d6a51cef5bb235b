"""Reach her the way she allowed: by mail, else by text, else on paper, else by phone, else not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.hallway.access import gate
from noaber.hallway.languages import speaking
from noaber.hallway.post import services as post
from noaber.hallway.ui.formatting import long_date, moment
from noaber.network.residents.models import Resident, Sending
from noaber.network.residents.preferring import wishes_of_row
from noaber.network.residents.telling import told
from noaber.network.residents.types import Wishes

GUARD = "residents.reach"
MAIL, TEXT, LETTER, CALL = "mail", "text", "letter", "call"
ENCLOSED = gettext_noop("De tijd staat in de bijlage.")
LEAVE_NO_MESSAGE = gettext_noop("Spreek niets in en laat geen bericht achter bij huisgenoten.")
MAY_LEAVE_MESSAGE = gettext_noop("Een bericht achterlaten mag. Zeg niet waar het over gaat.")

Guard = post.Guard
_checks: dict[str, Guard] = {}
OtherWay = Callable[[UUID], tuple[str, str]]
_other_ways: list[OtherWay] = []


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to her that are open, with the address of each."""

    mail: str = ""
    text: str = ""
    letter: str = ""
    call: str = ""
    may_leave_message: bool = False

    def address(self, channel: str) -> str:
        """Where a message by this channel goes; empty when that way is closed."""
        return {MAIL: self.mail, TEXT: self.text, LETTER: self.letter, CALL: self.call}.get(channel, "")

    @property
    def first(self) -> str:
        """The channel that comes first, or empty: then she looks for herself."""
        return next((channel for channel in (MAIL, TEXT, LETTER, CALL) if self.address(channel)), "")


def is_mobile(phone: str) -> bool:
    """Whether a text message can arrive at this number."""
    digits = "".join(c for c in phone if c.isdigit())
    abroad = phone.startswith("+") and not phone.startswith("+31")
    return abroad or digits.startswith(("06", "316", "00316"))


def ways(wishes: Wishes) -> Ways:
    """What she allowed, as far as there is an address for it."""
    return Ways(
        mail=wishes.email if wishes.may_mail else "",
        text=wishes.phone if wishes.may_text and is_mobile(wishes.phone) else "",
        letter=wishes.post_address if wishes.may_post else "",
        call=wishes.phone if wishes.may_ring else "",
        may_leave_message=wishes.may_leave_message,
    )


def can_be_reached(wishes: Wishes) -> bool:
    """Whether any way to her is open."""
    return bool(ways(wishes).first)


def register_other_way(other_way: OtherWay) -> None:
    """Let a room say through whose (phone, address) she wants to be reached when she has none of her own."""
    _other_ways[:] = [other_way]


def ways_to(person: Resident) -> Ways:
    """The open ways to this resident: her own first, then through whom she named."""
    hers = ways(wishes_of_row(person))
    if (hers.letter and hers.call) or not _other_ways:
        return hers
    phone, address = _other_ways[0](person.pk)
    return replace(hers, letter=hers.letter or address, call=hers.call or phone)


def _person(resident_id: UUID) -> Resident:
    return Resident.objects.select_related("preferences").get(pk=resident_id)


@transaction.atomic
def reach(
    resident_id: UUID,
    *,
    key: str,
    subject: str,
    body: str,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    by_hand: str = "",
    calendar: bytes | None = None,
    calendar_method: str = "",
    guard: str = "",
    guard_id: str = "",
) -> str:
    """Send her a neutral message by the first channel that she allows. Returns that channel, or ''.

    `subject`, `body` and `by_hand` are msgids, with %(name)s for each of the `values` (a moment or a day is
    put in words); they travel in her language. `by_hand` stands instead of `body` on paper and by phone,
    where no calendar entry can go along. The same `key` twice is one message, also when she changed her mind
    about the channel in between. Just before it goes, `guard` is asked, and whether she still allows it.
    """
    with gate.as_system("de inwoner bereiken"):
        person = _person(resident_id)
        open_ways = ways_to(person)
        if not open_ways.first:
            return ""
        sending, fresh = Sending.objects.get_or_create(
            key=key,
            defaults={
                "resident": person,
                "channel": open_ways.first,
                "guard": guard,
                "guard_id": guard_id,
                "queued_at": now,
            },
        )
        if not fresh:
            return sending.channel
        mail = sending.channel == MAIL
        with speaking(person.language):
            shown = _shown(values)
            title = told(subject, shown)
            words = _words(open_ways, sending.channel, body, by_hand, shown, enclosed=bool(calendar))
        post.queue(
            key=key,
            address=open_ways.address(sending.channel),
            account_id=person.account_id,
            subject=title,
            body=words,
            calendar=calendar if mail else None,
            calendar_method=calendar_method if mail else "",
            guard=GUARD,
            guard_id=str(sending.pk),
            channel=sending.channel,
            now=now,
        )
        return sending.channel


def _shown(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Moments and days in words, in the language that is on."""
    words = {}
    for name, value in (values or {}).items():
        if isinstance(value, datetime):
            value = moment(value)
        elif isinstance(value, date):
            value = long_date(value)
        words[name] = value
    return words


def _words(
    open_ways: Ways, channel: str, body: str, by_hand: str, values: Mapping[str, Any], *, enclosed: bool
) -> str:
    if channel == TEXT:
        return told(body, values)
    if channel == MAIL:
        lines = [told(body, values)] + ([told(ENCLOSED)] if enclosed else [])
    else:
        lines = [told(by_hand or body, values)]
    if channel == CALL:
        lines.append(told(MAY_LEAVE_MESSAGE if open_ways.may_leave_message else LEAVE_NO_MESSAGE))
    return "\n\n".join(lines) + "\n"


def register_guard(name: str, guard: Guard) -> None:
    """Let a room say, just before a message to her goes, whether it still may."""
    _checks[name] = guard


def may_still_go(sending_id: str) -> bool:
    """Whether she still allows this channel, and whoever sends it still wants it sent."""
    sending = Sending.objects.filter(pk=sending_id).first()
    if sending is None:
        return False
    if not ways_to(_person(sending.resident_id)).address(sending.channel):
        return False
    return not sending.guard or _checks[sending.guard](sending.guard_id)


def register() -> None:
    """Called once at start."""
    post.register_guard(GUARD, may_still_go)
