"""Pure decisions: what a source may write, when two entries may be one, when a list shrank too much."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

MOST_SHRUNK = 0.3
"""A list that lost more than this share of its entries is not believed at once."""

FEW = 10
"""Of a list this short every entry counts for much: only an empty one is not believed."""

RETRY_HOURS = 1
LOCAL = "local"
ASK_FROM = 60
"""Two entries that look alike this much, of 100, are shown to an editor."""
NEAR_METERS = 150
FAR_METERS = 5_000
_FILLERS = frozenset("de het een van voor met en in op bij stichting vereniging te aan".split())


def fingerprint(said: Mapping[str, Any]) -> str:
    """One short sign for everything a source says of an entry."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def is_suspect(now_there: int, last: int | None) -> bool:
    """Whether a list is empty, or lost so much that a mistake is likelier."""
    if not now_there:
        return True
    return last is not None and last >= FEW and now_there < last * (1 - MOST_SHRUNK)


def is_due(tried_at: datetime | None, worked_at: datetime | None, hours: int, now: datetime) -> bool:
    """Whether it is time: so many hours after the last success, and after a failure within the hour."""
    if tried_at is None:
        return True
    failed = worked_at is None or worked_at < tried_at
    return now >= tried_at + timedelta(hours=min(RETRY_HOURS, hours) if failed else hours)


def may_write(field: str, origins: Mapping[str, Any], source: str, *, owns: bool) -> bool:
    """Whether a source may write this field: nobody else wrote it; or it was chosen from this source."""
    origin = origins.get(field) or {}
    writer = origin.get("from", "") if isinstance(origin, Mapping) else ""
    return writer in {"", source} if owns else writer == source


# --- when two entries may be one ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of an entry."""

    key: str
    name: str
    organisation: str = ""
    municipality: str = ""
    phone: str = ""
    site: str = ""
    postal_code: str = ""
    spot: tuple[float, float] | None = None
    everywhere: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two entries look alike, of 100, and why."""

    score: int
    reasons: tuple[str, ...]


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a name, without accents, signs and fillers."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return tuple(word for word in re.findall(r"[a-z0-9]+", bare) if word not in _FILLERS)


def plain_phone(text: str) -> str:
    """The last nine digits, so that 053 and +31 53 are one."""
    digits = re.sub(r"[^0-9]", "", text)
    return digits[-9:] if len(digits) >= 9 else ""


def plain_site(text: str) -> str:
    """The address without protocol, www and the last slash."""
    return re.sub(r"^https?://(www\.)?", "", text.strip().casefold()).rstrip("/")


def name_likeness(one: str, other: str) -> float:
    """0 to 1: how many pairs of letters two names share (Dice), words in any order."""
    left, right = (sorted(plain_words(name)) for name in (one, other))
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    a, b = _pairs(" ".join(left)), _pairs(" ".join(right))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def meters(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance over the earth (haversine, radius 6,371 km)."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(min(1.0, math.sqrt(h)))


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Points for name (50), phone (20), site (20), place (20), organisation (15); far apart takes 40 away.

    The same phone, site, place and organisation is how one house offers many things: without a name that is
    alike for a half they never make a pair.
    """
    name = name_likeness(one.name, other.name)
    points, reasons = 50 * max(0.0, (name - 0.4) / 0.6), []
    if name >= 0.95:
        reasons.append("name")
    elif name >= 0.6:
        reasons.append("name_alike")
    for reason, same, worth in (
        ("phone", plain_phone(one.phone) and plain_phone(one.phone) == plain_phone(other.phone), 20),
        ("site", plain_site(one.site) and plain_site(one.site) == plain_site(other.site), 20),
        ("organisation", name_likeness(one.organisation, other.organisation) >= 0.9, 15),
    ):
        if same:
            points += worth
            reasons.append(reason)
    where, reason = _where(one, other)
    points += where
    reasons += [reason] if reason else []
    if name < 0.5:
        points = min(points, ASK_FROM - 1)
    return Likeness(max(0, min(100, round(points))), tuple(reasons))


def _where(one: Sketch, other: Sketch) -> tuple[float, str]:
    if one.spot and other.spot:
        apart = meters(one.spot, other.spot)
        if apart <= NEAR_METERS:
            return 20, "place"
        if apart > FAR_METERS:
            return -40, ""
        return 5, ""
    if one.postal_code and one.postal_code == other.postal_code:
        return 20, "place"
    if one.municipality and other.municipality and one.municipality != other.municipality:
        return -40, ""
    if one.municipality == other.municipality:
        return 10, "municipality"
    return 0, ""


def corners(sketch: Sketch, rare: frozenset[str]) -> set[str]:
    """The boxes in which an entry is put, so that only entries in one box are compared."""
    found = {f"t{plain_phone(sketch.phone)}", f"s{plain_site(sketch.site)}"} - {"t", "s"}
    found |= {f"w{word}" for word in plain_words(sketch.name) if word in rare}
    words = sorted(plain_words(sketch.name))
    if words:
        found.add("n" + " ".join(words))
    return found


def pairs(fresh: Iterable[Sketch], everything: Iterable[Sketch]) -> list[tuple[str, str, Likeness]]:
    """Pairs of a fresh entry and any other that may be one, the most alike first.

    Words that more than one in fifty entries have say nothing; very full boxes are skipped. Two entries of
    one source are never a pair: that map knows what it holds.
    """
    there = list(everything)
    counts: dict[str, int] = {}
    for one in there:
        for word in set(plain_words(one.name)):
            counts[word] = counts.get(word, 0) + 1
    rare = frozenset(word for word, count in counts.items() if count <= max(8, len(there) // 50))
    boxes: dict[str, list[Sketch]] = {}
    for one in there:
        for corner in corners(one, rare):
            boxes.setdefault(corner, []).append(one)
    found: dict[tuple[str, str], Likeness] = {}
    for one in fresh:
        near = {o.key: o for c in corners(one, rare) if len(boxes.get(c, ())) <= 400 for o in boxes[c]}
        for other in near.values():
            pair = (min(one.key, other.key), max(one.key, other.key))
            if one.key == other.key or pair in found or (one.source and one.source == other.source):
                continue
            found[pair] = likeness(one, other)
    alike = [(*pair, like) for pair, like in found.items() if like.score >= ASK_FROM]
    return sorted(alike, key=lambda row: (-row[2].score, row[0], row[1]))
