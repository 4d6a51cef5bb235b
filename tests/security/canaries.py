"""Words that stand nowhere else: one for each person and each field, so that a leak names itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PEOPLE = ("fatma", "mila", "dora", "els", "cem")
FIELDS = (
    "name",
    "phone",
    "mail",
    "question",
    "wishes",
    "choice",
    "step",
    "report",
    "letter",
    "asked",
    "statement",
    "correction",
    "kin",
    "query",
    "home",
    "web",
    "note",
    "own",
    "alone",
)
COLLEAGUES = (
    *("noor", "piet", "ilse", "gerda", "sanne", "tineke", "karel", "bram", "henk"),
    *("joris", "petra", "dirk", "olga", "boris", "bea", "gijs", "wil", "anouk", "roos", "lotte", "ruud"),
)
_BETWEEN_DIGITS = b" -.\xc2\xa0\n"


@dataclass(frozen=True, slots=True, order=True)
class Canary:
    """One planted word: whose, in which field, and how it reads when it escapes."""

    person: str
    field: str
    word: str

    def __str__(self) -> str:
        return f"{self.person}.{self.field}"


def first_name(person: str) -> str:
    """The planted first name; a page that shortens names still shows this much."""
    return f"Kzq{person}voor"


def last_name(person: str) -> str:
    """The planted last name."""
    return f"Kzq{person}achter"


def full_name(person: str) -> str:
    """Both together."""
    return f"{first_name(person)} {last_name(person)}"


def phone(person: str) -> str:
    """A number from the block for made-up people; the last digits say whose."""
    return f"06000077{PEOPLE.index(person) + 31:02d}"


def mail(person: str) -> str:
    """An address of nobody."""
    return f"kzq{person}mail@voorbeeld.example"


def colleague_mail(name: str) -> str:
    """The address of a professional; only for the organisation's own administrator."""
    return f"kzqcollega{name}@voorbeeld.example"


def sentence(person: str, field: str) -> str:
    """Something that was written, with the planted word in it and a mark-up trap around it."""
    return f"Zij zegt <b>kzq{person}{field}</b> en nog iets."


def word(person: str, field: str) -> str:
    """The planted word of one field."""
    return f"kzq{person}{field}"


def _all() -> Iterable[Canary]:
    for person in PEOPLE:
        yield Canary(person, "name", first_name(person).lower())
        yield Canary(person, "name", last_name(person).lower())
        yield Canary(person, "phone", phone(person))
        yield Canary(person, "mail", mail(person).split("@")[0])
        for field in FIELDS[3:]:
            yield Canary(person, field, word(person, field))
    for name in COLLEAGUES:
        yield Canary(name, "colleague_mail", colleague_mail(name).split("@")[0])


ALL = tuple(_all())


def found_in(*texts: bytes | str) -> frozenset[str]:
    """Which planted words stand in these texts, as `person.field`; digits count however they are spaced."""
    flat = b"\n".join(t.encode("utf-8", "replace") if isinstance(t, str) else t for t in texts).lower()
    bare = flat.replace(b"&nbsp;", b"").replace(b"%20", b"").translate(None, _BETWEEN_DIGITS)
    squeezed = bare.replace(b"+316", b"06").replace(b"00316", b"06")
    found = set()
    for canary in ALL:
        where = squeezed if canary.field == "phone" else flat
        if canary.word.encode() in where:
            found.add(str(canary))
    return frozenset(found)
