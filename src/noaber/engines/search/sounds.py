"""How a Dutch word sounds, roughly, as one key: ei and ij, au and ou, c and k, d and t, g and ch fall
together.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = (
    (re.compile(r"isch(e?)"), r"is\1"),
    (re.compile(r"sch"), "sg"),
    (re.compile(r"tie"), "si"),
    (re.compile(r"ck|q(?=u)"), "k"),
    (re.compile(r"ku(?=[aeio])"), "kw"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th|dt"), "t"),
    (re.compile(r"ch"), "g"),
    (re.compile(r"ij|ei|ey"), "E"),
    (re.compile(r"ouw|auw|ou|au"), "A"),
    (re.compile(r"oe"), "U"),
    (re.compile(r"eeu|ieu|uw|eu"), "O"),
    (re.compile(r"ie|y"), "i"),
    (re.compile(r"sj|tj(?=e)"), "s"),
    (re.compile(r"c(?=[eiyE])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"v"), "f"),
    (re.compile(r"d(?![aeiouAEOU])"), "t"),
    (re.compile(r"b(?![aeiouAEOUlr])"), "p"),
    (re.compile(r"h(?![aeiouAEOU])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The key of a plain word; words that are often written for one another mostly share it."""
    key = word
    for pattern, put in _STEPS:
        key = pattern.sub(put, key)
    return key
