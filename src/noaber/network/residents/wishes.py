"""Her wishes in words, for herself and for whoever plans or holds her conversation."""

from __future__ import annotations

from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.network.residents.types import Wishes

DAYS: dict[str, Promise] = {
    "1": gettext_lazy("maandag"),
    "2": gettext_lazy("dinsdag"),
    "3": gettext_lazy("woensdag"),
    "4": gettext_lazy("donderdag"),
    "5": gettext_lazy("vrijdag"),
}
PARTS: dict[str, Promise] = {
    "m": gettext_lazy("ochtend"),
    "a": gettext_lazy("middag"),
    "e": gettext_lazy("avond"),
}
TIMES = tuple(f"{day}{part}" for day in DAYS for part in PARTS)
MODES: dict[str, Promise] = {
    "live": gettext_lazy("Op een plek in de buurt"),
    "online": gettext_lazy("Online, met beeld"),
    "hybrid": gettext_lazy("Deels online"),
}
GENDERS: dict[str, Promise] = {
    "woman": gettext_lazy("Liefst met een vrouw"),
    "man": gettext_lazy("Liefst met een man"),
}
SAME_AS_PROFESSIONAL = {"woman": "v", "man": "m"}


def clean_times(keys: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Known dayparts in the order of the week. All of them is the same as no wish."""
    kept = tuple(key for key in TIMES if key in keys)
    return () if len(kept) == len(TIMES) else kept


def time_words(times: tuple[str, ...]) -> list[str]:
    """One line a day, such as 'maandag: ochtend, middag'."""
    lines = []
    for day, keys in groupby(clean_times(times), key=lambda key: key[0]):
        parts = ", ".join(str(PARTS[key[1]]) for key in keys)
        lines.append(_("%(day)s: %(parts)s") % {"day": DAYS[day], "parts": parts})
    return lines


def wish_lines(wishes: Wishes) -> tuple[str, ...]:
    """What she would like, one short line each; nothing where she has no wish."""
    lines = []
    if wishes.gender in GENDERS:
        lines.append(str(GENDERS[wishes.gender]))
    if wishes.person:
        lines.append(_("Liefst met: %(person)s") % {"person": wishes.person})
    times = time_words(wishes.times)
    if times:
        lines.append(_("Kan het best op %(times)s") % {"times": "; ".join(times)})
    return tuple(lines)


def contact_lines(wishes: Wishes) -> tuple[str, ...]:
    """What whoever rings or writes to her must know before they do."""
    lines = []
    if not wishes.may_ring:
        lines.append(_("Wil niet gebeld worden"))
    elif wishes.may_leave_message:
        lines.append(_("Bellen mag. Een bericht achterlaten mag."))
    else:
        lines.append(_("Bellen mag. Laat geen bericht achter, ook niet bij huisgenoten."))
    if not any((wishes.may_mail and wishes.email, wishes.may_text, wishes.may_ring, _by_post(wishes))):
        lines.append(_("Wil geen berichten. Kijkt zelf op haar eigen pagina."))
    return tuple(lines)


def _by_post(wishes: Wishes) -> bool:
    return bool(wishes.may_post and wishes.post_address)


def misses(wishes_gender: str, genders: list[str]) -> bool:
    """Whether nobody at this table is of the gender she asked for, as far as that is known of all of them."""
    wanted = SAME_AS_PROFESSIONAL.get(wishes_gender)
    if wanted is None or not genders or "" in genders:
        return False
    return wanted not in genders
