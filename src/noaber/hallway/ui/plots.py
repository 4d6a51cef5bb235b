"""The line plot: counted, expected, plan, target and bounds; wide and narrow; with its table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.hallway.ui import formatting, svg
from noaber.hallway.ui.types import LinePlot

MOST_X_LABELS = {True: 14, False: 5}
BOLD, SOFT = "t-b t-deep t-halo", "t-soft t-halo"


def draw_line_plot(spec: LinePlot) -> SafeString:
    """A figure with heading, both variants of the picture, caption and the same numbers as a table."""
    check(spec)
    caption = (
        format_html('<figcaption class="small soft">{}</figcaption>', spec.caption) if spec.caption else ""
    )
    return format_html(
        '<figure class="card stack plot-card"><h{0} class="plot-title">{1}</h{0}>{2}{3}{4}{5}</figure>',
        spec.level,
        spec.title,
        _Drawing(spec, wide=True).picture(),
        _Drawing(spec, wide=False).picture(),
        caption,
        plot_table(spec),
    )


def check(spec: LinePlot) -> None:
    """Refuse a plot whose numbers do not fit its periods."""
    if len(spec.counted) + len(spec.forecast) > len(spec.periods):
        raise ValueError(
            f"{len(spec.counted)} counted and {len(spec.forecast)} expected values "
            f"do not fit {len(spec.periods)} periods"
        )
    if len(spec.plan) > len(spec.periods):
        raise ValueError(f"{len(spec.plan)} planned values do not fit {len(spec.periods)} periods")
    svg.finite(*spec.counted, *spec.plan, spec.target, spec.lower, spec.upper)
    for point in spec.forecast:
        svg.finite(point.value, point.low, point.high)
    if any(value < 0 for value in (*spec.counted, *spec.plan, *(point.low for point in spec.forecast))):
        raise ValueError("a line plot starts at zero; a value below zero does not fit")


def say(spec: LinePlot, value: float) -> str:
    """A value as the plot's readers read it."""
    if spec.percent:
        return formatting.percentage(value, 0 if round(value * 100, 1) == round(value * 100) else 1)
    return formatting.number(value, 0 if float(value).is_integer() else 1)


def norms(spec: LinePlot) -> list[tuple[float, str, str, str]]:
    """Value, words, class of the line and class of the words, for target and bounds."""
    found = []
    if spec.upper is not None:
        found.append((spec.upper, spec.upper_label or _("Bovengrens"), "p-norm", "t-b t-warm t-halo"))
    if spec.target is not None:
        found.append((spec.target, spec.target_label or _("Doel"), "p-goal", "t-b t-halo"))
    if spec.lower is not None:
        found.append((spec.lower, spec.lower_label or _("Ondergrens"), "p-norm", "t-b t-warm t-halo"))
    return found


def describe(spec: LinePlot) -> str:
    """The picture in two or three sentences."""
    told = []
    if spec.counted:
        told.append(
            _("Geteld: %(value)s %(unit)s, tot en met %(period)s.")
            % {
                "value": say(spec, spec.counted[-1]),
                "unit": spec.unit,
                "period": spec.periods[len(spec.counted) - 1],
            }
        )
    else:
        told.append(_("Nog niets geteld."))
    if spec.forecast:
        last = spec.forecast[-1]
        told.append(
            _("Verwacht: %(value)s, tussen %(low)s en %(high)s.")
            % {"value": say(spec, last.value), "low": say(spec, last.low), "high": say(spec, last.high)}
        )
    told += [f"{words}: {say(spec, value)}." for value, words, _line, _text in norms(spec)]
    return " ".join(told)


def counted_words(spec: LinePlot) -> str:
    """'561 geteld'."""
    return _("%(value)s geteld") % {"value": say(spec, spec.counted[-1])}


def forecast_words(spec: LinePlot) -> tuple[str, str]:
    """'694 verwacht' and '664 tot 722'."""
    last = spec.forecast[-1]
    between = {"low": say(spec, last.low), "high": say(spec, last.high)}
    return _("%(value)s verwacht") % {"value": say(spec, last.value)}, _("%(low)s tot %(high)s") % between


def _dot(point: tuple[float, float], radius: int) -> SafeString:
    return svg.element("circle", {"cx": point[0], "cy": point[1], "r": radius, "class": "p-dot"})


@dataclass(frozen=True, slots=True)
class _Frame:
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    highest: float
    step: float
    slots: int

    def x(self, place: float) -> float:
        """Where the end of period number `place` stands; 0 is the start of the first."""
        return self.left + (self.right - self.left) * (place / self.slots if self.slots else 0)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - (self.bottom - self.top) * value / self.highest


class _Drawing:
    """One variant of a line plot; wide has direct labels at the right, narrow keeps everything inside."""

    def __init__(self, spec: LinePlot, *, wide: bool) -> None:
        self.spec, self.wide, self.size = spec, wide, 16 if wide else 14
        self.frame = self._frame()

    def _frame(self) -> _Frame:
        spec = self.spec
        values = [*spec.counted, *spec.plan, *(point.high for point in spec.forecast)]
        values += [value for value, *_rest in norms(spec)]
        largest = max([*values, 0.0])
        step = svg.nice_step(largest, whole=not spec.percent)
        highest = step
        while highest < largest - step * 1e-9 or highest - largest < step * 0.12:
            highest += step
        left = 14 + svg.width_of(say(spec, highest), self.size)
        width, height = (1180.0, 400.0) if self.wide else (340.0, 320.0)
        right = width - (136.0 if self.wide else 12.0)
        slots = len(spec.periods) - (0 if spec.cumulative else 1)
        return _Frame(width, height, left, right, 20.0, height - 34.0, highest, step, slots)

    def place(self, index: int) -> float:
        """The x of the end of period `index`, counted from 0."""
        return self.frame.x(index + 1 if self.spec.cumulative else index)

    def picture(self) -> SafeString:
        """The whole SVG, from back to front."""
        parts = [
            *self._grid(),
            *self._band(),
            *self._plan(),
            *self._norm_lines(),
            *self._counted_line(),
            *self._forecast_line(),
            *self._norm_words(),
            *self._labels(),
        ]
        css = "plot only-wide" if self.wide else "plot only-narrow"
        return svg.picture(
            (self.frame.width, self.frame.height), css, self.spec.title, describe(self.spec), parts
        )

    def _grid(self) -> list[SafeString]:
        frame, parts, value = self.frame, [], 0.0
        while value <= frame.highest + frame.step * 1e-9:
            y = frame.y(value)
            parts.append(svg.line([(frame.left, y), (frame.right, y)], "p-axis" if value == 0 else "p-grid"))
            parts.append(svg.text(frame.left - 8, y + 5, say(self.spec, value), "t-soft", self.size, "end"))
            value = round(value + frame.step, 9)
        count = len(self.spec.periods)
        every = max(1, -(-count // MOST_X_LABELS[self.wide]))
        for index in range(count - 1, -1, -every):
            anchor = "end" if not self.wide and index == count - 1 else "middle"
            x = self.place(index) + (8 if anchor == "end" else 0)
            parts.append(
                svg.text(x, frame.height - 10, self.spec.periods[index], "t-soft", self.size, anchor)
            )
        return parts

    def _plan(self) -> list[SafeString]:
        spec = self.spec
        if not spec.plan:
            return []
        points = [(self.place(index), self.frame.y(value)) for index, value in enumerate(spec.plan)]
        if spec.cumulative:
            points.insert(0, (self.frame.left, self.frame.y(0)))
        return [svg.line(points, "p-was")]

    def _norm_lines(self) -> list[SafeString]:
        frame = self.frame
        return [
            svg.line([(frame.left, frame.y(value)), (frame.right, frame.y(value))], css)
            for value, _words, css, _text in norms(self.spec)
        ]

    def _norm_words(self) -> list[SafeString]:
        """Above the line, the lower bound below it; the other side where the counted line passes."""
        parts, taken = [], list[tuple[float, float]]()
        for value, words, _line, text_css in norms(self.spec):
            label = f"{words} {say(self.spec, value)}"
            x, height = self.frame.left + 8, self.frame.y(value)
            sides = [height - 8, height + self.size + 3]
            if value == self.spec.lower and sides[1] < self.frame.bottom - 14:
                sides.reverse()
            passing = self._heights_between(x, x + svg.width_of(label, self.size))
            free = [y for y in sides if not any(y - self.size < line < y + 6 for line in passing)]
            y = (free or sides)[0]
            for other_y, other_end in taken:
                if abs(other_y - y) < self.size + 2:
                    x = max(x, other_end + 14)
            taken.append((y, x + svg.width_of(label, self.size)))
            parts.append(svg.text(x, y, label, text_css, self.size))
        return parts

    def _counted_points(self) -> list[tuple[float, float]]:
        points = [(self.place(index), self.frame.y(value)) for index, value in enumerate(self.spec.counted)]
        if self.spec.cumulative and points:
            points.insert(0, (self.frame.left, self.frame.y(0)))
        return points

    def _counted_line(self) -> list[SafeString]:
        points = self._counted_points()
        return [svg.line(points, "p-now")] if len(points) > 1 else []

    def _forecast_points(self) -> list[tuple[float, float]]:
        first = len(self.spec.counted)
        return [
            (self.place(first + index), self.frame.y(point.value))
            for index, point in enumerate(self.spec.forecast)
        ]

    def _band(self) -> list[SafeString]:
        spec, first = self.spec, len(self.spec.counted)
        if not spec.forecast:
            return []
        start = self._counted_points()[-1:] or [(self.frame.left, self.frame.y(0))]
        lows = [(self.place(first + i), self.frame.y(point.low)) for i, point in enumerate(spec.forecast)]
        highs = [(self.place(first + i), self.frame.y(point.high)) for i, point in enumerate(spec.forecast)]
        return [svg.line([*start, *highs, *reversed(lows)], "p-band", close=True)]

    def _forecast_line(self) -> list[SafeString]:
        points = self._forecast_points()
        start = self._counted_points()[-1:] or [(self.frame.left, self.frame.y(0))]
        return [svg.line([*start, *points], "p-next")] if points else []

    def _labels(self) -> list[SafeString]:
        """Dots and direct labels; a narrow picture stacks them where the lines leave room."""
        spec, parts = self.spec, list[SafeString]()
        counted, forecast = self._counted_points(), self._forecast_points()
        if counted:
            parts.append(_dot(counted[-1], 6))
        else:
            words, middle = _("Nog niets geteld"), (self.frame.left + self.frame.right) / 2
            parts.append(svg.text(middle, self.frame.bottom - 14, words, SOFT, self.size, "middle"))
        if forecast:
            parts.append(_dot(forecast[-1], 5))
        if not self.wide:
            return [*parts, *self._stacked_words()]
        if counted:
            parts += self._counted_words(counted[-1], last=not forecast)
        if forecast:
            x, y = forecast[-1]
            value, between = forecast_words(spec)
            parts += [svg.text(x + 12, y + 5, value, BOLD, self.size)]
            parts += [svg.text(x + 12, y + 24, between, SOFT, self.size)]
        if spec.plan:
            parts += self._plan_label()
        return parts

    def _counted_words(self, point: tuple[float, float], *, last: bool) -> list[SafeString]:
        x, y = point
        value, until = counted_words(self.spec), self.spec.counted_until
        if last and x > self.frame.right - 4:
            below = [svg.text(x + 12, y + 24, until, SOFT, self.size)] if until else []
            return [svg.text(x + 12, y + 5, value, BOLD, self.size), *below]
        whole = f"{value}, {until}" if until else value
        y_words = y + 26 if y < self.frame.bottom - 34 else y - 16
        return [svg.text(x + 8, y_words, whole, BOLD, self.size)]

    def _stacked_words(self) -> list[SafeString]:
        """At the right edge, under the lines where they pass; above them when there is no room below."""
        rows = [(counted_words(self.spec), BOLD)] if self.spec.counted else []
        if self.spec.forecast:
            value, between = forecast_words(self.spec)
            rows.append((f"{value}, {between}", SOFT))
        if not rows:
            return []
        edge = self.frame.width - 2
        reach = edge - max(svg.width_of(words, self.size) for words, _css in rows)
        height = (self.size + 4) * len(rows)
        passing = self._heights_between(reach, edge)
        y = max(passing) + self.size + 10
        if y + height - self.size > self.frame.bottom:
            y = min(passing) - height
        step = self.size + 4
        return [
            svg.text(edge, y + index * step, words, css, self.size, "end")
            for index, (words, css) in enumerate(rows)
        ]

    def _heights_between(self, start: float, end: float) -> list[float]:
        """How low and high the counted and expected lines pass between two x's."""
        points = [*self._counted_points(), *self._forecast_points()]
        found = [y for x, y in points if start <= x <= end]
        for (x0, y0), (x1, y1) in pairwise(points):
            found += [y0 + (y1 - y0) * (x - x0) / (x1 - x0) for x in (start, end) if x0 < x < x1]
        return found or [y for _x, y in points[-1:]]

    def _plan_label(self) -> list[SafeString]:
        index = len(self.spec.plan) * 2 // 5
        x, y = self.place(index), self.frame.y(self.spec.plan[index])
        words = self.spec.plan_label or _("het plan")
        behind = len(self.spec.counted) > index and self.spec.counted[index] > self.spec.plan[index]
        if behind:
            return [svg.text(x + 10, y + 22, words, SOFT, self.size)]
        return [svg.text(x - 10, y - 8, words, SOFT, self.size, "end")]


def plot_table(spec: LinePlot) -> SafeString:
    """The numbers of the plot, folded in."""
    if not spec.counted and not spec.forecast and not spec.plan:
        return svg.joined(())
    heads = [_("Periode")] + ([_("In de periode")] if spec.cumulative else [])
    heads += [_("Opgeteld") if spec.cumulative else spec.unit] + ([_("Plan")] if spec.plan else [])
    head = format_html_join(
        "", '<th scope="col"{}>{}</th>', ((_side(i), word) for i, word in enumerate(heads))
    )
    body = format_html_join("", "{}", ((_table_row(spec, index),) for index in range(len(spec.periods))))
    return format_html(
        '<details><summary>{}</summary><div class="scroll" role="region" tabindex="0" aria-label="{}">'
        '<table><caption class="sr">{}</caption><thead><tr>{}<th scope="col">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></div></details>",
        _("Dezelfde cijfers in een tabel"),
        _("Tabel: %(title)s") % {"title": spec.title},
        spec.title,
        head,
        _("Soort"),
        body,
    )


def _side(index: int) -> SafeString:
    return format_html(' class="{}"', "r") if index else svg.joined(())


def _table_row(spec: LinePlot, index: int) -> SafeString:
    counted = len(spec.counted)
    values = [*spec.counted, *(point.value for point in spec.forecast)]
    cells: list[str] = []
    value = values[index] if index < len(values) else None
    if spec.cumulative:
        cells.append(formatting.DASH if value is None else say(spec, value - [0.0, *values][index]))
    cells.append(formatting.DASH if value is None else say(spec, value))
    if spec.plan:
        cells.append(say(spec, spec.plan[index]) if index < len(spec.plan) else formatting.DASH)
    kind = _("geteld") if index < counted else _("nog niet")
    if counted <= index < len(values):
        point = spec.forecast[index - counted]
        kind = _("verwacht, %(low)s tot %(high)s") % {
            "low": say(spec, point.low),
            "high": say(spec, point.high),
        }
    return format_html(
        '<tr><th scope="row">{}</th>{}<td>{}</td></tr>',
        spec.periods[index],
        format_html_join("", '<td class="r">{}</td>', ((cell,) for cell in cells)),
        kind,
    )
