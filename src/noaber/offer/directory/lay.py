"""How people say things, for the search: what a question means, and what an entry is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from noaber.engines.search import Age, Concept, Meanings, Otherwise, Pair, Phrases, words_of
from noaber.knowledge.languages import language_name
from noaber.knowledge.lay_language import LayConcept, load_lay_language
from noaber.offer.directory.types_record import ScheduleRecord, ServiceRecord

BY_TERM, IN_TITLE, IN_TEXT, BY_HOURS, MOST = 6, 6, 4, 6, 16
"""How much an entry is about a concept: by its terms, for a word in its title or text, by when it is open."""


@cache
def meanings() -> Meanings:
    """What people mean by what they say."""
    lay = load_lay_language()
    return Meanings(
        (Concept(one.code, one.said, one.broader, one.helps) for one in lay.concepts.values()),
        (Pair(one.one, frozenset(one.others), one.adds, one.about_another) for one in lay.together),
        (Otherwise(one.adds, frozenset(one.unless)) for one in lay.otherwise),
        (Age(one.first, one.last, one.adds) for one in lay.ages),
    )


def is_danger(means: Collection[str]) -> bool:
    """Whether somebody who means this must see at once who to call."""
    return not load_lay_language().danger.isdisjoint(means)


def concepts_of(record: ServiceRecord) -> tuple[tuple[str, int], ...]:
    """What an entry is about, and how much."""
    terms = set(record.terms)
    in_title = _told(f"{record.name} {record.alternate_name}")
    languages = " ".join(language_name(code) for code in record.languages if code != "nl")
    text = f"{record.text} {record.text_young} {record.how_to_start} {languages}"
    in_text = _told(text)
    schedules = [*record.schedules, *(one for place in record.places for one in place.schedules)]
    found: list[tuple[str, int]] = []
    for concept in load_lay_language().concepts.values():
        weight = _by_terms(concept, terms) + BY_HOURS * _is_open(concept, schedules)
        if not concept.only_with or terms & set(concept.only_with):
            weight += IN_TITLE * (concept.code in in_title) + IN_TEXT * (concept.code in in_text)
        if weight:
            found.append((concept.code, min(weight, MOST)))
    return tuple(found)


def _by_terms(concept: LayConcept, terms: Collection[str]) -> int:
    if concept.without and not any(one in terms for one in concept.without):
        return BY_TERM
    return BY_TERM if any(one in terms for one in concept.terms) else 0


def _is_open(concept: LayConcept, schedules: Iterable[ScheduleRecord]) -> bool:
    """Whether it is open on these days, or in these hours."""
    late = concept.from_hour
    return any(
        not set(concept.days).isdisjoint(one.weekdays)
        or (late is not None and one.opens_at is not None and one.opens_at.hour >= late)
        for one in schedules
    )


def _told(text: str) -> set[str]:
    return {code for match in _entry_phrases().matches(words_of(text), whole=True) for code in match.codes}


@cache
def _entry_phrases() -> Phrases:
    lay = load_lay_language()
    return Phrases((word, one.code) for one in lay.concepts.values() for word in one.words)
