"""What a visitor asks in the address of the page, and back: all that can be shared is in there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory.facets import FREE_OF_CHARGE, FREE_PLACES, NO_REFERRAL, ONLINE, WEEK
from noaber.offer.directory.rules import LONGEST_SEARCH

LISTS: Mapping[str, str] = {
    "gebied": "life_area",
    "vorm": "form",
    "wie": "target_group",
    "lijn": "line",
    "spreekt": "language",
}
"""The name in the address, and the taxonomy of its codes."""
YES: Mapping[str, tuple[str, str]] = {
    "wanneer": ("week", WEEK),
    "verwijzing": ("zonder", NO_REFERRAL),
    "kosten": ("gratis", FREE_OF_CHARGE),
    "plek": ("vrij", FREE_PLACES),
    "online": ("ja", ONLINE),
}
"""The name in the address, its one value, and the facet."""
DISTANCES: tuple[int, ...] = (5, 15, 30)
NEAR, WHOLE_REGION = 15, "regio"
EVERYONE, YOUNG, PROFESSIONAL = "", "jong", "professional"
_WORD = re.compile(r"[a-z][a-z0-9_]{1,59}")
_MOST_CODES = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address says it. `radius_km` None is the whole region."""

    text: str = ""
    place: str = ""
    radius_km: int | None = NEAR
    facets: frozenset[str] = frozenset()
    audience: str = EVERYONE
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: everything is shown."""
        return not (self.text.strip() or self.place.strip() or self.facets)

    def address(self, **changes: object) -> str:
        """The query string of this search with something changed; the first page unless a page is named."""
        return "?" + urlencode(_pairs(replace(self, **({"page": 1} | changes))))  # type: ignore[arg-type]  # fields by name

    def without(self, facet: str) -> str:
        """The query string without this facet."""
        return self.address(facets=self.facets - {facet})

    def has(self, facet: str) -> bool:
        """Whether this facet was asked for."""
        return facet in self.facets


def read(given: QueryDict) -> Asked:
    """The search in an address. What cannot be understood counts as not asked."""
    audience = given.get("voor", "") or ""
    return Asked(
        text=_plain(given.get("zoek", ""), LONGEST_SEARCH),
        place=_plain(given.get("waar", "") or given.get("gemeente", ""), 60),
        radius_km=_radius(given.get("afstand", "") or ""),
        facets=_facets(given),
        audience=audience if audience in {YOUNG, PROFESSIONAL} else EVERYONE,
        page=_page(given.get("pagina", "") or ""),
    )


def _facets(given: QueryDict) -> frozenset[str]:
    terms = load_terms()
    found: set[str] = set()
    for name, taxonomy in LISTS.items():
        for code in list(given.getlist(name))[:_MOST_CODES]:
            known = terms[code].taxonomy == taxonomy if code in terms else taxonomy == "language"
            if known and _WORD.fullmatch(code):
                found.add(f"{taxonomy}:{code}")
    found |= {facet for name, (value, facet) in YES.items() if given.get(name, "") == value}
    return frozenset(found)


def _pairs(asked: Asked) -> list[tuple[str, str]]:
    pairs = [("zoek", asked.text), ("waar", asked.place)]
    if asked.radius_km != NEAR:
        pairs.append(("afstand", str(asked.radius_km or WHOLE_REGION)))
    for name, taxonomy in LISTS.items():
        pairs += [
            (name, facet.partition(":")[2])
            for facet in sorted(asked.facets)
            if facet.startswith(taxonomy + ":")
        ]
    pairs += [(name, value) for name, (value, facet) in YES.items() if facet in asked.facets]
    pairs += [("voor", asked.audience), ("pagina", str(asked.page) if asked.page > 1 else "")]
    return [(name, value) for name, value in pairs if value]


def _plain(text: str | None, longest: int) -> str:
    return " ".join((text or "").replace("\x00", " ").split())[:longest]


def _radius(text: str) -> int | None:
    if text == WHOLE_REGION:
        return None
    return int(text) if text in {str(km) for km in DISTANCES} else NEAR


def _page(text: str) -> int:
    return min(max(int(text), 1), 500) if text.isascii() and text.isdigit() and len(text) < 5 else 1
