"""Questions that share no word with what helps: concepts, phrases, and what follows from them together."""

from __future__ import annotations

import pytest

from noaber.engines.search import Age, Concept, Document, Index, Meanings, Otherwise, Pair, Phrases, Query

CONCEPTS = (
    Concept("addiction", ("verslaafd",)),
    Concept("alcohol", ("zuipen", "drinkt te veel", "aan de drank"), broader=("addiction",)),
    Concept("coffee", ("koffie drinken",)),
    Concept("drinks", ("drinken",), broader=("addiction",)),
    Concept("close", ("mijn man", "mijn zoon")),
    Concept("relatives", ("familie van",), helps=True),
    Concept("young", ("jongeren",), helps=True),
    Concept("anyone", ("voor iedereen",), helps=True),
    Concept("weary", ("ik kan niet meer",)),
    Concept("strict", ("!bang voor mijn man",)),
)
DOCUMENTS = [
    Document("self", "Nuchter", "Zelfhulp.", concepts=(("addiction", 6), ("alcohol", 8), ("anyone", 6))),
    Document("near", "Samen thuis", "Een groep.", concepts=(("addiction", 6), ("relatives", 6))),
    Document("other", "Gokvrij", "Een groep.", concepts=(("addiction", 6), ("young", 6))),
    Document("choir", "Koor", "Zingen.", concepts=(("anyone", 6),)),
    *(Document(f"more{n}", "Wandelen", "Een uur.") for n in range(12)),
]


@pytest.fixture(scope="module")
def index() -> Index:
    meanings = Meanings(
        CONCEPTS,
        [Pair("close", frozenset({"addiction"}), ("relatives",), about_another=True)],
        [Otherwise("anyone", frozenset({"young", "relatives"}))],
        [Age(12, 17, "young")],
    )
    return Index.of(DOCUMENTS, (), meanings)


def keys(index: Index, text: str) -> list[str]:
    return [hit.key for hit in index.search(Query(text)).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("zuipt elke dag", "self"),
        ("zuipd", "self"),
        ("hij zit aan de drank", "self"),
        ("mijn man zuipt", "near"),
        ("me man zuipt", "near"),
        ("verslaafd 16 jaar", "other"),
    ],
)
def test_what_is_meant_comes_first(index: Index, text: str, first: str) -> None:
    assert keys(index, text)[0] == first


def test_what_is_broader_comes_after(index: Index) -> None:
    found = keys(index, "zuipen")
    assert found[0] == "self"
    assert set(keys(index, "zuipen samen groep")) >= {"near", "other"}


def test_what_holds_otherwise_brings_nothing_by_itself(index: Index) -> None:
    assert "choir" not in keys(index, "zuipen")


def test_the_meaning_is_told(index: Index) -> None:
    answer = index.search(Query("mijn man zuipt"))
    assert answer.means == ("close", "alcohol")
    assert "meaning" in answer.hits[0].why
    assert not answer.widened


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("samen koffie drinken", {"coffee"}),
        ("drinken", {"drinks"}),
        ("drinkt hij nu echt te veel", {"alcohol"}),
        ("ik kan echt niet meer", {"weary"}),
        ("kan niet", set()),
        ("bang voor mijn man", {"strict"}),
        ("bang voor de man van mijn zus", {"close"}),
        ("zing ik niet meer", set()),
    ],
)
def test_a_phrase_fits_when_its_words_stand_close(text: str, codes: set[str]) -> None:
    meanings = Meanings(CONCEPTS)
    assert {code for match in meanings.read(text.split()).matches for code in match.codes} == codes


def test_a_strict_word_is_no_part_of_a_longer_one() -> None:
    phrases = Phrases([("!snijden", "harm"), ("slapen", "sleep")])
    assert [match.codes for match in phrases.matches(["snijdt"])] == [("harm",)]
    assert phrases.matches(["snijbloemen"]) == []
    assert [match.codes for match in phrases.matches(["slaapproblemen"])] == [("sleep",)]


def test_a_compound_with_another_letter_between_its_parts_is_the_same() -> None:
    phrases = Phrases([("ervaringsdeskundige worden", "training")])
    assert phrases.matches("ik wil ervaringdeskundige worden".split())


def test_forms_of_a_verb_are_one_word_in_a_phrase() -> None:
    phrases = Phrases([("ziet dingen die er niet zijn", "psychosis")])
    assert phrases.matches("hij zag dingen die er niet waren".split()) or phrases.matches(
        "ik zie dingen die er niet zijn".split()
    )


def test_a_phrase_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="says nothing"):
        Phrases([("niet", "nothing")])


def test_without_meanings_all_is_as_it_was() -> None:
    plain = Index.of(DOCUMENTS)
    assert keys(plain, "zuipen") == []
    assert plain.search(Query("wandelen", few=0)).total == 12


MENDING = (
    Concept("grief", ("rouw", "iemand verloren")),
    Concept("men", ("groep voor mannen",)),
    Concept("stroke", ("herseninfarct",)),
    Concept("forgets", ("vergeet alles",)),
    Concept("farm", ("zorgboerderij",)),
    Concept("low", ("somber",)),
    Concept("help", ("ggz",)),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("groep voor manen", "men"),
        ("na een hersen infarkt", "stroke"),
        ("moeder vergeetalles", "forgets"),
        ("zorgboererij", "farm"),
        ("ik ben zo somer", "low"),
        ("g.g.z.", "help"),
    ],
)
def test_what_was_meant_is_found_behind_what_was_typed(text: str, code: str) -> None:
    index = Index.of(
        [
            Document(
                "a",
                "Plek",
                "Over mannen, moeder, infarct en somber.",
                concepts=tuple((c.code, 4) for c in MENDING),
            )
        ],
        (),
        Meanings(MENDING),
    )
    assert code in index.search(Query(text)).means
