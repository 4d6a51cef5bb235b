"""Accessible pictures in pure Python: one function per shape of `ui.types`, all reached through `draw`."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.ui import formatting, svg
from noaber.hallway.ui.plots import draw_line_plot
from noaber.hallway.ui.strips import draw_day_strip
from noaber.hallway.ui.types import BarList, Chart, DayStrip, LinePlot, MoneyBar, Sparkline, WebPlot
from noaber.hallway.ui.webs import draw_web

MOST_PARTS = 3
PATTERNS = (gettext_lazy("vol"), gettext_lazy("gestreept"), gettext_lazy("licht"))


def draw(spec: Chart) -> SafeString:
    """The picture of a spec. Raises ValueError with what is wrong when it cannot be drawn."""
    match spec:
        case LinePlot():
            return draw_line_plot(spec)
        case BarList():
            return draw_bar_list(spec)
        case DayStrip():
            return draw_day_strip(spec)
        case Sparkline():
            return draw_sparkline(spec)
        case MoneyBar():
            return draw_money_bar(spec)
        case WebPlot():
            return draw_web(spec)


def draw_bar_list(spec: BarList) -> SafeString:
    """A table with a bar in each row: the table is its own text version."""
    svg.finite(spec.norm, spec.total, *(bar.value for bar in spec.bars))
    if not spec.bars:
        return format_html('<p class="soft">{}</p>', _("Nog niets om te tonen."))
    largest = max([bar.value or 0 for bar in spec.bars] + [spec.norm or 0, 0])
    body = format_html_join("", "{}", ((_bar_row(spec, index, largest),) for index in range(len(spec.bars))))
    foot = ""
    if spec.total is not None:
        foot = format_html(
            '<tfoot><tr><th scope="row">{}</th><td></td><td class="r">{}</td></tr></tfoot>',
            spec.total_label or _("Samen"),
            _say(spec.total, percent=spec.percent),
        )
    norm = ""
    if spec.norm is not None:
        norm = format_html(
            '<p class="small soft">{}</p>',
            _("Streep: %(label)s %(value)s")
            % {"label": spec.norm_label or _("norm"), "value": _say(spec.norm, percent=spec.percent)},
        )
    return format_html(
        '<table class="bars"><caption>{}</caption><thead><tr><th scope="col">{}</th><td></td>'
        '<th scope="col" class="r">{}</th></tr></thead><tbody>{}</tbody>{}</table>{}',
        spec.title,
        spec.label_head,
        spec.unit,
        body,
        foot,
        norm,
    )


def _bar_row(spec: BarList, index: int, largest: float) -> SafeString:
    bar = spec.bars[index]
    parts: list[SafeString] = []
    if bar.value and largest > 0:
        width = max(0.6, 100 * bar.value / largest)
        parts.append(svg.element("rect", {"x": 0, "y": 2, "width": width, "height": 12, "class": "f-deep"}))
    if spec.norm is not None and largest > 0:
        x = min(99.6, 100 * spec.norm / largest)
        parts.append(svg.line([(x, 0), (x, 16)], "bars-norm-edge"))
        parts.append(svg.line([(x, 0), (x, 16)], "bars-norm"))
    picture = svg.element(
        "svg",
        {"viewBox": "0 0 100 16", "preserveAspectRatio": "none", "aria_hidden": "true"},
        svg.joined(parts),
    )
    label = format_html('<a href="{}">{}</a>', bar.url, bar.label) if bar.url else bar.label
    value = formatting.DASH if bar.value is None else _say(bar.value, percent=spec.percent)
    note = format_html(' <span class="soft">{}</span>', bar.note) if bar.note else ""
    return format_html(
        '<tr><th scope="row">{}{}</th><td class="bars-bar">{}</td><td class="r">{}</td></tr>',
        label,
        note,
        picture,
        value,
    )


def _say(value: float, *, percent: bool) -> str:
    if percent:
        return formatting.percentage(value, 0 if round(value * 100, 1) == round(value * 100) else 1)
    return formatting.number(value, 0 if float(value).is_integer() else 1)


def draw_sparkline(spec: Sparkline) -> SafeString:
    """A small line with a dot at the last value; gaps stay gaps."""
    svg.finite(*spec.values)
    known = [(index, value) for index, value in enumerate(spec.values) if value is not None]
    if not known:
        return format_html('<span class="soft small">{}</span>', _("nog geen reeks"))
    lowest, highest = min(value for _i, value in known), max(value for _i, value in known)
    spread = highest - lowest

    def place(index: int, value: float) -> tuple[float, float]:
        x = 4 + 112 * index / max(1, len(spec.values) - 1)
        return (x, 16.0 if spread == 0 else 28 - 24 * (value - lowest) / spread)

    parts = [svg.line(run, "p-now p-thin") for run in _runs(spec, place) if len(run) > 1]
    x, y = place(*known[-1])
    parts.append(svg.element("circle", {"cx": x, "cy": y, "r": 3.5, "class": "f-deep"}))
    first, last = (_say(value, percent=spec.percent) for value in (known[0][1], known[-1][1]))
    told = _("%(label)s: van %(first)s naar %(last)s %(unit)s") % {
        "label": spec.label,
        "first": first,
        "last": last,
        "unit": spec.unit,
    }
    return svg.picture((120, 32), "spark plot", told.strip(), "", parts, width=120, height=32)


def _runs(spec: Sparkline, place: object) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(spec.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place(index, value))  # type: ignore[operator]
    return runs


def draw_money_bar(spec: MoneyBar) -> SafeString:
    """One bar of money, a pattern for each source, the words beneath."""
    svg.finite(*(part.thousands for part in spec.parts))
    if len(spec.parts) > MOST_PARTS:
        raise ValueError(f"a money bar shows at most {MOST_PARTS} parts, found {len(spec.parts)}")
    if any(part.thousands < 0 for part in spec.parts):
        raise ValueError("a money bar shows what comes in; an amount below zero does not fit")
    total = sum(part.thousands for part in spec.parts)
    if total <= 0:
        return format_html(
            '<p class="soft">{}</p>', _("Er hoort geen geld bij, of het bedrag is nog niet bekend.")
        )
    pieces, keys, x = [], [], 0.0
    for index, part in enumerate(spec.parts):
        width = 540 * part.thousands / total
        if width:
            pieces.append(_money_piece(index, x, width))
        keys.append(
            (_money_sample(index), part.label, formatting.euro_thousands(part.thousands), PATTERNS[index])
        )
        x += width
    told = ", ".join(f"{label} {amount}" for _s, label, amount, _p in keys)
    bar = svg.picture((540, 32), "money", told, "", pieces, preserveAspectRatio="none")
    key = format_html_join("", "<li>{}<span><strong>{} {}</strong>, {}</span></li>", keys)
    return format_html('<div class="money-bar">{}<ul class="money-key">{}</ul></div>', bar, key)


def _money_piece(index: int, x: float, width: float) -> SafeString:
    """Full, hatched, or light, with its own edge; a nested picture cuts the hatching off at its side."""
    edge: dict[str, object] = {"x": x + 1, "y": 1, "width": max(1.0, width - 2), "height": 30}
    if index == 0:
        return svg.element("rect", {**edge, "class": "f-deep"})
    if index == 2:
        return svg.element("rect", {**edge, "class": "money-light"})
    lines = (svg.line([(at - 32, 32), (at, 0)], "money-hatch") for at in range(0, int(width) + 44, 11))
    inside = svg.element(
        "svg", {"x": x + 1, "y": 1, "width": max(1.0, width - 2), "height": 30}, svg.joined(lines)
    )
    return svg.joined([inside, svg.element("rect", {**edge, "class": "money-edge"})])


def _money_sample(index: int) -> SafeString:
    return svg.element(
        "svg",
        {"viewBox": "0 0 32 32", "width": 16, "height": 16, "aria_hidden": "true"},
        _money_piece(index, 0.0, 32.0),
    )
