"""Our stems of a text and of a question, so that all engines can be asked for the same set."""

from __future__ import annotations

from noaber.engines.search import Document, Index, Query
from noaber.engines.search.vocabulary import splitter, stemmer
from noaber.engines.search.words import telling, words_of

Groups = tuple[tuple[str, ...], ...]


def stems_of_document(document: Document) -> list[str]:
    """Every stem of a document, also those of the parts of its compounds."""
    words = telling(words_of(f"{document.title} {document.words} {document.text} {document.lay}"))
    return sorted({stemmer().stem(part) for word in words for part in (word, *splitter().parts(word))})


def groups_of(index: Index, query: Query) -> Groups | None:
    """How we read a question: of each group one stem must be there. None when a word occurs nowhere.

    What a mistyped word meant and how an unfinished one may end is found already: who is asked so need not.
    """
    reader = index._searcher.reader  # the one place outside the engine that looks inside
    names = list(reader.vocabulary.terms)
    reading = reader.read(query.text, typing=query.typing)
    if reading.unknown:
        return None
    found = [tuple(names[term] for term in group.alternatives) for group in reading.groups if group.required]
    return tuple(found) or None
