"""Words for templates of groups: `{% load groups_words %}`."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.hallway.ui.formatting import number
from noaber.offer.groups import words
from noaber.offer.groups.types import GroupCard

register = template.Library()


@register.simple_tag
def weekly(card: GroupCard) -> str:
    """'Elke dinsdag, 19.00–21.00 uur', in the language of the page."""
    if card.weekday is None or card.from_time is None:
        return ""
    day = str(words.WEEKDAYS[card.weekday])
    every = ngettext("elke %(day)s", "elke %(n)s weken op %(day)s", card.every_weeks) % {
        "day": day,
        "n": card.every_weeks,
    }
    hours = f"{card.from_time:%H.%M}"
    if card.until_time is not None:
        hours += f"–{card.until_time:%H.%M}"
    return _("%(every)s, %(hours)s uur") % {"every": every, "hours": hours}


@register.filter
def direction(code: str) -> str:
    """'Opschalen' for 'up'."""
    return str(words.DIRECTIONS.get(code, code))


@register.filter
def hours_on(code: str) -> str:
    """'Voorbereiding en nawerk' for 'preparation'."""
    return str(words.HOURS_ON.get(code, code))


@register.filter
def signed(value: Decimal) -> str:
    """'+3,5' or '-3,5'."""
    return ("+" if value > 0 else "") + number(float(value), 1)
