"""Search: Dutch words, mistyped or not, near and by kind. `Index.of(documents).search(query)`.

Everything public is named here.
"""

from noaber.engines.search.errors import BadSearch
from noaber.engines.search.model import RADIUS_KM, Answer, Document, Hit, Query, Synonym
from noaber.engines.search.run import Index, warm
from noaber.engines.search.words import plain

__all__ = [
    "RADIUS_KM",
    "Answer",
    "BadSearch",
    "Document",
    "Hit",
    "Index",
    "Query",
    "Synonym",
    "plain",
    "warm",
]
