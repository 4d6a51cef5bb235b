"""From a typed question to stems: which words matter, what each may mean, and what was mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from noaber.engines.search.meaning import Match, Meanings, Meant
from noaber.engines.search.model import Synonym
from noaber.engines.search.repairing import Repairer, closeness
from noaber.engines.search.segment import CONCEPT
from noaber.engines.search.spelling import Speller
from noaber.engines.search.vocabulary import Vocabulary, splitter, stemmer
from noaber.engines.search.words import FAINT, SPOKEN, STOPWORDS, telling, words_of

MOST_GROUPS = 12
MOST_ENDINGS = 40
SHORTEST_START = 2
FAINT_SHARE = 0.35

WORD, PART, PREFIX, SYNONYM, SPELLING, MEANING = "word", "part", "prefix", "synonym", "spelling", "meaning"
_WORTH = {WORD: 1.0, PART: 0.9, PREFIX: 0.6, SYNONYM: 0.9, SPELLING: 0.85, MEANING: 1.0}

BROADER = 0.6
"""What a broader concept is worth beside the one that was meant."""
LITERAL = 0.8
"""What the very word is worth beside what it means."""
COVERED = 0.4
"""What words still count for by themselves, once it is known what they mean together."""
BESIDE = 0.4
"""What the other words of a sentence count for, when something in it was understood."""
ADDED, OTHERWISE, HELPS = 1.0, 1.0, 1.0
"""What counts that follows from what was said, that holds when nothing was said, and that only helps."""
OF_ANOTHER, FOR_ANOTHER = 0.6, 1.4
"""When it is about somebody else: what is for that other one, and what is for who asks."""
MEANT_BY_SYNONYM = 0.8
FEW_WORDS = 3
"""Up to so many words somebody types keywords: each of them must be there."""


@dataclass(slots=True)
class Group:
    """One word of the question: the stems of which one is enough, each with what it is worth and why."""

    alternatives: dict[int, tuple[float, str]] = field(default_factory=dict)
    required: bool = True
    share: float = 1.0
    brings: bool = True
    """Whether a document is taken for this alone, when not everything need be met."""

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
    soft: bool = False
    """Several things were meant: what has more of them comes first, and none need have all."""
    meant: bool = False
    means: list[str] = field(default_factory=list)


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


@dataclass(slots=True)
class _Word:
    """One word as it was read, with what else it may have been, and whether it is still being typed."""

    text: str
    choices: list[tuple[list[str], float]] = field(default_factory=list)
    unfinished: bool = False
    lost: bool = False


@dataclass(slots=True)
class _Said:
    """A stem of the question with its group, and the place of the word that it comes from."""

    stem: str
    group: Group
    place: int


class Reader:
    """Reads questions for one index."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        spellers: Sequence[Speller],
        synonyms: Synonyms,
        meanings: Meanings | None = None,
    ) -> None:
        self.vocabulary, self.synonyms = vocabulary, synonyms
        self.meanings = meanings or Meanings()
        self._meant_by: dict[str, tuple[str, ...]] = {}
        self.repairer = Repairer(vocabulary, spellers, synonyms.knows, self.meanings.phrases)

    def read(self, text: str, *, typing: bool) -> Reading:
        """Understand a question. `typing`: its last word may be unfinished."""
        unfinished = typing and bool(text) and text[-1].isalnum()
        reading = Reading()
        words = self._words(words_of(text), reading, unfinished=unfinished)
        telling_places = [i for i, word in enumerate(words) if word.text not in STOPWORDS]
        if words and not telling_places and unfinished:
            telling_places = [len(words) - 1]
        said: list[_Said] = []
        for place in telling_places[:MOST_GROUPS]:
            self._read_word(words[place], place, said)
        reading.words = [words[place].text for place in telling_places[:MOST_GROUPS]]
        self._join_neighbours([words[place].text for place in telling_places], said)
        self._add_synonyms([word.text for word in words], reading, said)
        _make_faint(said)
        meant = self.meanings.read([word.text for word in words])
        reading.means = list(dict.fromkeys(code for match in meant.matches for code in match.codes))
        reading.soft = self._add_meanings(meant, said, few=len(words) <= FEW_WORDS)
        reading.meant = any(why == MEANING for one in said for _, why in one.group.alternatives.values())
        for one in said:
            if not one.group.alternatives and one.group.required:
                reading.unknown.append(one.stem)
        reading.groups = [one.group for one in said if one.group.alternatives]
        return reading

    def _words(self, typed: Sequence[str], reading: Reading, *, unfinished: bool) -> list[_Word]:
        """The words as they were meant: mended, and apart when they were run together."""
        spoken = [SPOKEN.get(word, word) for word in typed]
        if unfinished:
            spoken[-1:] = typed[-1:]
        words: list[_Word] = []
        taken = -1
        for i, word in enumerate(spoken):
            if i == taken:
                continue
            last = unfinished and i == len(spoken) - 1
            if last and len(word) >= SHORTEST_START and self.vocabulary.starting_with(word, 1):
                words.append(_Word(word, unfinished=True))
                continue
            whole = self.repairer.whole_of(word, spoken[i + 1]) if i + 1 < len(spoken) - unfinished else ""
            if whole:
                reading.corrected.append((f"{typed[i]} {typed[i + 1]}", whole))
                words.append(_Word(whole, [([whole], 0.5)]))
                taken = i + 1
                continue
            if self.repairer.is_right(word):
                meant = [] if unfinished else self.repairer.otherwise(word, spoken, i)
            else:
                meant = self.repairer.meant(word, spoken, i)
            if not meant:
                words.append(_Word(word))
                continue
            best = meant[0][0]
            reading.corrected.append((typed[i], " ".join(best)))
            words += [_Word(one) for one in best] if len(best) > 1 else [_Word(best[0], meant)]
        return words

    def _read_word(self, word: _Word, place: int, said: list[_Said]) -> None:
        term = self._term(word.text)
        if word.unfinished:
            group = Group()
            for ending in self.vocabulary.starting_with(word.text, MOST_ENDINGS):
                group.add(ending, PREFIX)
            group.add(term, WORD)
            said.append(_Said(stemmer().stem(word.text), group, place))
            return
        why = SPELLING if word.choices else WORD
        worth = closeness(word.choices[0][1]) if word.choices else 1.0
        parts = splitter().parts(word.text)
        if parts and all(self._is_found(part) for part in parts):
            self._add_parts(word.text, term, parts, why, worth, place, said)
            return
        group = Group()
        group.add(term, why, worth)
        for words, cost in word.choices[1:]:
            group.add(self._term(words[0]), SPELLING, closeness(cost))
        said.append(_Said(stemmer().stem(word.text), group, place))

    def _add_parts(
        self,
        word: str,
        term: int,
        parts: Sequence[str],
        why: str,
        worth: float,
        place: int,
        said: list[_Said],
    ) -> None:
        """A compound: each part must be there, or the whole; and the whole counts for more."""
        for part in parts:
            group = Group(share=1.0 / len(parts))
            group.add(term, why, worth)
            group.add(self._term(part), PART if why == WORD else why, worth)
            said.append(_Said(stemmer().stem(part), group, place))
        whole = Group(required=False)
        whole.add(term, why, worth)
        said.append(_Said(stemmer().stem(word), whole, place))

    def _join_neighbours(self, words: Sequence[str], said: list[_Said]) -> None:
        """burn out and wandel groep may be written as one word."""
        for one, two in pairwise(words):
            joined = self._term(one + two)
            if joined >= 0:
                for here in said:
                    if here.stem in (stemmer().stem(one), stemmer().stem(two)):
                        here.group.add(joined, WORD)

    def _add_synonyms(self, every: Sequence[str], reading: Reading, said: list[_Said]) -> None:
        """Other words for what was said. Where only small words said it, it becomes a word of its own."""
        stems = [stemmer().stem(word) for word in every]
        for typed, words, means in self.synonyms.within(stems, [one.stem for one in said]):
            terms = [self.vocabulary.known(stem) for stem in means]
            meant = [term for code in self._codes_of(words) if (term := self._concept(code)) >= 0]
            if min(terms) < 0 and not meant:
                continue
            reading.also.append(words)
            groups = [one.group for one in said if one.stem in typed]
            if not groups:
                groups = [Group()]
                said.append(_Said(means[0], groups[0], -1))
            for group in groups:
                if min(terms) >= 0:
                    group.add(min(terms, key=lambda term: int(self.vocabulary.df[term])), SYNONYM)
                for term in meant:
                    group.add(term, SYNONYM, MEANT_BY_SYNONYM)

    def _codes_of(self, words: str) -> tuple[str, ...]:
        """What the right side of a synonym means."""
        found = self._meant_by.get(words)
        if found is None:
            matches = self.meanings.phrases.matches(words_of(words))
            found = self._meant_by[words] = tuple(code for one in matches for code in one.codes)
        return found

    def _add_meanings(self, meant: Meant, said: list[_Said], *, few: bool) -> bool:
        """What was meant becomes a word of its own; the words that said it then count for less.

        True when more than one thing was meant: then no document need have it all.
        """
        every_code = {code for match in meant.matches for code in match.codes if self._concept(code) >= 0}
        groups: dict[str, Group] = {}
        covered: set[int] = set()
        for match in meant.matches:
            known = [code for code in match.codes if self._concept(code) >= 0]
            if known:
                covered |= match.places
                closest = [code for code in known if not self.meanings.within(code, every_code)]
                if closest:
                    self._mean(match, closest, groups, said)
        self._cover(said, covered, told=bool(groups), few=few)
        for code in meant.about_another & groups.keys():
            groups[code].share = OF_ANOTHER
        different = {id(group): group for group in groups.values()}
        if not any(one.required for one in [*different.values(), *(one.group for one in said)]):
            for group in different.values():
                group.required = True
        said += [_Said("", group, -1) for group in different.values()]
        said += [_Said("", group, -1) for group in self._around(meant, groups)]
        return len(different) > 1 or bool(groups and meant.added)

    def _mean(
        self, match: Match, known: Sequence[str], groups: dict[str, Group], said: Sequence[_Said]
    ) -> None:
        """One thing that was said: a group, or more of a group that is there."""
        group = next((groups[code] for code in known if code in groups), None) or Group(required=False)
        group.required |= not self.meanings.only_helps(known)
        for code in known:
            worth = HELPS if self.meanings.only_helps((code,)) else 1.0
            group.add(self._concept(code), MEANING, worth)
            groups[code] = group
        for one in said if len(match.places) == 1 else ():
            if one.place in match.places:
                for term, (value, why) in one.group.alternatives.items():
                    group.alternatives.setdefault(term, (value * LITERAL, why))

    def _around(self, meant: Meant, groups: Mapping[str, Group]) -> Iterable[Group]:
        """What is broader than what was meant, what follows from it, and what holds when nothing was said."""
        direct = {term for group in groups.values() for term in group.alternatives}
        wide: dict[int, float] = {}
        for code in dict.fromkeys(code for match in meant.matches for code in match.codes):
            share = BROADER * (OF_ANOTHER if code in meant.about_another else 1.0)
            for step, around in enumerate(self.meanings.broader(code)):
                term = self._concept(around)
                wide[term] = max(wide.get(term, 0.0), share / (1 + step))
        yield from (_only(term, share) for term, share in wide.items() if term not in direct)
        added = FOR_ANOTHER if meant.about_another else ADDED
        yield from (_only(self._concept(code), added) for code in meant.added if code not in groups)
        for code in meant.otherwise if groups else ():
            yield _only(self._concept(code), OTHERWISE, brings=False)

    def _cover(self, said: list[_Said], covered: set[int], *, told: bool, few: bool) -> None:
        """Words count for less, when it is known what they mean together or what words beside them mean."""
        for one in said:
            if one.place in covered:
                one.group.required = False
                one.group.share *= COVERED
            elif told and not few and one.group.required and one.place >= 0:
                one.group.required = one.group.brings = False
                one.group.share *= BESIDE

    def _concept(self, code: str) -> int:
        return self.vocabulary.known(CONCEPT + code)

    def _term(self, word: str) -> int:
        return self.vocabulary.known(stemmer().stem(word))

    def _is_found(self, word: str) -> bool:
        """Whether something is found by this word itself, or by a synonym of it."""
        return self._term(word) >= 0 or self.synonyms.knows(stemmer().stem(word))

    def is_known(self, word: str) -> bool:
        """Whether a document or a synonym has this word."""
        return self.repairer.is_known(word)


def _only(term: int, share: float, *, brings: bool = True) -> Group:
    """A group of one concept, that only helps."""
    group = Group(required=False, share=share, brings=brings)
    group.add(term, MEANING)
    return group


def _make_faint(said: list[_Said]) -> None:
    """Words that say little only help, when another word says more."""
    faint = [
        one.group
        for one in said
        if one.stem in _faint_stems()
        and one.group.required
        and all(why != SYNONYM for _, why in one.group.alternatives.values())
    ]
    telling_more = [
        one.group for one in said if one.group.required and all(one.group is not other for other in faint)
    ]
    if any(group.alternatives for group in telling_more):
        for group in faint:
            group.required = False
            group.share *= FAINT_SHARE


@cache
def _faint_stems() -> frozenset[str]:
    return frozenset(stemmer().stem(word) for word in FAINT)
