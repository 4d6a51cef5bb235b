"""Our stems of a text, for the check that all engines find the same."""

from __future__ import annotations

from itertools import pairwise

from noaber.engines.search import Document
from noaber.engines.search.vocabulary import splitter, stemmer
from noaber.engines.search.words import FAINT, telling, words_of


def stems_of_document(document: Document) -> list[str]:
    """Every stem of a document, also those of the parts of its compounds."""
    words = telling(words_of(f"{document.title} {document.words} {document.text} {document.lay}"))
    return sorted({stemmer().stem(part) for word in words for part in (word, *splitter().parts(word))})


def plain_stems(text: str, there: set[str]) -> list[str] | None:
    """The stems of a question of plain words that all occur; None when it asks more than that."""
    words = telling(words_of(text))
    joined = [one + two for one, two in pairwise(words)]
    if not words or any(splitter().parts(word) for word in words):
        return None
    if any(stemmer().stem(one) in there for one in joined):
        return None
    stems = [stemmer().stem(word) for word in words]
    if {stemmer().stem(word) for word in FAINT} & set(stems):
        return None
    return stems if set(stems) <= there else None
