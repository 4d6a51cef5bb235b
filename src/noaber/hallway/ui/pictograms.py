"""Small pictures beside the words of easy Dutch. Our own drawings, 24 by 24, one stroke.

Never without a word.
"""
# ruff: noqa: E501  # paths are drawn in one line

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

EASY = "nl-x-easy"
DRAWN = {
    "phone": '<path d="M6 3h3l2 5-2.500 1.500a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z"/>',
    "calendar": '<path d="M4 6h16v14H4ZM4 10.500h16M8 3.500v4M16 3.500v4M8 14h2M14 14h2M8 17h2"/>',
    "talk": '<path d="M3 5h12v8H8l-3 3v-3H3ZM17.500 9H21v8h-2v3l-3-3h-5v-2"/>',
    "home": '<path d="m3 12 9-8 9 8M6 10v10h12V10M10 20v-6h4v6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9 9.500a3 3 0 1 1 4 2.800c-.7.300-1 .8-1 1.700M12 17v.1"/>',
    "stop": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8ZM8 12h8"/>',
    "wait": '<path d="M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9"/>',
    "letter": '<path d="M3 6h18v12H3ZM3 7l9 7 9-7"/>',
    "eye": '<path d="M2.500 12c5-8 14-8 19 0-5 8-14 8-19 0Z"/><circle cx="12" cy="12" r="3"/>',
    "lock": '<path d="M5 11h14v9H5ZM8 11V8a4 4 0 0 1 8 0v3M12 14.500v2"/>',
    "heart": '<path d="M12 20C2 13 3 5 8 5c2 0 3 1 4 3 1-2 2-3 4-3 5 0 6 8-4 15Z"/>',
    "help": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.500"/><path d="m5.600 5.600 4 4M18.400 5.600l-4 4M5.600 18.400l4-4M18.400 18.400l-4-4"/>',
    "walk": '<circle cx="13" cy="4" r="2"/><path d="m8 11 3-3h3l1 3 3 1M11 8l-1 6 4 3 1 4M10 14l-2 3-3 4"/>',
    "yes": '<circle cx="12" cy="12" r="9"/><path d="m7.500 12.500 3 3 6-7"/>',
    "no": '<circle cx="12" cy="12" r="9"/><path d="m8.500 8.500 7 7M15.500 8.500l-7 7"/>',
    "card": '<path d="M3 6h18v12H3ZM3 10h18M6 14.500h4"/>',
    "group": '<circle cx="8" cy="9" r="3"/><circle cx="16.500" cy="9" r="2.500"/><path d="M2.500 19c.5-4 2.500-5.500 5.500-5.500s5 1.500 5.500 5.500M15 13.500c3.500-.5 6 1 6.500 5"/>',
    "paper": '<path d="M6 3h9l4 4v14H6ZM15 3v4h4M9 11h6M9 14h6M9 17h4"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.500 2.500"/>',
}
"""By name: what is drawn. The strokes take the colour of the words."""

OF_MENU = {
    "start": "home",
    "mijn": "card",
    "mijn_vraag": "question",
    "mijn_web": "heart",
    "wie_ziet_wat": "eye",
    "over_mij": "person",
    "aanbod": "group",
    "help_now": "help",
    "inloggen": "lock",
}
"""Which picture stands beside which entry of the menu."""


def pictogram(name: str) -> SafeString:
    """The picture of this name on a page in easy Dutch; nothing in another language or without a name."""
    if get_language() != EASY or name not in DRAWN:
        return SafeString("")
    return drawn(name)


def drawn(name: str) -> SafeString:
    """The picture of this name, whatever the language. Raises KeyError for an unknown name."""
    return format_html(
        '<svg class="picto" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(DRAWN[name]),  # noqa: S308  # drawn above, by us
    )
