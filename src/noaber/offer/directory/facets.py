"""By what an entry can be chosen: the codes of its facets. Pure.

A code is a taxonomy and a term, such as ``form:walk_in``. The four word lists of `knowledge/offer_terms` give
theirs; the others are read from the entry itself.
"""

from __future__ import annotations

from noaber.knowledge.offer_terms import load_terms
from noaber.offer.directory.types_record import ServiceRecord

WEEK = "week:yes"
NO_REFERRAL = "referral:none"
FREE_OF_CHARGE = "cost:free"
FREE_PLACES = "places:free"
ONLINE = "online:yes"
YOUNG = "young:yes"
YES = (WEEK, NO_REFERRAL, FREE_OF_CHARGE, FREE_PLACES, ONLINE)
"""Facets with one choice."""

YOUNG_FROM, YOUNG_TO = 16, 27
MEANT_FOR_THE_YOUNG = frozenset({"target_group:young", "target_group:young_adults"})
_ONLINE = frozenset({"online", "hybrid", "phone"})
_NOT_FOR_THE_YOUNG = frozenset({"older_people"})
_FREE_WORDS = ("gratis", "geen kosten", "kosteloos")


def facets_of(record: ServiceRecord) -> frozenset[str]:
    """Every code by which this entry can be chosen."""
    terms = load_terms()
    found = {f"{terms[code].taxonomy}:{code}" for code in record.terms if code in terms}
    found |= {f"language:{code}" for code in record.languages}
    found.add(f"kind:{record.kind}")
    if record.starts_this_week and not record.needs_referral:
        found.add(WEEK)
    if not record.needs_referral:
        found.add(NO_REFERRAL)
    if is_free(record):
        found.add(FREE_OF_CHARGE)
    if record.free_places:
        found.add(FREE_PLACES)
    if record.mode in _ONLINE:
        found.add(ONLINE)
    if is_for_the_young(record):
        found.add(YOUNG)
    return frozenset(found)


def is_free(record: ServiceRecord) -> bool:
    """Whether it costs nothing: by its amount, else by its words."""
    if record.cost_eur_cents is not None:
        return record.cost_eur_cents == 0
    return record.cost.strip().casefold().startswith(_FREE_WORDS)


def is_for_the_young(record: ServiceRecord) -> bool:
    """Whether someone of 16 to 27 may come and is not out of place."""
    if record.min_age is not None and record.min_age > YOUNG_TO:
        return False
    if record.max_age is not None and record.max_age < YOUNG_FROM:
        return False
    return not _NOT_FOR_THE_YOUNG & set(record.terms)
