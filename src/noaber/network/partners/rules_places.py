"""Which place somebody means: exact, by its beginning, inside other words, or with a slip. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([a-z]{2})?")
_SOUNDS = (
    ("ij", "i"),
    ("ei", "i"),
    ("y", "i"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("ph", "f"),
    ("v", "f"),
    ("z", "s"),
    ("th", "t"),
    ("dt", "t"),
)
SHORTEST_BEGINNING = 4


def plain(text: str) -> str:
    """Small letters without accents, and single spaces for all that is no letter or digit."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def postcode_in(text: str) -> str:
    """The four digits when the whole text is a postcode, with or without letters; else empty."""
    found = _POSTCODE.fullmatch(plain(text))
    return found[1] if found else ""


def meant(text: str, names: Sequence[str]) -> tuple[str, bool] | None:
    """The name that is meant, and whether that is certain (False: spelling was repaired).

    None when nothing is near, or when two names are equally near.
    """
    asked = plain(text)
    known = {plain(name): name for name in names}
    if len(asked) < 2:
        return None
    if asked in known:
        return known[asked], True
    begins = [name for name in known if name.startswith(asked)]
    if len(asked) >= SHORTEST_BEGINNING and len(begins) == 1:
        return known[begins[0]], True
    inside = _inside(asked, known)
    if inside:
        return known[inside], True
    repaired = _nearest(asked, known)
    return (known[repaired], False) if repaired else None


def _inside(asked: str, known: Iterable[str]) -> str:
    """The longest name that stands in the text as whole words; of equally long ones the first."""
    found = [name for name in known if f" {name} " in f" {asked} "]
    return max(found, key=lambda name: (len(name), -asked.index(name)), default="")


def _nearest(asked: str, known: Iterable[str]) -> str:
    """The one name within reach, by letters or by sound; empty when there is none, or more than one."""
    most = 0 if len(asked) < 4 else 1 if len(asked) < 7 else 2 if len(asked) < 12 else 3
    heard = sound(asked)
    scored = sorted(
        (min(steps(asked, name, most), steps(heard, sound(name), most) + 0.5), name) for name in known
    )
    if not scored or scored[0][0] > most + 0.5:
        return ""
    alone = len(scored) == 1 or scored[1][0] > scored[0][0]
    return scored[0][1] if alone else ""


def sound(text: str) -> str:
    """How a plain name is heard: double letters once, letters that sound alike as one."""
    heard = text.replace(" ", "")
    for written, said in _SOUNDS:
        heard = heard.replace(written, said)
    heard = re.sub(r"(.)\1+", r"\1", heard)
    return re.sub(r"d$", "t", heard)


def steps(one: str, other: str, most: int) -> int:
    """How many slips (a letter more, less, other, two swapped) lie between; `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return min(last[-1], most + 1)
