"""The reading level rises with what makes a text hard, judges nothing it cannot, and never breaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.engines import language
from noaber.engines.language import Level, calibrating, lexicon, measuring, splitting

B1 = (
    "Bij ons kunt u binnenlopen zonder afspraak. Er is altijd iemand die luistert. "
    "U kunt meedoen met een spel, of even rustig zitten. Vindt u het spannend? Bel ons."
)
C1 = (
    "De voorziening beoogt middels multidisciplinaire interventies de maatschappelijke participatie van "
    "cliënten te bevorderen, waarbij uitsluitend professionals met relevante expertise worden ingezet."
)
OFFICE_SHORT = (
    "Wij faciliteren participatie. Dit stimuleert zelfredzaamheid. Deelname vereist indicatie. "
    "Continuering geschiedt periodiek. Multidisciplinaire evaluatie volgt."
)


def score(text: str) -> float:
    found = language.level(text).score
    assert found is not None
    return found


def test_plain_words_in_short_sentences_read_easily_and_policy_does_not() -> None:
    assert language.level(B1).level is Level.B1
    assert language.level(C1).level is Level.C1


def test_short_sentences_alone_do_not_make_hard_words_easy() -> None:
    found = language.level(OFFICE_SHORT)
    assert found.level is not None
    assert found.level >= Level.B2


def test_longer_sentences_make_it_harder() -> None:
    assert score(B1.replace(". ", " en ").replace("? ", " en ")) > score(B1)


@pytest.mark.parametrize(
    ("easy", "hard"),
    [("afspraak", "indicatiestelling"), ("meedoen", "participeren"), ("spel", "groepsinterventie")],
)
def test_a_harder_word_makes_it_harder(easy: str, hard: str) -> None:
    assert score(B1.replace(easy, hard)) > score(B1)


def test_a_passive_and_an_abbreviation_make_it_harder() -> None:
    plain = "Wij helpen u. Iemand van ons haalt u thuis op met de auto."
    assert score(plain + " U wordt geholpen en opgehaald.") > score(plain + " Wij helpen u en halen u op.")
    assert score(plain + " Dat kan o.a. op maandag.") > score(plain + " Dat kan onder meer op maandag.")


def test_the_weights_are_those_of_the_calibration_and_none_is_negative() -> None:
    fit = calibrating.fit()
    weights = [getattr(measuring.WEIGHTS, name) for name in calibrating.NAMES]
    assert weights == pytest.approx(list(fit.weights), abs=0.001)
    assert pytest.approx(fit.begin, abs=0.001) == measuring.BEGIN
    assert pytest.approx(list(fit.limits), abs=0.006) == list(measuring.LIMITS)
    assert min(weights) >= 0


def test_texts_that_were_left_out_get_the_level_they_were_written_at() -> None:
    fit = calibrating.fit()
    assert len(calibrating.texts()) >= 40
    assert fit.correlation > 0.9
    assert fit.exact > 0.85
    assert fit.within_one == 1


def test_hard_words_come_with_an_easier_one_and_their_place() -> None:
    text = "Indien u wilt participeren, kan dat middels een gesprek."
    hard = {found.word: found.easier for found in language.level(text).hard}
    assert hard == {"Indien": "als", "participeren": "meedoen", "middels": "met"}
    for found in language.level(text).hard:
        assert text[found.start : found.end] == found.word


def test_a_rare_long_word_is_pointed_out_without_an_easier_one() -> None:
    (found,) = language.level("U krijgt een belastbaarheidsinschatting.").hard
    assert (found.word, found.easier) == ("belastbaarheidsinschatting", "")


def test_names_in_a_sentence_are_not_hard_words() -> None:
    assert language.level("Vraag naar Mariannetta Hoogendoornsma.").hard == ()


def test_each_easier_word_is_easier_to_find_in_dutch() -> None:
    for hard, easier in lexicon.easier_words().items():
        assert easier
        assert easier != hard


def test_sentences_abbreviations_and_syllables() -> None:
    assert [len(s) for s in splitting.sentences_of("Kom o.a. op maandag. Of niet?\nBel ons")] == [4 + 1, 2, 2]
    assert splitting.abbreviations_in("De GGZ, d.w.z. hulp; TV mag. ca. 3") == ["GGZ", "d.w.z.", "ca."]
    words = {"koffie": 2, "buurthuis": 2, "eeuw": 1, "meedoen": 2, "ideeën": 3, "pss": 1}
    assert {word: splitting.syllables(word) for word in words} == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "☕🎲🙂" * 50,
        "مرحبا بكم في المقهى كل يوم ثلاثاء",
        "12 34 - 56",
        "\x00",
        "Kom langs!",
        "a" * 9000,
    ],
)
def test_what_cannot_be_judged_gets_no_level_and_no_error(text: str) -> None:
    found = language.level(text)
    assert found.level is None
    assert found.score is None


def test_emoji_in_a_text_change_nothing() -> None:
    assert language.level(B1 + " 🙂☕").score == language.level(B1).score


def test_english_gets_no_dutch_level() -> None:
    english = (
        "Everybody should bring their thoughtful knowledge whenever something happened yesterday evening."
    )
    assert language.level(english).level is None


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    found = language.level(text)
    assert (found.level is None) == (found.score is None)
    assert found.longest_sentence <= found.words


@given(st.permutations(B1.split(". ")))
def test_the_order_of_sentences_does_not_count(parts: list[str]) -> None:
    shuffled = ". ".join(part.rstrip(".") for part in parts) + "."
    assert score(shuffled) == pytest.approx(score(B1), abs=0.05)


def test_eight_thousand_signs_take_no_time_to_speak_of() -> None:
    text = ((B1 + " " + C1 + " ") * 30)[:8000]
    language.level(text)
    begin = time.process_time()
    language.level(text)
    assert time.process_time() - begin < 0.5  # some thousandths; the room is for a busy machine
