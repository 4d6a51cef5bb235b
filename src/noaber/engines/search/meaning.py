"""What people mean by what they say: phrases in a question to concepts, over words that may stand apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from noaber.engines.search.model import Age, Concept, Otherwise, Pair
from noaber.engines.search.verbs import FORMS
from noaber.engines.search.vocabulary import splitter, stemmer
from noaber.engines.search.words import ARTICLES, LIGHT, SPOKEN, STOPWORDS, words_of

APART, APART_OF_TWO = 3, 2
"""How many other words may stand between those of a phrase; of one of two words."""
STRICT = "!"
"""Before a phrase that must be said exactly so: these words, in this order, and no part of a longer word."""
LONG_ENOUGH = 9
"""A word of so many letters may be a compound that is written with another letter between its parts."""


@dataclass(frozen=True, slots=True)
class Match:
    """What was said, at which places in the question, and what that may mean."""

    places: frozenset[int]
    codes: tuple[str, ...]


@dataclass(slots=True)
class Meant:
    """What a question means: what was said, and what that adds without having been said."""

    matches: list[Match] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    about_another: set[str] = field(default_factory=set)
    """What was said of somebody else."""


class Phrases:
    """Words and phrases, each with codes. A phrase fits when its words stand close together, in any order."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self.words: set[str] = set()
        self._codes: dict[tuple[str, ...], list[str]] = {}
        self._tight: set[tuple[str, ...]] = set()
        """Phrases that must stand exactly so: those marked, and those of two small words."""
        self._small: set[tuple[str, ...]] = set()
        self._by_parts: dict[tuple[str, ...], str] = {}
        for text, code in phrases:
            strict = text.startswith(STRICT)
            words = [SPOKEN.get(word, word) for word in words_of(text)] if strict else _heavy(words_of(text))
            self.words.update(word for word in words if word not in STOPWORDS)
            stems = tuple(dict.fromkeys(_stem(word) for word in words))
            if all(word in STOPWORDS for word in words):
                if len(words) < 2:
                    raise ValueError(f"{text!r} says nothing")
                strict = strict or len(words) == 2
                self._small.add(stems)
            if strict:
                self._tight.add(stems)
            if stems and code not in self._codes.setdefault(stems, []):
                self._codes[stems].append(code)
        for word in self.words:
            parts = _parts(word) if len(word) >= LONG_ENOUGH else ()
            if parts:
                self._by_parts.setdefault(parts, _stem(word))
        self._by_stem: dict[str, list[tuple[str, ...]]] = {}
        for stems in self._codes:
            self._by_stem.setdefault(max(stems, key=_telling), []).append(stems)
        self._all_stems = {stem for stems in self._codes for stem in stems}

    def __bool__(self) -> bool:
        return bool(self._codes)

    def has(self, word: str) -> bool:
        """Whether a phrase holds this word."""
        return _stem(word) in self._all_stems

    def alone(self, word: str) -> bool:
        """Whether this word by itself is a phrase."""
        return (_stem(word),) in self._codes

    def matches(self, words: Sequence[str], *, whole: bool = False) -> list[Match]:
        """What was said; a match inside a larger one does not count, unless the `whole` is asked."""
        places, as_said = self._places(words)
        found: dict[frozenset[int], dict[str, None]] = {}
        for stem, here in places.items():
            for stems in self._by_stem.get(stem, ()):
                if all(one in places for one in stems):
                    for at in here:
                        if len(stems) == 1 and words[at] in STOPWORDS:
                            continue
                        span = (
                            _exactly(stems, as_said, at)
                            if stems in self._tight
                            else _closest(stems, places, at, self._apart(stems))
                        )
                        if span is not None:
                            found.setdefault(span, {}).update(dict.fromkeys(self._codes[stems]))
        every = [Match(span, tuple(codes)) for span, codes in found.items()]
        return every if whole else _largest(every)

    def _apart(self, stems: tuple[str, ...]) -> int:
        """How many other words may stand between these."""
        if stems in self._small:
            return 1
        return APART if len(stems) > 2 else APART_OF_TWO

    def _places(self, words: Sequence[str]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Where each stem stands; of an unknown compound also its parts, of a split word also the whole. And
        the same without what is only a part.
        """
        places: dict[str, list[int]] = {}
        as_said: dict[str, list[int]] = {}
        before: tuple[int, str] | None = None
        for at, word in enumerate(words):
            word = SPOKEN.get(word, word)
            stem = _stem(word)
            stems = [stem]
            as_said.setdefault(stem, []).append(at)
            if stem not in self._all_stems and word not in LIGHT:
                parts = _parts(word)
                whole = self._by_parts.get(parts)
                stems += parts if whole is None else (whole,)
            for one in stems:
                places.setdefault(one, []).append(at)
            if before is not None and self.alone(before[1] + word):
                for there in (places, as_said):
                    there.setdefault(_stem(before[1] + word), []).extend((before[0], at))
            before = None if word in LIGHT else (at, word)
        return places, as_said


class Meanings:
    """Concepts with what people say for them, and what follows from them together."""

    def __init__(
        self,
        concepts: Iterable[Concept] = (),
        pairs: Iterable[Pair] = (),
        otherwise: Iterable[Otherwise] = (),
        ages: Iterable[Age] = (),
    ) -> None:
        self.concepts: Mapping[str, Concept] = {concept.code: concept for concept in concepts}
        self.phrases = Phrases((said, one.code) for one in self.concepts.values() for said in one.said)
        self._pairs, self._otherwise, self._ages = tuple(pairs), tuple(otherwise), tuple(ages)

    def read(self, words: Sequence[str]) -> Meant:
        """What these words mean."""
        meant = Meant(self.phrases.matches(words))
        meant.added = list(dict.fromkeys(age for word in words for age in self._age(word)))
        said = {code for match in meant.matches for code in match.codes} | set(meant.added)
        wide = said | {one for code in said for one in self.broader(code)}
        for pair in self._pairs:
            if pair.one in wide and wide & pair.others:
                meant.added += [code for code in pair.adds if code not in said and code not in meant.added]
                if pair.about_another:
                    meant.about_another |= {
                        code
                        for code in said
                        if pair.others & {code, *self.broader(code)} and code != pair.one
                    }
        wide.update(meant.added)
        meant.otherwise = [one.adds for one in self._otherwise if meant.matches and not wide & one.unless]
        return meant

    def broader(self, code: str) -> tuple[str, ...]:
        """The concepts around this one."""
        concept = self.concepts.get(code)
        return concept.broader if concept else ()

    def within(self, code: str, others: Iterable[str]) -> bool:
        """Whether one of the others is a closer word for the same."""
        return any(code in self.broader(other) for other in others if other != code)

    def only_helps(self, codes: Iterable[str]) -> bool:
        """Whether each of these only brings to the front."""
        return all(code in self.concepts and self.concepts[code].helps for code in codes)

    def _age(self, word: str) -> list[str]:
        if not (word.isdigit() and len(word) < 4):
            return []
        return [age.adds for age in self._ages if age.first <= int(word) <= age.last]


def _stem(word: str) -> str:
    return stemmer().stem(FORMS.get(word, word))


def _parts(word: str) -> tuple[str, ...]:
    return tuple([_stem(part) for part in splitter().parts(word)])


def _largest(matches: list[Match]) -> list[Match]:
    """Without what lies for more than half within larger matches."""
    kept: list[Match] = []
    covered: set[int] = set()
    for match in sorted(matches, key=lambda one: (-len(one.places), min(one.places))):
        same = any(match.places == one.places for one in kept)
        if same or 2 * len(match.places & covered) <= len(match.places):
            kept.append(match)
            covered |= match.places
    return sorted(kept, key=lambda one: min(one.places))


def _heavy(words: Iterable[str]) -> list[str]:
    every = [SPOKEN.get(word, word) for word in words]
    heavy = [word for word in every if word not in LIGHT]
    if len(every) == 1 or (len(heavy) > 1 and any(word not in STOPWORDS for word in heavy)):
        return heavy
    few = [word for word in every if word not in ARTICLES]
    return few if any(word not in STOPWORDS for word in few) else [one for one in every if one != "ik"]


def _telling(stem: str) -> tuple[bool, int]:
    return stem not in STOPWORDS, len(stem)


def _closest(
    stems: Sequence[str], places: Mapping[str, Sequence[int]], at: int, apart: int
) -> frozenset[int] | None:
    """The places of these stems nearest to `at`; None when they stand too far apart."""
    span = {at}
    for stem in stems:
        here = places[stem]
        span.add(min(here, key=lambda place: abs(place - at)) if at not in here else at)
    return frozenset(span) if max(span) - min(span) < len(stems) + apart else None


def _exactly(stems: Sequence[str], places: Mapping[str, Sequence[int]], at: int) -> frozenset[int] | None:
    """The places of these stems one after another, of which one is `at`; None when they do not stand so."""
    for first in places.get(stems[0], ()):
        span = range(first, first + len(stems))
        if at in span and all(place in places.get(stem, ()) for stem, place in zip(stems, span, strict=True)):
            return frozenset(span)
    return None
