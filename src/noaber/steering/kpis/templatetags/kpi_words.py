"""Filters that say a KPI in words: `{% load kpi_words %}`."""

from __future__ import annotations

from django import template

from noaber.hallway.ui import formatting
from noaber.steering.kpis import presentation, wording
from noaber.steering.kpis.types import KpiValue

register = template.Library()
register.filter("target_words", presentation.target_words)
register.filter("bounds_words", presentation.bounds_words)


@register.filter
def value_words(value: KpiValue) -> str:
    """'561', '71,2%', or a dash when nothing was counted."""
    return wording.amount(value.value, value.unit_kind)


@register.filter
def goal_figure(value: KpiValue) -> str:
    """The target as a bare figure."""
    return formatting.DASH if value.target is None else wording.amount(value.target, value.unit_kind)


@register.filter
def type_words(value: KpiValue) -> str:
    """'inspanning' or 'resultaat'."""
    return wording.TYPES.get(value.type, value.type).lower()
