"""How figures and dates of KPIs read in Dutch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from noaber.ground.metrics import Figure
from noaber.hallway.ui import formatting
from noaber.steering.kpis.types import YearTarget

TYPES = {"I": "Inspanning", "R": "Resultaat"}
TYPE_MEANING = {
    "I": "Inspanning: de regio doet wat is afgesproken.",
    "R": "Resultaat: er verandert iets voor inwoners.",
}
MODES = {"live": "op een plek in de buurt", "online": "online", "hybrid": "deels online"}
ONE = {"pilots": "pilot", "teams": "team", "locaties": "locatie", "wijken": "wijk", "partijen": "partij"}
"""Units of which a plan asks for one."""

CLASSES = {"specialist_ggz": "specialistische ggz", "not_specialist_ggz": "geen specialistische ggz"}


def due_words(due_on: date | None, precision: str | None) -> str:
    """'31 december 2026', '4e kwartaal van 2026' or 'in 2026': as exact as the plan."""
    if due_on is None:
        return _("geen datum")
    parts = {"year": due_on.year, "quarter": (due_on.month + 2) // 3, "half": 1 if due_on.month <= 6 else 2}
    words = {
        "quarter": _("%(quarter)se kwartaal van %(year)s"),
        "half_year": _("%(half)se helft van %(year)s"),
        "year": _("in %(year)s"),
        "month": date_format(due_on, "F Y"),
    }
    return words[precision] % parts if precision in words else date_format(due_on, "j F Y")


def amount(value: float | None, unit_kind: str) -> str:
    """'1.446', '71,2%' or 'ja'; a dash for nothing."""
    if value is None:
        return formatting.DASH
    if unit_kind == "share":
        return formatting.percentage(value, 0 if round(value * 100, 1) == round(value * 100) else 1)
    if unit_kind == "percent":
        return f"{formatting.number(value, 0 if value == int(value) else 1)}%"
    if unit_kind == "yes_no":
        return _("ja") if value >= 1 else _("nee")
    return formatting.number(value)


def with_unit(value: float | None, unit_kind: str, unit: str) -> str:
    """'723 gesprekken', '73%', '1 document'."""
    if value is None:
        return formatting.DASH
    if unit_kind in {"share", "percent"}:
        return amount(value, unit_kind)
    word = ONE.get(unit, unit) if value == 1 else unit
    return f"{formatting.number(value)}{formatting.NBSP}{word}"


def with_figure(year: YearTarget, figure: Figure | None) -> YearTarget:
    """The target of a year with what was counted for it."""
    if figure is None:
        return year
    return replace(year, value=figure.value, n=figure.n)
