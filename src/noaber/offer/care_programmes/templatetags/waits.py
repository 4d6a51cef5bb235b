"""How a number of weeks reads."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def in_weeks(value: float) -> str:
    """'7 weken', '1 week', '1,5 weken'."""
    if value == 1:
        return _("1 week")
    return _("%(n)s weken") % {"n": floatformat(value, "-1")}
