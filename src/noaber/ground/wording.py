"""In which language a sentence from a plan was written, for the `lang` of its place on screen."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[a-zà-ÿ]+")
_ENGLISH = frozenset(
    "the and of by is as to in or no not with for from are was be at than this that all per only both reads "
    "lost unreadable year day taken assumed named number list printed rounding source without it its where "
    "when "
    "which who what how they their can will".split()
)
_DUTCH = frozenset(
    "de het een en van in op te met voor aan dat die is zijn niet of naar bij als door uit om per ook wel "
    "geen worden wordt alle over".split()
)


def language_of(text: str) -> str:
    """'en' when the sentence has more English small words than Dutch ones, otherwise 'nl'."""
    words = _WORDS.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    dutch = sum(word in _DUTCH for word in words)
    return "en" if english > dutch else "nl"
