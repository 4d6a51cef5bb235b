"""Search: Dutch words, mistyped or not, near and by kind. `Index.of(documents).search(query)`.

Everything public is named here.
"""

from noaber.engines.search.errors import BadSearch
from noaber.engines.search.meaning import Meanings, Phrases
from noaber.engines.search.model import (
    RADIUS_KM,
    Age,
    Answer,
    Concept,
    Document,
    Hit,
    Otherwise,
    Pair,
    Query,
    Synonym,
)
from noaber.engines.search.run import Index, warm
from noaber.engines.search.words import plain, words_of

__all__ = [
    "RADIUS_KM",
    "Age",
    "Answer",
    "BadSearch",
    "Concept",
    "Document",
    "Hit",
    "Index",
    "Meanings",
    "Otherwise",
    "Pair",
    "Phrases",
    "Query",
    "Synonym",
    "plain",
    "warm",
    "words_of",
]
