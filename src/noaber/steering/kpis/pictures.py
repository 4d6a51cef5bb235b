"""The pictures of one KPI: counted against plan, target and bounds, and the municipalities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from noaber.hallway.clock import day_of
from noaber.hallway.ui import formatting
from noaber.hallway.ui.types import Bar, BarList, ForecastPoint, LinePlot
from noaber.steering.kpis import rules
from noaber.steering.kpis.types import KpiPage, KpiValue, PlaceTable
from noaber.steering.kpis.wording import amount


def plot_of(page: KpiPage) -> LinePlot | None:
    """Counted month by month; None for a few things, or while no month is over."""
    value = page.value
    done = [month for month in page.months if month_end(month.first_day) <= day_of(value.as_of)]
    countable = value.is_share or all(month.evenly is not None for month in page.months)
    if (
        value.things
        or not done
        or not value.n
        or value.from_on is None
        or value.until_on is None
        or not countable
    ):
        return None
    ends = month_ends(value.from_on, value.until_on)
    common: dict[str, Any] = {
        "periods": tuple(date_format(end, "M").lower() for end in ends),
        "target": value.target,
        "lower": value.lower_bound if value.lower_bound != value.target else None,
        "upper": value.upper_bound if value.upper_bound != value.target else None,
        "counted_until": _("t/m %(day)s") % {"day": date_format(month_end(done[-1].first_day), "j F")},
    }
    if value.is_share:
        return LinePlot(
            title=share_finding(value),
            unit=_("van de gesprekken"),
            counted=tuple(month.share_so_far or 0.0 for month in done),
            target_label=_("Hoogstens"),
            caption=_(
                "Deel van de gesprekken vanaf het begin van het jaar dat naar specialistische ggz ging. "
                "Een maand die nog loopt, staat er niet in."
            ),
            cumulative=False,
            percent=True,
            **common,
        )
    return LinePlot(
        title=count_finding(value),
        unit=value.unit,
        counted=tuple(float(month.so_far) for month in done),
        forecast=forecast_points(value, ends[len(done) :]),
        plan=tuple(evenly(value, len(ends))),
        plan_label=_("het doel, gelijk verdeeld"),
        caption=_(
            "Opgeteld vanaf het begin van het jaar. Volle lijn: geteld. Streepjes: als het zo doorgaat. "
            "Een maand die nog loopt, staat er niet in."
        ),
        **common,
    )


def month_end(day: date) -> date:
    """The last day of this month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def month_ends(from_on: date, until_on: date) -> list[date]:
    """The last day of every month of a period."""
    found = [month_end(from_on)]
    while found[-1] < until_on:
        found.append(month_end(found[-1] + timedelta(days=1)))
    return found


def forecast_points(value: KpiValue, ends: list[date]) -> tuple[ForecastPoint, ...]:
    """What is expected at each of these month ends, by the rule of the forecast."""
    if value.forecast is None or value.n is None:
        return ()
    found = [
        rules.forecast(
            counted=value.n,
            in_last_days=value.forecast.counted_in_days,
            today=day_of(value.as_of),
            due_on=end,
        )
        for end in ends
    ]
    return tuple(ForecastPoint(f.expected, f.low, f.high) for f in found if f is not None)


def evenly(value: KpiValue, months: int) -> list[float]:
    """The target spread evenly over the months; nothing when there is no target."""
    return [value.target * (n + 1) / months for n in range(months)] if value.target is not None else []


def count_finding(value: KpiValue) -> str:
    """What the picture of a count says, in one sentence."""
    words = {"count": amount(value.value, value.unit_kind), "unit": value.unit, "year": value.year}
    findings = {
        "target_reached": _("In %(year)s zijn %(count)s %(unit)s geteld: het doel is gehaald"),
        "bound_reached": _("In %(year)s zijn %(count)s %(unit)s geteld: boven de ondergrens, onder het doel"),
        "bound_missed": _("In %(year)s zijn %(count)s %(unit)s geteld: onder de ondergrens"),
        "on_course": _("Als het zo doorgaat, halen we in %(year)s het doel"),
        "on_course_for_bound": _(
            "Als het zo doorgaat, komen we in %(year)s boven de ondergrens, maar niet aan het doel"
        ),
        "behind": _("Als het zo doorgaat, blijven we in %(year)s onder de ondergrens"),
    }
    return (
        findings.get(_standing_by_count(value), _("In %(year)s zijn tot nu toe %(count)s %(unit)s geteld"))
        % words
    )


def _standing_by_count(value: KpiValue) -> str:
    """How the count itself stands, also when the steering group has decided already."""
    if value.value is None:
        return ""
    measured = rules.Measured(
        value=value.value,
        target=value.target,
        lower_bound=value.lower_bound,
        upper_bound=value.upper_bound,
        lower_is_better=value.lower_is_better,
        closed=value.due_on is not None and value.due_on < day_of(value.as_of),
        forecast=value.forecast,
    )
    return rules.standing(
        state="open", measured=measured, from_on=value.from_on, due_on=value.due_on, today=day_of(value.as_of)
    ).code


def share_finding(value: KpiValue) -> str:
    """What the picture of a share says, in one sentence."""
    words = {
        "share": amount(value.value, "share"),
        "target": amount(value.target, "share"),
        "part": formatting.number(value.numerator),
        "n": formatting.number(value.n),
    }
    return (
        _("%(share)s ging naar specialistische ggz (%(part)s van %(n)s); afgesproken is hoogstens %(target)s")
        % words
    )


def places_of(table: PlaceTable | None) -> BarList | None:
    """The municipalities as bars, the small ones as one."""
    if table is None:
        return None
    bars = [Bar(name, float(count)) for name, count in table.rows]
    if table.together is not None and table.rows:
        bars.append(Bar(together_words(table), float(table.together)))
    return BarList(
        title=_("Gesprekken per gemeente"),
        label_head=_("Gemeente"),
        unit=_("Gesprekken"),
        bars=tuple(bars),
        total=float(table.total),
        total_label=_("Samen"),
    )


def together_words(table: PlaceTable) -> str:
    """'Tubbergen en Wierden samen'."""
    *most, last = table.together_names
    names = f"{', '.join(most)} {_('en')} {last}" if most else last
    return _("%(names)s samen") % {"names": names}
