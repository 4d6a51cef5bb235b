"""What in free words points at a person: numbers, addresses, and names by how they stand. Pure.

A guard against mistakes, never a proof: numbers are found for sure, a name alone is not. Each room says
which kinds it minds: a street in a report about a moved support point is fine, in a signal it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from noaber.ground.identifiers import contains_bsn, is_bsn


class TraceKind(StrEnum):
    """What sort of trace. CALLED is a name after 'heet', which may also be the name of a place."""

    BSN = "bsn"
    MAIL = "mail"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH = "birth"
    DATE = "date"
    NAME = "name"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Trace:
    """Something by which a person could be found; `word` as it stands there, empty for a BSN."""

    kind: TraceKind
    word: str


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOUR = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?![.:]?\d)")
_DAY = re.compile(
    r"(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])[-/ .](?:0?[1-9]|1[0-2])[-/ .](?:19|20)?\d{2}(?![ ./-]?\d)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+\s?)?\(?\d(?:[ ()./-]{0,2}\d){8,13}(?!\d)")
"""Any long number counts; that it may be something else is for the writer to say."""
_POSTCODE = re.compile(r"(?<!\w)[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})(?!\w)")
_STREET = re.compile(r"(?<!\w)[A-Z]\w*(?:straat|laan|weg|plein|hof|kade|singel|dijk|steeg|pad) \d{1,4}(?!\d)")
_BORN = re.compile(r"\b(?:geboren|geboortedatum)\b[^.]{0,20}\d", re.IGNORECASE)
_BETWEEN = r"(?:van |de |der |den |ten |ter |el |'t )*"
_TITLED = re.compile(
    r"(?<!\w)(?:[Mm]eneer|[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Dd]hr\.?|[Hh]eer|[Dd]okter|[Dd]r\.?|[Bb]uurman"
    r"|[Bb]uurvrouw|[Mm]ijn (?:man|vrouw|zoon|dochter|moeder|vader|broer|zus))"
    rf" +({_BETWEEN}[A-ZÀ-Ý][\w'’-]+)"
)
_CALLED = re.compile(rf"(?<!\w)(?:heet|genaamd) +({_BETWEEN}[A-ZÀ-Ý][\w'’-]+)")
_I_AM = re.compile(
    r"\b(?:ik heet|mijn naam is|met vriendelijke groet,?|groetjes,?|groet,?|my name is|adım|nazywam się"
    r"|мене звати)\s*([A-ZÀ-ÝА-ЯІЇЄ][\w'’-]+)",
    re.IGNORECASE,
)


def traces_in(text: str) -> tuple[Trace, ...]:
    """Every trace in these words; hours and days of the calendar are no telephone number."""
    return tuple(_traces(text))


def _traces(text: str) -> Iterator[Trace]:
    if contains_bsn(text):
        yield Trace(TraceKind.BSN, "")
    for match in _PHONE.finditer(_HOUR.sub(" ", _DAY.sub(" ", text))):
        if not is_bsn(re.sub(r"[^0-9]", "", match.group())):
            yield Trace(TraceKind.PHONE, match.group().strip())
    for kind, pattern in (
        (TraceKind.MAIL, _MAIL),
        (TraceKind.ADDRESS, _POSTCODE),
        (TraceKind.ADDRESS, _STREET),
        (TraceKind.BIRTH, _BORN),
        (TraceKind.DATE, _DAY),
    ):
        for match in pattern.finditer(text):
            yield Trace(kind, match.group())
    for kind, pattern in ((TraceKind.NAME, _TITLED), (TraceKind.NAME, _I_AM), (TraceKind.CALLED, _CALLED)):
        for match in pattern.finditer(text):
            yield Trace(kind, match.group(1))
