"""Pure decisions: which agreement fits a question, what may be written, which day is the last."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from noaber.ground.identifiers import contains_bsn
from noaber.ground.traces import traces_in
from noaber.offer.routes.types import RouteChoice, RouteText

LONGEST_WITHOUT_ROLE = timedelta(days=365)
"""A wayfinder without a role in Noaber is asked again within a year."""

LONGEST: dict[str, int] = {
    "question": 160,
    "for_whom": 600,
    "first_choice": 600,
    "then": 600,
    "not_for": 600,
    "send_along": 600,
    "ring": 160,
    "ring_phone": 30,
}
LONGEST_REASON = 200
MOST_WORDS, LONGEST_WORD = 30, 40
SHORTEST_STEM = 4
"""A word of at least this many letters also fits a longer one that begins with it."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r"[a-z0-9]+")
_POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3} ?[a-z]{2}(?!\w)")
"""Also in small letters: in a few words a year before 'en' is rarer than a postcode."""


def folded(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def fits(words: Iterable[str], question: Sequence[str]) -> int:
    """How many of these words or short phrases stand in the question (folded). 0: it does not fit."""
    found = 0
    for entry in words:
        parts = folded(entry)
        found += bool(parts) and _stands_in(parts, question)
    return found


def _stands_in(parts: Sequence[str], question: Sequence[str]) -> bool:
    length = len(parts)
    return any(
        all(_same(part, question[at + n]) for n, part in enumerate(parts))
        for at in range(len(question) - length + 1)
    )


def _same(word: str, said: str) -> bool:
    return word == said or (len(word) >= SHORTEST_STEM and said.startswith(word))


def points_to_someone(text: str) -> bool:
    """Whether a short text holds a number, an address, a date of birth or 'mevrouw …'.

    It helps the writer and proves nothing: a first name alone is not found.
    """
    return bool(traces_in(text) or _POSTCODE.search(text))


def faults_of(text: RouteText, words: Mapping[str, str]) -> dict[str, str]:
    """What cannot be kept of an agreement. `words` holds the sentences for empty, long and order."""
    faults = {
        key: words["long"] % {"longest": longest}
        for key, longest in LONGEST.items()
        if len(getattr(text, key)) > longest
    }
    for key in ("question", "first_choice"):
        if not getattr(text, key).strip():
            faults[key] = words["empty"]
    if len(text.words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in text.words):
        faults["words"] = words["words"]
    if text.valid_until is not None and text.valid_until < text.valid_from:
        faults["valid_until"] = words["order"]
    for key in LONGEST:
        if key not in faults and contains_bsn(getattr(text, key)):
            faults[key] = words["bsn"]
    return faults


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def cleaned(text: str) -> str:
    """Without the signs that turn text around, and without white space at the ends."""
    return _TURNS.sub("", text).replace("\x00", "").strip()


def choice_from(version_id: str, said: str, reason: str, words: str) -> RouteChoice | None:
    """What a referrer chose beside a question, or nothing when that was left open."""
    if said not in ("followed", "deviated"):
        return None
    try:
        version = UUID(version_id)
    except ValueError:
        return None
    followed = said == "followed"
    return RouteChoice(version, followed, "" if followed else reason, "" if followed else words.strip())
