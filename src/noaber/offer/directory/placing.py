"""The place inside a question: 'maatje enschede' is a maatje, near Enschede. Also a little misspelt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from noaber.engines.search import plain
from noaber.engines.search.lexicon import dutch
from noaber.engines.search.spelling import Speller
from noaber.offer.directory.nearby import Known, Near

MOST_WORDS = 4
SOUNDS_THE_SAME = 0.5
"""How far a name may lie from a word that is known, but is no Dutch word: rijsen."""
SHORTEST_NAME = 5
"""Letters of the shortest name that is found at the end of another word."""
NEAR_KM = 8.0
"""Who names a place looks there and just around it."""
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?(?:[a-z]{2}\b)?", re.IGNORECASE)
_LINKS = frozenset("in te bij rond rondom omgeving buurt nabij uit regio van".split())


@dataclass(frozen=True, slots=True)
class Placed:
    """A question without its place, and the place; None when it names none."""

    text: str
    near: Near | None


class Gazetteer:
    """The places that a region knows, to find them inside questions."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._names = {" ".join(plain(one.near.name).split()): one.near for one in reversed(known)}
        self._speller = Speller(name for name in self._names if " " not in name)
        self._postcodes: dict[str, Near] = {}
        for one in sorted(known, key=lambda one: -len(one.postcodes)):
            self._postcodes |= dict.fromkeys(one.postcodes, one.near)

    def within(self, text: str, is_known: Callable[[str], bool]) -> Placed:
        """The place that a question names.

        A misspelt name counts only where `is_known` knows no such word."""
        code = _POSTCODE.search(text)
        if code is not None and code[1] in self._postcodes:
            return Placed(_without(text, code.start(), code.end()), self._postcodes[code[1]])
        words = [(word.start(), word.end(), plain(word[0])) for word in re.finditer(r"[\w'’-]+", text)]
        for size in range(min(MOST_WORDS, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                name = " ".join(word for _, _, word in words[at : at + size])
                near = self._names.get(name) or (self._misspelt(name, is_known) if size == 1 else None)
                if near is not None:
                    return Placed(_without(text, words[at][0], words[at + size - 1][1]), near)
        for _start, end, word in words:
            ran = self._at_its_end(word, is_known)
            if ran is not None:
                name, near = ran
                return Placed(_without(text, end - len(name), end), near)
        return Placed(text, None)

    def _at_its_end(self, word: str, is_known: Callable[[str], bool]) -> tuple[str, Near] | None:
        """The place that was run together with the word before it: koffiehengelo."""
        for at in range(3, len(word) - SHORTEST_NAME + 1):
            near = self._names.get(word[at:])
            if near is not None and is_known(word[:at]):
                return word[at:], near
        return None

    def _misspelt(self, word: str, is_known: Callable[[str], bool]) -> Near | None:
        if len(word) < 5:
            return None
        most = 1.0 if not is_known(word) else SOUNDS_THE_SAME if word not in dutch() else 0.0
        found = self._speller.nearest(word, lambda _name: 1) if most else []
        return self._names[found[0][0]] if found and found[0][1] <= most else None


def _without(text: str, start: int, end: int) -> str:
    """The text without this stretch, and without the small word that led to it."""
    before = text[:start].split()
    while before and plain(before[-1]) in _LINKS:
        before.pop()
    return " ".join([*before, *text[end:].split()])
