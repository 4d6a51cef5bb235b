"""A diary as a line: one figure from 0 to 10 for each day that was filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from noaber.hallway.ui import formatting, svg
from noaber.offer.self_help.types import SCALE_TOP, Block, BlockKind, DiaryDay

MOST_POINTS = 30
WIDTH, HEIGHT, LETTERS = 360.0, 190.0, 15
LEFT, RIGHT, TOP, BOTTOM = 34.0, 336.0, 14.0, 156.0


def points_of(
    blocks: Sequence[Block], entries: Sequence[DiaryDay]
) -> tuple[Block | None, list[tuple[date, int]]]:
    """The first scale of the diary, and its figures, the oldest first."""
    scale = next((block for block in blocks if block.kind is BlockKind.SCALE), None)
    if scale is None:
        return None, []
    found = [
        (entry.on, value)
        for entry in sorted(entries, key=lambda entry: entry.on)[-MOST_POINTS:]
        if isinstance(value := entry.answers.get(scale.key), int)
    ]
    return scale, found


def _across(part: float) -> float:
    return LEFT + 8 + (RIGHT - LEFT - 16) * part


def _up(value: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / SCALE_TOP


def line_of(points: Sequence[tuple[date, int]]) -> SafeString | None:
    """The drawing; nothing with fewer than two days. Days stand as far apart as they are."""
    if len(points) < 2:
        return None
    first, last = points[0][0], points[-1][0]
    days = (last - first).days or 1
    places = [(_across((day - first).days / days), _up(value)) for day, value in points]
    parts: list[str | SafeString] = []
    for value in (0, 5, SCALE_TOP):
        y = _up(value)
        parts.append(svg.line([(LEFT, y), (RIGHT, y)], "p-axis" if value == 0 else "p-grid"))
        parts.append(svg.text(LEFT - 8, y + 5, str(value), "t-soft", LETTERS, "end"))
    parts.append(svg.line(places, "p-now"))
    parts += [svg.element("circle", {"cx": x, "cy": y, "r": 4.5, "class": "p-dot"}) for x, y in places]
    parts.append(svg.text(LEFT, HEIGHT - 10, formatting.short_day(first), "t-soft", LETTERS))
    parts.append(svg.text(RIGHT, HEIGHT - 10, formatting.short_day(last), "t-soft", LETTERS, "end"))
    words = _("Van %(first)s op %(begin)s naar %(last)s op %(end)s.") % {
        "first": points[0][1],
        "begin": formatting.short_day(first),
        "last": points[-1][1],
        "end": formatting.short_day(last),
    }
    return svg.picture((WIDTH, HEIGHT), "plot", _("Uw cijfers van 0 tot 10"), words, parts)
