"""The words around the figures of a KPI, in the order in which the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from noaber.ground.metrics import CountedItem
from noaber.ground.wording import language_of
from noaber.hallway.clock import day_of
from noaber.hallway.ui import formatting
from noaber.steering.kpis.types import ItemsPage, KpiPage, KpiValue
from noaber.steering.kpis.wording import CLASSES, MODES, TYPE_MEANING, TYPES, amount, with_unit


def bounds_words(value: KpiValue) -> str:
    """'ondergrens 650' or 'bovengrens 80%'; nothing when the plan gives none."""
    if value.lower_bound is not None and value.lower_bound != value.target:
        return _("ondergrens %(value)s") % {"value": amount(value.lower_bound, value.unit_kind)}
    if value.upper_bound is not None and value.upper_bound != value.target:
        return _("bovengrens %(value)s") % {"value": amount(value.upper_bound, value.unit_kind)}
    return ""


def target_words(value: KpiValue) -> str:
    """'723 gesprekken', 'hoogstens 73%', or that the plan gives no number."""
    if value.target is None:
        return _("geen getal in het plan")
    words = with_unit(value.target, value.unit_kind, value.unit)
    return _("hoogstens %(words)s") % {"words": words} if value.lower_is_better else words


def second_words(page: KpiPage) -> str:
    """Whether second conversations count in this figure, and how many there are."""
    value = page.value
    if value.left_out:
        return _(
            "Een tweede gesprek telt nu niet mee. Er zijn er %(count)s; die zitten niet in dit cijfer."
        ) % {"count": formatting.number(value.left_out)}
    if value.later:
        return _(
            "Een tweede gesprek telt nu mee: %(count)s van de %(n)s. "
            "Zonder die gesprekken zijn het er %(rest)s."
        ) % {
            "count": formatting.number(value.later),
            "n": formatting.number(value.n),
            "rest": formatting.number((value.n or 0) - value.later),
        }
    return ""


def decision_words(value: KpiValue) -> str:
    """What the steering group decided, or that it still has to."""
    if value.state == "open":
        return _("nog geen besluit")
    if value.decided_on is None:
        return value.standing.words
    return _("%(words)s, besloten op %(day)s") % {
        "words": value.standing.words,
        "day": date_format(value.decided_on, "j F Y"),
    }


def page_facts(page: KpiPage) -> dict[str, Any]:
    """The facts of one KPI beside its figures."""
    value = page.value
    cashier = ", ".join(value.cashiers) or _("nog niet aangewezen voor deze KPI")
    money = [
        {"term": _("Kassier"), "text": cashier},
        {
            "term": _("Uitbetaling"),
            "text": _("ja, als de KPI is gehaald") if value.payout else _("nee, geen geld aan deze KPI"),
        },
        {"term": _("Besluit"), "text": decision_words(value)},
    ]
    promised = [
        (_("Doel"), target_words(value)),
        (_("Grens"), bounds_words(value) or _("geen aparte grens in het plan")),
        (_("Klaar op"), value.due_text),
        (_("Soort"), TYPE_MEANING.get(value.type, value.type)),
        (_("Bewijs"), value.evidence or _("het plan noemt geen bewijs")),
    ]
    return {
        "money_facts": money,
        "promised_facts": promised,
        "decision": decision_words(value),
        "target": target_words(value),
        "bounds": bounds_words(value),
        "value_words": amount(value.value, value.unit_kind),
        "type_words": TYPES.get(value.type, value.type),
        "second": second_words(page),
        "years": year_rows(value) if len(value.years) > 1 else [],
        "rules": [(rule, language_of(rule)) for rule in page.payout_rules],
        "cashier_language": language_of(page.cashier_note),
        "remarks": [(text, language_of(text)) for text in (value.basis, value.note) if text],
    }


def year_rows(value: KpiValue) -> list[tuple[str, str, str]]:
    """Each year with its target and what was counted."""
    return [
        (year.due_text, amount(year.target, value.unit_kind), amount(year.value, value.unit_kind))
        for year in value.years
    ]


def item_rows(found: ItemsPage, shown: Iterable[CountedItem]) -> list[dict[str, Any]]:
    """The conversations of one page of the list."""
    return [
        {
            "item": item,
            "url": reverse("kpis:item", args=[found.region_slug, found.value.number, item.pseudonym]),
            "week": week_words(item),
            "month": date_format(day_of(item.happened_at), "F Y"),
            "mode": MODES.get(item.mode, item.mode),
            "sequence": sequence_words(item),
            "outcome": outcome_words(item),
        }
        for item in shown
    ]


def week_words(item: CountedItem) -> str:
    """'week 23 van 2026'."""
    year, week, _day = day_of(item.happened_at).isocalendar()
    return _("week %(week)s van %(year)s") % {"week": week, "year": year}


def sequence_words(item: CountedItem) -> str:
    """'eerste gesprek' or 'tweede gesprek'."""
    words = {1: _("eerste gesprek"), 2: _("tweede gesprek")}
    return words.get(item.sequence, _("%(n)se gesprek") % {"n": item.sequence})


def outcome_words(item: CountedItem) -> str:
    """The class in which the outcome counts."""
    words = CLASSES.get(item.outcome_class, item.outcome_class)
    return words if item.outcome_known else _("%(words)s, uitkomst nog niet bekend") % {"words": words}


def item_facts(item: CountedItem) -> dict[str, Any]:
    """Why this conversation counts, and what is known of it without anyone's name."""
    return {
        "reasons": [
            (_("Gevoerd"), date_format(day_of(item.happened_at), "j F Y")),
            (_("Uitkomst vastgelegd"), date_format(day_of(item.recorded_at), "j F Y")),
            (_("Telt in"), str(day_of(item.happened_at).year)),
            (_("Telt als"), outcome_words(item)),
        ],
        "about": [
            (_("Volgnummer"), sequence_words(item)),
            (_("Manier"), MODES.get(item.mode, item.mode)),
        ],
        "composition": item.composition,
    }


def thing_facts(item: CountedItem) -> list[tuple[str, str]]:
    """Why a thing that is no conversation counts; never a name of somebody."""
    since = (_("Telt sinds"), date_format(day_of(item.happened_at), "j F Y"))
    return [since, (_("Vastgelegd"), date_format(day_of(item.recorded_at), "j F Y")), *item.facts]
