"""The words of an index: what each word is found by (its stem and, of a compound, the stems of its parts)."""

from __future__ import annotations

from bisect import bisect_left, insort
from functools import cache

import numpy as np
import numpy.typing as npt

from noaber.engines.search.compounds import Splitter
from noaber.engines.search.lexicon import dutch
from noaber.engines.search.stemming import Stemmer


@cache
def stemmer() -> Stemmer:
    """The one stemmer, over the Dutch words."""
    return Stemmer(dutch())


@cache
def splitter() -> Splitter:
    """The one splitter, over the Dutch words."""
    return Splitter(dutch())


class Vocabulary:
    """Numbers for words and stems. It only grows; `df` says how many living documents have a stem."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.names: list[str] = []
        self.terms: dict[str, int] = {}
        self.full: list[int] = []
        self.parts: list[tuple[int, ...]] = []
        self.df = np.zeros(1024, dtype=np.int32)
        self._in_order: list[str] = []
        self._ordered = True

    def word(self, word: str) -> int:
        """The number of a word, new or known."""
        number = self.words.get(word)
        if number is None:
            number = self.words[word] = len(self.full)
            self.names.append(word)
            self.full.append(self._term(stemmer().stem(word)))
            stems = dict.fromkeys(stemmer().stem(part) for part in splitter().parts(word))
            self.parts.append(tuple(self._term(stem) for stem in stems))
            if self._ordered and self._in_order:
                insort(self._in_order, word)
            else:
                self._ordered = False
        return number

    def terms_of(self, words: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """The stems of these words and of their parts, each once."""
        found = {self.full[word] for word in words.tolist()}
        found.update(term for word in words.tolist() for term in self.parts[word])
        return np.fromiter(found, dtype=np.int64, count=len(found))

    def count(self, documents_per_term: npt.NDArray[np.int64]) -> None:
        """Set anew how many documents have each stem."""
        self.df[:] = 0
        self.df[: len(documents_per_term)] = documents_per_term

    def known(self, stem: str) -> int:
        """The number of a stem that some living document has, or -1."""
        term = self.terms.get(stem, -1)
        return term if term >= 0 and self.df[term] > 0 else -1

    def starting_with(self, start: str, most: int) -> list[int]:
        """The stems of the words that start so, those of most documents first."""
        if not self._ordered:
            self._in_order = sorted(self.words)
            self._ordered = True
        low = bisect_left(self._in_order, start)
        high = bisect_left(self._in_order, start + "\uffff")
        terms = {self.full[self.words[word]] for word in self._in_order[low:high]}
        living = [(-int(self.df[term]), term) for term in terms if self.df[term] > 0]
        return [term for _, term in sorted(living)[:most]]

    def _term(self, stem: str) -> int:
        term = self.terms.get(stem)
        if term is None:
            term = self.terms[stem] = len(self.terms)
            if term >= len(self.df):
                self.df = np.concatenate([self.df, np.zeros(len(self.df), dtype=np.int32)])
        return term
