"""Writing SVG and HTML elements with every text and attribute escaped, and the arithmetic of axes."""

from __future__ import annotations

import math
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Child = str | SafeString
LETTER_WIDTH = 0.52  # of the font size; Source Sans 3 averages a little less


def element(name: str, attributes: dict[str, object] | None = None, *children: Child) -> SafeString:
    """`<name attribute="…">children</name>`; an underscore in a name becomes a hyphen, None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{conditional_escape(shown(value))}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    return mark_safe(f"<{name}{written}>{joined(children)}</{name}>")  # noqa: S308  # every part is escaped above


def joined(parts: Iterable[Child]) -> SafeString:
    """The parts after each other, escaped unless they were safe already."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308


def shown(value: object) -> str:
    """A number short enough for an attribute; anything else as text."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def text(x: float, y: float, words: str, css: str, size: int, anchor: str = "start") -> SafeString:
    """Words at a place."""
    attributes: dict[str, object] = {"x": x, "y": y, "font_size": size, "class": css}
    if anchor != "start":
        attributes["text_anchor"] = anchor
    return element("text", attributes, words)


def line(points: Iterable[tuple[float, float]], css: str, *, close: bool = False) -> SafeString:
    """A path through points."""
    steps = " ".join(f"{shown(float(x))} {shown(float(y))}" for x, y in points)
    return element("path", {"d": f"M{steps}{'Z' if close else ''}", "class": css})


def picture(
    size: tuple[float, float], css: str, title: str, description: str, parts: Iterable[Child], **more: object
) -> SafeString:
    """An SVG with a title and a description that a screen reader speaks."""
    width, height = size
    return element(
        "svg",
        {"class": css, "viewBox": f"0 0 {shown(float(width))} {shown(float(height))}", "role": "img", **more},
        element("title", None, title),
        element("desc", None, description) if description else "",
        joined(parts),
    )


def width_of(words: str, size: float) -> float:
    """About how wide words are, in the unit of the font size."""
    return len(words) * size * LETTER_WIDTH


def nice_step(largest: float, *, steps: int = 4, whole: bool = True) -> float:
    """A round distance between grid lines so that about `steps` of them reach `largest`."""
    if largest < 1e-9:
        return 1.0 if whole else 0.1
    rough = largest / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return max(1.0, float(math.ceil(step))) if whole else step


def finite(*values: float | None) -> None:
    """Refuse what cannot be drawn."""
    for value in values:
        if value is not None and not math.isfinite(value):
            raise ValueError(f"a chart needs finite numbers, found {value!r}; leave out what is unknown")


def visually_hidden(words: str) -> SafeString:
    """Words for screen readers only."""
    return format_html('<span class="sr">{}</span>', words)
