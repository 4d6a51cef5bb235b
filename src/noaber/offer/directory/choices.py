"""The filters beside the list: what can be chosen, how many there would be, what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from noaber.knowledge.languages import LANGUAGES, language_name
from noaber.knowledge.offer_terms import load_taxonomies, load_terms
from noaber.offer.directory.asking import LISTS, YES, Asked
from noaber.offer.directory.facets import FREE_OF_CHARGE, FREE_PLACES, NO_REFERRAL, ONLINE, WEEK

AT_ONCE = 6
"""So many choices of a list show at once; the others open with one tap."""


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick."""

    name: str
    value: str
    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one question: those that show at once, and those behind 'more'."""

    key: str
    title: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something that was chosen, and the address without it."""

    label: str
    address: str


def label_of(facet: str) -> str:
    """How a facet reads to a visitor."""
    own = {
        WEEK: _("Kan deze week"),
        NO_REFERRAL: _("Zonder verwijzing"),
        FREE_OF_CHARGE: _("Gratis"),
        FREE_PLACES: _("Er is plek"),
        ONLINE: _("Online of door te bellen"),
    }
    if facet in own:
        return own[facet]
    taxonomy, _colon, code = facet.partition(":")
    if taxonomy == "language":
        return _(language_name(code))
    term = load_terms().get(code)
    return _(term.name) if term else code


def groups(counts: Mapping[str, int], asked: Asked) -> list[Group]:
    """Every filter that leads somewhere now, or was chosen."""
    quick = tuple(
        Option(name, value, f"f-{name}", label_of(facet), counts.get(facet, 0), asked.has(facet))
        for name, (value, facet) in YES.items()
        if counts.get(facet) or asked.has(facet)
    )
    found = [Group("snel", _("Wat is belangrijk?"), quick)] if quick else []
    for name, taxonomy in LISTS.items():
        options = _options(name, taxonomy, counts, asked)
        if options:
            found.append(_group(name, _title(taxonomy), options))
    return found


def chosen(asked: Asked) -> list[Chosen]:
    """What was chosen, each with the way to leave it out."""
    order = [facet for _value, facet in YES.values()]
    rest = sorted(asked.facets - set(order))
    return [Chosen(label_of(facet), asked.without(facet)) for facet in (*order, *rest) if asked.has(facet)]


def _title(taxonomy: str) -> str:
    return _("Welke taal?") if taxonomy == "language" else _(load_taxonomies()[taxonomy].name)


def _options(name: str, taxonomy: str, counts: Mapping[str, int], asked: Asked) -> list[Option]:
    if taxonomy == "language":
        codes = [code for code, _word in LANGUAGES if code != "nl"]
    else:
        codes = [term.code for term in load_taxonomies()[taxonomy].terms]
    found = []
    for code in codes:
        facet = f"{taxonomy}:{code}"
        if counts.get(facet) or asked.has(facet):
            found.append(
                Option(
                    name, code, f"f-{name}-{code}", label_of(facet), counts.get(facet, 0), asked.has(facet)
                )
            )
    return found


def _group(name: str, title: str, options: list[Option]) -> Group:
    """The most useful choices at once, in the order of the list; what was chosen is never hidden."""
    if len(options) <= AT_ONCE + 2:
        return Group(name, title, tuple(options))
    best = sorted(options, key=lambda one: (not one.chosen, -one.count))[:AT_ONCE]
    top = tuple(one for one in options if one in best or one.chosen)
    return Group(name, title, top, tuple(one for one in options if one not in top))
