"""The measure: from a text to a level, and to what makes it hard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from noaber.engines.language import lexicon, splitting
from noaber.engines.language.model import Features, HardWord, Level, Reading
from noaber.engines.language.splitting import Word

LEAST_WORDS = 8
"""Fewer words say nothing about a level."""
DUTCH_FROM = 0.5
"""The share of words that Dutch knows, from which a text counts as Dutch."""
RARE_BELOW = 3.7
"""Zipf: 3.7 is once in some 200,000 words."""
LONG_SYLLABLES = 4
MOST_HARD = 40

WEIGHTS = Features(sentence=0.035, syllables=0.806, rare=1.0, heavy=0.609, passive=0.195, short=0.2)
BEGIN = 1.271
LIMITS = (2.59, 3.23, 4.41)
"""Fitted by `calibrating` on calibration/texts.yaml; see the README. None of them is negative."""


def level(text: str) -> Reading:
    """How hard this text is to read, and why. Any text gives an answer; what is not Dutch gives no level."""
    sentences = splitting.sentences_of(text)
    words = [word for sentence in sentences for word in sentence]
    passives = sum(map(_passive, sentences))
    short = splitting.abbreviations_in(text)
    found = Reading(
        level=None,
        score=None,
        words=len(words),
        sentences=len(sentences),
        longest_sentence=max(map(len, sentences), default=0),
        passives=passives,
        abbreviations=tuple(dict.fromkeys(short)),
        hard=tuple(_hard(text, words)),
    )
    if len(words) < LEAST_WORDS or _known_share(words) < DUTCH_FROM:
        return found
    measured = _features(sentences, words, passives, len(short))
    score = score_of(measured)
    return Reading(
        level=Level(2 + sum(score >= limit for limit in LIMITS)),
        score=score,
        words=found.words,
        sentences=found.sentences,
        longest_sentence=found.longest_sentence,
        passives=passives,
        abbreviations=found.abbreviations,
        hard=found.hard,
        features=measured,
    )


def score_of(features: Features) -> float:
    """The formula: a begin and a weight for each feature."""
    return (
        BEGIN
        + WEIGHTS.sentence * features.sentence
        + WEIGHTS.syllables * features.syllables
        + WEIGHTS.rare * features.rare
        + WEIGHTS.heavy * features.heavy
        + WEIGHTS.passive * features.passive
        + WEIGHTS.short * features.short
    )


def _features(
    sentences: Sequence[Sequence[Word]], words: Sequence[Word], passives: int, short: int
) -> Features:
    plain = [word.plain for word in words if not word.is_name]
    count = max(1, len(plain))
    return Features(
        sentence=min(40.0, len(words) / len(sentences)),
        syllables=sum(map(splitting.syllables, plain)) / count,
        rare=sum(lexicon.zipf(word) < RARE_BELOW for word in plain) / count,
        heavy=sum(map(_is_heavy, plain)) / count,
        passive=passives / len(sentences),
        short=min(1.0, short / len(sentences)),
    )


def _known_share(words: Iterable[Word]) -> float:
    known = [lexicon.zipf(word.plain) > lexicon.UNKNOWN for word in words]
    return sum(known) / len(known) if known else 0.0


def _is_heavy(word: str) -> bool:
    """Long, or an abstract noun on -ing, -heid, -atie, -iteit, -ment and the like."""
    parts = splitting.syllables(word)
    return parts >= LONG_SYLLABLES or (parts >= 3 and word.endswith(lexicon.ABSTRACT))


def _passive(sentence: Sequence[Word]) -> bool:
    plain = [word.plain for word in sentence]
    return any(word in lexicon.BECOME for word in plain) and any(map(lexicon.is_participle, plain))


def _hard(text: str, words: Sequence[Word]) -> list[HardWord]:
    """What our list has an easier word for; and rare words that are long as well."""
    found = [HardWord(text[start:end], easier, start, end) for start, end, easier in lexicon.listed_in(text)]
    taken = {position for one in found for position in range(one.start, one.end)}
    for word in words:
        heavy = splitting.syllables(word.plain) >= LONG_SYLLABLES and lexicon.zipf(word.plain) < RARE_BELOW
        if heavy and not word.is_name and word.start not in taken:
            found.append(HardWord(text[word.start : word.end], "", word.start, word.end))
    found.sort(key=lambda one: one.start)
    unique = {one.word.casefold(): one for one in reversed(found)}
    return sorted(unique.values(), key=lambda one: one.start)[:MOST_HARD]
