"""A web of a few sides, drawn now and once before. It compares nothing with anybody and adds nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.hallway.ui import svg
from noaber.hallway.ui.types import WebPlot

WIDTH, HEIGHT = 400.0, 372.0
MIDDLE = (200.0, 186.0)
RADIUS = 126.0
RINGS = 5
FONT = 15
LEAST_SIDES, MOST_SIDES = 3, 12
LONGEST_LINE = 15
Point = tuple[float, float]


def draw_web(spec: WebPlot) -> SafeString:
    """The web with its labels, and how to read its lines. Too many sides to draw leave the table alone."""
    _check(spec)
    if len(spec.sides) > MOST_SIDES:
        return SafeString("")
    parts = [*_grid(spec), *_shape(spec, spec.was, "was"), *_shape(spec, spec.now, "now"), *_labels(spec)]
    drawing = svg.picture((WIDTH, HEIGHT), "plot web", spec.title, description(spec), parts)
    if not spec.was:
        return drawing
    keys = svg.joined([_key("now", spec.now_label), _key("was", spec.was_label)])
    return format_html('<p class="row web-key">{}</p>{}', keys, drawing)


def description(spec: WebPlot) -> str:
    """The picture in words, for who does not see it."""
    told = _("Web met %(n)s kanten, van %(least)s in het midden tot %(most)s aan de rand.") % {
        "n": len(spec.sides),
        "least": spec.least,
        "most": spec.most,
    }
    lines = [told]
    if spec.was:
        lines.append(_("De volle lijn is nu, de stippellijn is toen."))
    lines.append(_("De getallen staan ook in de tabel."))
    return " ".join(lines)


def _check(spec: WebPlot) -> None:
    svg.finite(*spec.now, *spec.was)
    if len(spec.sides) < LEAST_SIDES:
        raise ValueError(f"a web needs at least {LEAST_SIDES} sides, found {len(spec.sides)}")
    if len(spec.now) != len(spec.sides) or (spec.was and len(spec.was) != len(spec.sides)):
        raise ValueError("a web needs one value for each side; None is a side that was left empty")
    if any(v is not None and not spec.least <= v <= spec.most for v in (*spec.now, *spec.was)):
        raise ValueError(f"a value of a web lies between {spec.least} and {spec.most}")


def _place(spec: WebPlot, side: int, share: float) -> Point:
    """A point on one side: share 0 is the middle, 1 the edge. The first side points up."""
    angle = -pi / 2 + 2 * pi * side / len(spec.sides)
    return MIDDLE[0] + RADIUS * share * cos(angle), MIDDLE[1] + RADIUS * share * sin(angle)


def _grid(spec: WebPlot) -> list[SafeString]:
    sides = range(len(spec.sides))
    rings = [
        svg.line(
            [_place(spec, side, ring / RINGS) for side in sides],
            "f-card k-strong" if ring == RINGS else "p-grid f-none",
            close=True,
        )
        for ring in range(RINGS, 0, -1)
    ]
    return [*rings, *(svg.line([MIDDLE, _place(spec, side, 1)], "p-grid") for side in sides)]


def _shape(spec: WebPlot, values: Sequence[float | None], when: str) -> list[SafeString]:
    """A closed line when every side has a value; otherwise lines between neighbours and loose dots."""
    points = [
        None if value is None else _place(spec, side, (value - spec.least) / (spec.most - spec.least))
        for side, value in enumerate(values)
    ]
    known = [point for point in points if point is not None]
    parts: list[SafeString] = []
    if len(known) == len(points) and known:
        if when == "now":
            parts.append(svg.element("g", {"opacity": ".16"}, svg.line(known, "f-deep", close=True)))
        parts.append(svg.line(known, f"p-{when}", close=True))
    else:
        pairs = zip(points, [*points[1:], *points[:1]], strict=True)
        parts.extend(svg.line([a, b], f"p-{when}") for a, b in pairs if a and b)
    return [*parts, *(_dot(point, when) for point in known)]


def _dot(point: Point, when: str) -> SafeString:
    x, y = point
    if when == "was":
        return svg.element("rect", {"x": x - 4, "y": y - 4, "width": 8, "height": 8, "class": "p-dot-was"})
    return svg.element("circle", {"cx": x, "cy": y, "r": 6, "class": "p-dot"})


def _labels(spec: WebPlot) -> list[SafeString]:
    return [_label(spec, side) for side in range(len(spec.sides))]


def _label(spec: WebPlot, side: int) -> SafeString:
    """The name of a side beside its end, and what was said of it."""
    x, y = _place(spec, side, 1)
    out_x, out_y = (x - MIDDLE[0]) / RADIUS, (y - MIDDLE[1]) / RADIUS
    lines = [*_broken(spec.sides[side])]
    height = 17 * (len(lines) + 1)
    top = y + out_y * 16 + (0 if out_y > 0.5 else -height if out_y < -0.5 else -height / 2) + 13
    room = max(svg.width_of(words, FONT) for words in (*lines, _told(spec, side))) / 2 + 2
    at = min(max(x + out_x * (12 + room * 0.75), room), WIDTH - room)
    told = svg.element("tspan", {"x": at, "dy": 17, "font_weight": 400, "class": "t-soft"}, _told(spec, side))
    named = [
        svg.element("tspan", {"x": at, "dy": 0 if number == 0 else 17}, words)
        for number, words in enumerate(lines)
    ]
    return svg.element(
        "text",
        {"x": at, "y": top, "text_anchor": "middle", "font_size": FONT, "class": "t-b"},
        *named,
        told,
    )


def _broken(words: str) -> list[str]:
    """A long name on two lines."""
    if len(words) <= LONGEST_LINE or " " not in words:
        return [words]
    parts = words.split(" ")
    cut = min(range(1, len(parts)), key=lambda n: abs(len(" ".join(parts[:n])) - len(" ".join(parts[n:]))))
    return [" ".join(parts[:cut]), " ".join(parts[cut:])]


def said(value: float | None) -> str:
    """A value as words: the number, or that it was left empty."""
    return _("leeg") if value is None else f"{value:g}"


def _told(spec: WebPlot, side: int) -> str:
    now = said(spec.now[side])
    if not spec.was:
        return now
    return _("nu %(now)s, toen %(was)s") % {"now": now, "was": said(spec.was[side])}


def _key(when: str, words: str) -> SafeString:
    line = svg.line([(1, 7), (43, 7)], f"p-{when}")
    mark = _dot((22, 7), when)
    drawn = svg.element(
        "svg", {"width": 44, "height": 14, "viewBox": "0 0 44 14", "aria_hidden": "true"}, line, mark
    )
    return format_html('<span class="row">{}{}</span>', drawn, words)
