"""From a typed question to stems: which words matter, what each may mean, and what was mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from noaber.engines.search.model import Synonym
from noaber.engines.search.spelling import Speller
from noaber.engines.search.vocabulary import Vocabulary, splitter, stemmer
from noaber.engines.search.words import FAINT, STOPWORDS, telling, words_of

MOST_GROUPS = 12
MOST_ENDINGS = 40
SHORTEST_START = 2
FAINT_SHARE = 0.35

WORD, PART, PREFIX, SYNONYM, SPELLING, MEANING = "word", "part", "prefix", "synonym", "spelling", "meaning"
_WORTH = {WORD: 1.0, PART: 0.9, PREFIX: 0.6, SYNONYM: 0.9, SPELLING: 0.85}


@dataclass(slots=True)
class Group:
    """One word of the question: the stems of which one is enough, each with what it is worth and why."""

    alternatives: dict[int, tuple[float, str]] = field(default_factory=dict)
    required: bool = True
    share: float = 1.0

    def add(self, term: int, why: str, worth: float = 1.0) -> None:
        """One more stem; of the same stem the best counts. -1 is no stem."""
        if term >= 0:
            value = worth * _WORTH[why]
            if value > self.alternatives.get(term, (0.0, ""))[0]:
                self.alternatives[term] = (value, why)


@dataclass(slots=True)
class Reading:
    """A question as the index understands it."""

    groups: list[Group] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


class Synonyms:
    """What typed words may mean, by their stems."""

    def __init__(self, synonyms: Iterable[Synonym]) -> None:
        self.means: dict[frozenset[str], list[tuple[str, tuple[str, ...]]]] = {}
        self.words: set[str] = set()
        for synonym in synonyms:
            typed, means = _typed_stems(synonym.typed), stems_of(synonym.means)
            if typed and means:
                self.means.setdefault(frozenset(typed), []).append((synonym.means, tuple(means)))
                self.words.update(telling(words_of(synonym.typed)))
        self._by_stem: dict[str, list[frozenset[str]]] = {}
        for stems in self.means:
            for stem in stems:
                self._by_stem.setdefault(stem, []).append(stems)

    def knows(self, stem: str) -> bool:
        """Whether a synonym begins with this stem."""
        return stem in self._by_stem

    def within(
        self, said: Sequence[str], telling_stems: Sequence[str]
    ) -> list[tuple[frozenset[str], str, tuple[str, ...]]]:
        """The synonyms of which every typed stem was said; a single one must be a telling word."""
        there, alone = {*said, *telling_stems}, set(telling_stems)
        found = dict.fromkeys(
            key
            for stem in (*telling_stems, *said)
            for key in self._by_stem.get(stem, ())
            if key <= (there if len(key) > 1 else alone)
        )
        return [(key, words, means) for key in found for words, means in self.means[key]]


def stems_of(text: str) -> list[str]:
    """The stems of the words that say something."""
    return [stemmer().stem(word) for word in telling(words_of(text))]


def _typed_stems(text: str) -> list[str]:
    """The stems that must be typed: of a phrase with at most one telling word also the small words."""
    telling_stems = stems_of(text)
    every = [stemmer().stem(word) for word in words_of(text)]
    return telling_stems if len(telling_stems) > 1 else every


class Reader:
    """Reads questions for one index."""

    def __init__(self, vocabulary: Vocabulary, spellers: Sequence[Speller], synonyms: Synonyms) -> None:
        self.vocabulary, self.spellers, self.synonyms = vocabulary, spellers, synonyms

    def read(self, text: str, *, typing: bool) -> Reading:
        """Understand a question. `typing`: its last word may be unfinished."""
        every = words_of(text)
        unfinished = typing and bool(text) and text[-1].isalnum()
        words = telling(every)
        if unfinished and every and not words:
            words = every[-1:]
        reading = Reading()
        stems: list[tuple[str, Group]] = []
        for i, word in enumerate(words[:MOST_GROUPS]):
            last = unfinished and i == len(words) - 1
            self._read_word(word, last, reading, stems)
        self._join_neighbours(words, stems)
        self._add_synonyms(every, reading, stems)
        _make_faint(stems)
        for stem, group in stems:
            if not group.alternatives and group.required:
                reading.unknown.append(stem)
        reading.groups = [group for _, group in stems if group.alternatives]
        return reading

    def _read_word(self, word: str, last: bool, reading: Reading, stems: list[tuple[str, Group]]) -> None:
        term = self._term(word)
        parts = splitter().parts(word)
        known = term >= 0 or self.synonyms.knows(stemmer().stem(word))
        if last and len(word) >= SHORTEST_START:
            group = Group()
            for ending in self.vocabulary.starting_with(word, MOST_ENDINGS):
                group.add(ending, PREFIX)
            group.add(term, WORD)
            if group.alternatives:
                stems.append((stemmer().stem(word), group))
                reading.words.append(word)
                return
        if parts and all(self.is_known(part) for part in parts):
            self._add_parts(word, term, parts, WORD, 1.0, stems)
            reading.words.append(word)
            return
        if known:
            group = Group()
            group.add(term, WORD)
            stems.append((stemmer().stem(word), group))
            reading.words.append(word)
            return
        self._repair(word, reading, stems)

    def _repair(self, word: str, reading: Reading, stems: list[tuple[str, Group]]) -> None:
        meant = self._nearest(word) or self._apart(word)
        if not meant:
            group = Group()
            stems.append((word, group))
            reading.words.append(word)
            return
        best = meant[0][0]
        reading.corrected.append((word, " ".join(best)))
        reading.words += best
        if len(best) > 1:
            for one in best:
                if one not in STOPWORDS:
                    self._read_word(one, False, reading, stems)
                    reading.words.pop()
            return
        parts = splitter().parts(best[0])
        if parts and all(self.is_known(part) for part in parts):
            self._add_parts(best[0], self._term(best[0]), parts, SPELLING, _closeness(meant[0][1]), stems)
            return
        group = Group()
        for words, cost in meant:
            group.add(self._term(words[0]), SPELLING, _closeness(cost))
        stems.append((stemmer().stem(best[0]), group))

    def _add_parts(
        self,
        word: str,
        term: int,
        parts: Sequence[str],
        why: str,
        worth: float,
        stems: list[tuple[str, Group]],
    ) -> None:
        """A compound: each part must be there, or the whole; and the whole counts for more."""
        for part in parts:
            group = Group(share=1.0 / len(parts))
            group.add(term, why, worth)
            group.add(self._term(part), PART if why == WORD else why, worth)
            stems.append((stemmer().stem(part), group))
        whole = Group(required=False)
        whole.add(term, why, worth)
        stems.append((stemmer().stem(word), whole))

    def _join_neighbours(self, words: Sequence[str], stems: list[tuple[str, Group]]) -> None:
        """burn out and wandel groep may be written as one word."""
        for one, two in pairwise(words):
            joined = self._term(one + two)
            if joined >= 0:
                for stem, group in stems:
                    if stem in (stemmer().stem(one), stemmer().stem(two)):
                        group.add(joined, WORD)

    def _add_synonyms(self, every: Sequence[str], reading: Reading, stems: list[tuple[str, Group]]) -> None:
        """Other words for what was said. Where only small words said it, it becomes a word of its own."""
        said = [stemmer().stem(word) for word in every]
        for typed, words, means in self.synonyms.within(said, [stem for stem, _ in stems]):
            terms = [self.vocabulary.known(stem) for stem in means]
            if min(terms) < 0:
                continue
            reading.also.append(words)
            telling_most = min(terms, key=lambda term: int(self.vocabulary.df[term]))
            groups = [group for stem, group in stems if stem in typed]
            if not groups:
                groups = [Group()]
                stems.append((means[0], groups[0]))
            for group in groups:
                group.add(telling_most, SYNONYM)

    def _nearest(self, word: str) -> list[tuple[list[str], float]]:
        found = {one: cost for speller in self.spellers for one, cost in speller.nearest(word, self._count)}
        best = min(found.values(), default=0.0)
        order = sorted(found, key=lambda one: (found[one] - 0.1 * len(str(self._count(one))), one))
        return [([one], found[one]) for one in order if found[one] <= best + 0.5][:3]

    def _apart(self, word: str) -> list[tuple[list[str], float]]:
        """Two words written as one: ikslaap; or a compound of which one part is mistyped: wandelgroup."""
        best: tuple[float, list[str]] | None = None
        for at in range(2, len(word) - 1):
            left, right = word[:at], word[at:]
            knows_left, knows_right = self._stands(left), self._stands(right)
            if knows_left and knows_right:
                choice = (0.2 - 0.01 * min(at, len(word) - at), [left, right])
            elif knows_left and len(right) >= 4 and left not in STOPWORDS:
                choice = self._with_repair(left, right, left_known=True)
            elif knows_right and len(left) >= 4 and right not in STOPWORDS:
                choice = self._with_repair(left, right, left_known=False)
            else:
                continue
            if choice[1] and (best is None or choice < best):
                best = choice
        return [(best[1], best[0])] if best else []

    def _with_repair(self, left: str, right: str, *, left_known: bool) -> tuple[float, list[str]]:
        near = self._nearest(right if left_known else left)
        if not near or near[0][1] > 1.0:
            return 9.0, []
        mended = near[0][0][0]
        return near[0][1] + 0.2, [left, mended] if left_known else [mended, right]

    def _stands(self, word: str) -> bool:
        return word in STOPWORDS if len(word) < 4 else word in STOPWORDS or self.is_known(word)

    def _term(self, word: str) -> int:
        return self.vocabulary.known(stemmer().stem(word))

    def is_known(self, word: str) -> bool:
        """Whether a document or a synonym has this word."""
        return self._term(word) >= 0 or self.synonyms.knows(stemmer().stem(word))

    def _count(self, word: str) -> int:
        """How much there is to find by a word."""
        stem = stemmer().stem(word)
        term = self.vocabulary.known(stem)
        if term >= 0:
            return int(self.vocabulary.df[term])
        if self.synonyms.knows(stem):
            return 1
        parts = splitter().parts(word)
        return 1 if parts and all(self.is_known(part) for part in parts) else 0


def _make_faint(stems: list[tuple[str, Group]]) -> None:
    """Words that say little only help, when another word says more."""
    faint = [
        group
        for stem, group in stems
        if stem in _faint_stems()
        and group.required
        and all(why != SYNONYM for _, why in group.alternatives.values())
    ]
    telling_more = [group for _, group in stems if group.required and all(group is not one for one in faint)]
    if any(group.alternatives for group in telling_more):
        for group in faint:
            group.required = False
            group.share *= FAINT_SHARE


@cache
def _faint_stems() -> frozenset[str]:
    return frozenset(stemmer().stem(word) for word in FAINT)


def _closeness(cost: float) -> float:
    return 1.0 / (1.0 + 0.3 * cost)
