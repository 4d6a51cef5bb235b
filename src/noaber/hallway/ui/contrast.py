"""The colours of tokens.css and how well they read on each other (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent / "static" / "ui" / "tokens.css"
THEMES = {"light": r'\[data-theme="light"\] \{(.*?)\n\}', "dark": r'\n\[data-theme="dark"\] \{(.*?)\n\}'}

# Colour in front, surface behind, the least ratio: 4.5 for text, 3 for lines that carry meaning.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, surface, 4.5) for ink in ("ink", "ink-soft") for surface in ("paper", "card", "sunken")),
    *(("ink", tint, 4.5) for tint in ("deep-tint", "warm-tint", "ok-tint", "alarm-tint")),
    *(("ink-soft", tint, 4.5) for tint in ("deep-tint", "warm-tint")),
    *(("deep", surface, 4.5) for surface in ("paper", "card", "sunken", "deep-tint", "warm-tint")),
    *(("deep-hover", surface, 4.5) for surface in ("paper", "card", "deep-tint")),
    *(("warm", surface, 4.5) for surface in ("paper", "card", "warm-tint", "sunken")),
    *(("ok", surface, 4.5) for surface in ("paper", "card", "ok-tint")),
    *(("alarm", surface, 4.5) for surface in ("paper", "card", "alarm-tint")),
    ("on-deep", "deep", 4.5),
    ("on-deep", "deep-hover", 4.5),
    ("on-warm", "warm", 4.5),
    ("on-warm", "warm-hover", 4.5),
    ("card", "alarm", 4.5),
    ("paper", "ink", 4.5),
    ("on-demo", "demo", 4.5),
    *((data, "card", 3.0) for data in ("data-2", "data-3", "deep", "warm", "line-strong")),
    *(("line-strong", surface, 3.0) for surface in ("paper", "sunken")),
    *(("focus", surface, 3.0) for surface in ("paper", "card", "sunken")),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens and how they read on each other in both themes."""

    front: str
    back: str
    least: float
    light: float
    dark: float

    @property
    def enough(self) -> bool:
        """Both themes reach the least ratio."""
        return min(self.light, self.dark) >= self.least


@cache
def colours(theme: str) -> dict[str, str]:
    """Token name to #RRGGBB for 'light' or 'dark'."""
    block = re.search(THEMES[theme], TOKENS.read_text("utf-8"), re.DOTALL)
    if block is None:
        raise ValueError(f"tokens.css holds no block for theme {theme!r}")
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", block.group(1)))


def luminance(colour: str) -> float:
    """Relative luminance between 0 and 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast between two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def measured() -> tuple[Pair, ...]:
    """Every pair the house uses, measured now."""
    light, dark = colours("light"), colours("dark")
    return tuple(
        Pair(front, back, least, ratio(light[front], light[back]), ratio(dark[front], dark[back]))
        for front, back, least in PAIRS
    )
