"""A language that nobody speaks: every sentence stands between ⟦ and ⟧, and is remembered.

What stands on a page outside these brackets was written down in Dutch without a mark for translation, or it
is somebody's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.utils.translation import trans_real

PSEUDO = "qps"
OPEN, CLOSE = "⟦", "⟧"


class Pseudo:
    """Stands where a catalogue stands in Django's machinery."""

    def __init__(self) -> None:
        self.dutch = trans_real.translation("nl")
        self.asked: set[tuple[str, str]] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.dutch, name)

    def language(self) -> str:
        """Its code."""
        return PSEUDO

    def to_language(self) -> str:
        """Its code."""
        return PSEUDO

    def gettext(self, message: str) -> str:
        """The Dutch sentence between brackets."""
        self.asked.add((message, ""))
        said = str(self.dutch.gettext(message))
        return f"{OPEN}{said}{CLOSE}" if said.strip() else said

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The Dutch form for this number between brackets."""
        self.asked.add((one, many))
        return f"{OPEN}{self.dutch.ngettext(one, many, number)}{CLOSE}"


@contextmanager
def spoken() -> Iterator[Pseudo]:
    """Inside, `?taal=qps` and the cookie work as for any language."""
    before, known = list(settings.LANGUAGES), dict(trans_real._translations)  # type: ignore[attr-defined]
    pseudo = Pseudo()
    settings.LANGUAGES = [*before, (PSEUDO, f"{OPEN}Pseudo{CLOSE}")]
    trans_real._translations[PSEUDO] = pseudo  # type: ignore[attr-defined]
    trans_real.get_languages.cache_clear()
    try:
        yield pseudo
    finally:
        settings.LANGUAGES = before
        trans_real._translations.clear()  # type: ignore[attr-defined]
        trans_real._translations.update(known)  # type: ignore[attr-defined]
        trans_real.get_languages.cache_clear()


SAID_IN = ("aria-label", "alt", "title", "placeholder")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style"}


class Page(HTMLParser):
    """Collects what is read or heard on a page, without what is marked as Dutch or not to be translated."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.mute: list[bool] = [False]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that are read aloud."""
        held = dict(attrs)
        language = held.get("lang")
        quiet = tag in SILENT or held.get("translate") == "no"
        mute = quiet or (self.mute[-1] if language is None else language != PSEUDO)
        if not mute:
            self.texts += [held[name] or "" for name in SAID_IN if name in held]
            if tag == "input" and held.get("type") in {"submit", "button"}:
                self.texts.append(held.get("value") or "")
        if tag not in VOID:
            self.mute.append(mute)

    def handle_endtag(self, tag: str) -> None:
        """Back to what stands around it."""
        if tag not in VOID and len(self.mute) > 1:
            self.mute.pop()

    def handle_data(self, data: str) -> None:
        """Words that can be read."""
        if not self.mute[-1] and data.strip():
            self.texts.append(data)


LETTERS = re.compile(r"[^\W\d_]{2,}")


def outside(html: str, *, own_words: Iterable[str]) -> list[str]:
    """What stands outside the brackets and is nobody's own words.

    A text node may begin inside a bracket that another node closes: brackets are counted over the whole page.
    """
    known = sorted({w.strip() for w in own_words if w and len(w.strip()) > 1}, key=len, reverse=True)
    left = []
    depth = 0
    for text in Page(html).texts:
        bare = []
        for part in re.split(f"([{OPEN}{CLOSE}])", text):
            if part == OPEN:
                depth += 1
            elif part == CLOSE:
                depth = max(0, depth - 1)
            elif not depth:
                bare.append(part)
        rest = " ".join(" ".join(bare).split())
        for word in known:
            if word in rest:
                rest = rest.replace(word, " ")
        if LETTERS.search(rest):
            left.append(" ".join(rest.split()))
    return left
