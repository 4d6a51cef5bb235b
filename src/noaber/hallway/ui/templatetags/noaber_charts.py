"""Pictures for templates: `{% load noaber_charts %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from noaber.hallway.ui import charts
from noaber.hallway.ui.types import Chart, MoneyBar, MoneyPart

register = template.Library()


@register.simple_tag
def chart(spec: Chart) -> SafeString:
    """Any picture of `ui.types`: LinePlot, BarList, DayStrip, Sparkline, MoneyBar or WebPlot."""
    return charts.draw(spec)


@register.simple_tag
def money_bar(iza: float | None, spuk: float | None) -> SafeString:
    """IZA and SPUK money of one KPI in thousands of euros, full beside hatched."""
    return charts.draw(MoneyBar((MoneyPart("IZA", iza or 0), MoneyPart("SPUK", spuk or 0))))


@register.inclusion_tag("ui/c/strip_key.html")
def strip_key() -> dict[str, Any]:
    """How to read the strip of days, once above the list."""
    return {}
