"""The words of the offer: what it is about, what you do there, for whom, how near. See the README."""

from noaber.knowledge.offer_terms.terms import (
    TAXONOMIES,
    BrokenTerms,
    OfferTerm,
    Taxonomy,
    check_terms,
    load_taxonomies,
    load_terms,
)

__all__ = [
    "TAXONOMIES",
    "BrokenTerms",
    "OfferTerm",
    "Taxonomy",
    "check_terms",
    "load_taxonomies",
    "load_terms",
]
