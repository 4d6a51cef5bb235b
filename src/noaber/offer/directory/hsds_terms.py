"""The word lists behind the attributes of an entry, as HSDS taxonomies. An id follows from its code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from noaber.knowledge.offer_terms import load_taxonomies
from noaber.offer.directory.models import Service

NAMESPACE = UUID("5d3c2f5e-52d1-5b7e-9a44-0f6f3c6a4a11")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PEOPLE = frozenset({"contacts", "assurer_email", "metadata"})
"""Never taken over from a source, never given out: they name people, or who typed what."""
OUTCOME, MODE, FACT = "outcome", "mode", "fact"
FACTS = {
    "needs_referral": "Met verwijzing",
    "starts_this_week": "Kan deze week",
    "text_young": "Tekst voor jongeren",
    "text_professional": "Tekst voor professionals",
    "assured_by": "Nagekeken door",
    "source": "Komt van de kaart",
    "source_key": "Nummer op die kaart",
    "source_url": "Adres op die kaart",
}
"""What HSDS has no field for, carried as attributes with a value."""


@dataclass(frozen=True, slots=True)
class TermOfHsds:
    """One term: its id, its list, and its words in Dutch."""

    term_id: UUID
    taxonomy: str
    code: str
    name: str
    description: str


def made(*parts: object) -> str:
    """An id that is always the same for the same parts."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


PLACES_UNIT = {"id": made("unit", "place"), "name": "plek"}


@cache
def lists() -> dict[str, tuple[str, str, str]]:
    """Name, description and version of each list, by code."""
    found = {one.code: (one.name, one.description, one.dated) for one in load_taxonomies().values()}
    found[OUTCOME] = ("Soort hulp", "Het soort hulp waar een keuze bij hoort.", "1")
    found[MODE] = ("Manier", "Hoe u meedoet.", "1")
    found[FACT] = ("Gegeven", "Wat HSDS zelf niet kent.", "1")
    return found


@cache
def terms() -> dict[str, TermOfHsds]:
    """Every term by its id."""
    rows = [
        (list_.code, term.code, term.name, term.description)
        for list_ in load_taxonomies().values()
        for term in list_.terms
    ]
    rows += [(OUTCOME, str(code), str(words), str(words)) for code, words in Service.Kind.choices]
    rows += [(MODE, str(code), str(words), str(words)) for code, words in Service.Mode.choices]
    rows += [(FACT, code, words, words) for code, words in FACTS.items()]
    found = [
        TermOfHsds(UUID(made("term", where, code)), where, code, name, text)
        for where, code, name, text in rows
    ]
    return {str(one.term_id): one for one in found}


@cache
def codes() -> dict[str, TermOfHsds]:
    """The terms of the offer by the code that an entry keeps."""
    ours = {OUTCOME, MODE, FACT}
    return {one.code: one for one in terms().values() if one.taxonomy not in ours}


def taxonomy_id(code: str) -> str:
    """The id of a list."""
    return made("taxonomy", code)


def taxonomy(code: str) -> dict[str, Any]:
    """One list as HSDS says it."""
    name, description, version = lists()[code]
    return {"id": taxonomy_id(code), "name": name, "description": description, "version": version}


def term(one: TermOfHsds, *, detail: bool = False) -> dict[str, Any]:
    """One term as HSDS says it; with its list when `detail` is asked."""
    found: dict[str, Any] = {
        "id": str(one.term_id),
        "code": one.code,
        "name": one.name,
        "description": one.description,
        "taxonomy": lists()[one.taxonomy][0],
        "taxonomy_id": taxonomy_id(one.taxonomy),
        "language": "nl",
    }
    if detail:
        found["taxonomy_detail"] = taxonomy(one.taxonomy)
    return found


def attribute(link_id: object, where: str, code: str, value: str = "") -> dict[str, Any]:
    """A term at an entry, as HSDS says it."""
    one = terms()[made("term", where, code)]
    found: dict[str, Any] = {
        "id": made("attribute", link_id, where, code),
        "link_id": str(link_id),
        "taxonomy_term_id": str(one.term_id),
        "link_entity": "service",
        "taxonomy_term": term(one),
    }
    if value:
        found["value"] = value
    return found
