"""The index: put, drop and search."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import RLock

from noaber.engines.search.answering import Searcher
from noaber.engines.search.checks import check_document, check_query
from noaber.engines.search.lexicon import dutch
from noaber.engines.search.meaning import Meanings
from noaber.engines.search.model import Answer, Document, Query, Synonym
from noaber.engines.search.reading import Reader, Synonyms
from noaber.engines.search.segment import Facets, Read, Segment, read_document
from noaber.engines.search.spelling import Speller
from noaber.engines.search.vocabulary import Vocabulary

_FRESH = 128
"""Changed documents that are laid out anew at each change; more than these go to the middle."""
_PART = 8
"""The middle is at most this part of everything; above that everything is laid out anew."""


@cache
def _dutch_speller() -> Speller:
    return Speller(dutch())


class Index:
    """Documents that can be found. Safe for several threads: one searches or changes it at a time.

    Three layers: nearly everything, what changed since, and what changed last. Only the last is made anew at
    a change; when it is full it goes into the middle, and a full middle into the whole.
    """

    def __init__(
        self,
        documents: Iterable[Document] = (),
        synonyms: Iterable[Synonym] = (),
        meanings: Meanings | None = None,
    ) -> None:
        self._lock = RLock()
        self._documents: dict[str, Document] = {}
        self._reads: dict[str, Read] = {}
        self._vocabulary, self._facets = Vocabulary(), Facets()
        self._synonyms = Synonyms(synonyms)
        self._meanings = meanings or Meanings()
        self._middle: dict[str, None] = {}
        self._last: dict[str, None] = {}
        self._layers: list[Segment] = []
        self._words = 0.0
        self._all_anew = self._changed = True
        self._speller, self._spelled = Speller(()), 0
        self.put_all(documents)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        synonyms: Iterable[Synonym] = (),
        meanings: Meanings | None = None,
    ) -> Index:
        """An index of these documents. Of two with one key the last counts."""
        return cls(documents, synonyms, meanings)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, key: str) -> bool:
        return key in self._documents

    def put(self, document: Document) -> None:
        """Add a document, or replace the one with its key."""
        self.put_all((document,))

    def put_all(self, documents: Iterable[Document]) -> None:
        """Add or replace many at once. Raises BadSearch, and then changes nothing."""
        fresh = {document.key: document for document in documents}
        for document in fresh.values():
            check_document(document)
        with self._lock:
            self._all_anew |= len(fresh) * _PART > len(self._documents)
            for key, document in fresh.items():
                self.drop(key)
                read = read_document(document, self._vocabulary)
                self._documents[key], self._reads[key] = document, read
                self._last[key] = None
                self._words += read.length
                if not self._all_anew:
                    self._vocabulary.df[self._vocabulary.terms_of(read.words)] += 1
            self._changed |= bool(fresh)

    def drop(self, key: str) -> bool:
        """Take a document out; False when it was not there."""
        with self._lock:
            if self._documents.pop(key, None) is None:
                return False
            read = self._reads.pop(key)
            self._words -= read.length
            self._middle.pop(key, None)
            self._last.pop(key, None)
            if not self._all_anew:
                self._vocabulary.df[self._vocabulary.terms_of(read.words)] -= 1
                for layer in self._layers:
                    layer.bury(key)
            self._changed = True
            return True

    def set_synonyms(self, synonyms: Iterable[Synonym]) -> None:
        """Other synonyms from now on; the documents stay as they are."""
        with self._lock:
            self._synonyms = Synonyms(synonyms)
            self._changed = True

    def knows(self, word: str) -> bool:
        """Whether a document or a synonym has this word (plain and small)."""
        with self._lock:
            self._settle()
            return self._searcher.reader.is_known(word)

    def search(self, query: Query) -> Answer:
        """What fits, best first. Raises BadSearch on a question that cannot be."""
        check_query(query)
        with self._lock:
            self._settle()
            return self._searcher.search(query)

    def _settle(self) -> None:
        """Lay out what changed since the last search."""
        if not self._changed:
            return
        if (
            self._all_anew
            or (len(self._middle) + len(self._last)) * _PART > len(self._documents) + _FRESH * _PART
        ):
            self._layers = [self._laid(self._documents)]
            self._vocabulary.count(self._layers[0].documents_per_term())
            self._middle, self._last, self._all_anew = {}, {}, False
        else:
            if len(self._last) > _FRESH:
                self._middle |= self._last
                self._last = {}
                self._layers = [self._layers[0], self._laid(self._middle)]
            middle = self._layers[1:2] if self._middle else []
            self._layers = [self._layers[0], *middle, *([self._laid(self._last)] if self._last else [])]
        self._speller.add(self._new_words())
        reader = Reader(self._vocabulary, (_dutch_speller(), self._speller), self._synonyms, self._meanings)
        self._searcher = Searcher(self._layers, reader, self._facets, len(self._documents), self._words)
        self._changed = False

    def _laid(self, keys: Iterable[str]) -> Segment:
        some = list(keys)
        return Segment(
            [self._documents[key] for key in some],
            [self._reads[key] for key in some],
            self._vocabulary,
            self._facets,
        )

    def _new_words(self) -> list[str]:
        names = self._vocabulary.names[self._spelled :]
        self._spelled += len(names)
        known = [*names, *self._synonyms.words, *sorted(self._meanings.phrases.words)]
        return [word for word in known if word.isalnum() and word not in dutch()]


def warm() -> None:
    """Compile, or read from disk, every loop: a second when kept before, else half a minute. For
    installations.
    """
    index = Index.of(
        [
            Document(
                "a", "Wandelgroep", "Samen wandelen", points=((52.2, 6.9),), facets=frozenset({"kind:group"})
            )
        ],
        [Synonym("lopen", "wandelen")],
    )
    index.search(Query("wandln grop", latitude=52.2, longitude=6.9, facets=frozenset({"kind:group"})))
    index.put(Document("b", "Zwemmen"))
    index.search(Query("zwem", typing=True))
