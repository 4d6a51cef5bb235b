"""The labelled questions hang together, and the measure measures."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from tests.recall.measure import Question, load_questions, measure, recall_of

from noaber.cli.demo_world.offers import load_offers


def question(*relevant: str, spelling: str = "right", need: str = "n") -> Question:
    return Question(need, "ik slaap slecht", "", spelling, "work", frozenset(relevant))


def test_each_label_is_an_entry_of_the_demo() -> None:
    known = {offer.key for offer in load_offers()}
    assert {key for q in load_questions("") for key in q.relevant} - known == set()


def test_there_are_enough_questions_and_half_is_spelt_wrong() -> None:
    found = load_questions("")
    assert len(found) >= 180
    assert Counter(q.spelling for q in found)["wrong"] * 2 == len(found)
    assert len({q.text for q in found}) == len(found)


def test_a_third_is_kept_and_a_need_never_stands_in_both_parts() -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for q in load_questions(""):
        parts[q.need].add(q.part)
    assert all(len(found) == 1 for found in parts.values())
    kept = sum(found == {"kept"} for found in parts.values())
    assert kept / len(parts) == pytest.approx(1 / 3, abs=0.01)


def test_a_question_spelt_right_needs_no_repair() -> None:
    wrong = {q.text for q in load_questions("") if q.spelling == "wrong"}
    right = {q.text for q in load_questions("") if q.spelling == "right"}
    assert not wrong & right
    assert all(q.relevant for q in load_questions(""))


@pytest.mark.parametrize(
    ("relevant", "keys", "share"),
    [
        (("a", "b"), ("a", "x", "b"), 1.0),
        (("a", "b"), ("a", "a", "a"), 0.5),
        (("a",), (), 0.0),
        (("a",), (*"bcdefghijk", "a"), 0.0),
        (tuple("abcdefghijklmnop"), tuple("abcdefghij"), 1.0),
        (tuple("abcdefghijklmnop"), tuple("abcdexxyyz"), 0.5),
    ],
)
def test_recall_counts_good_answers_among_the_first_ten(
    relevant: tuple[str, ...], keys: tuple[str, ...], share: float
) -> None:
    assert recall_of(question(*relevant), keys) == share


def test_the_interval_draws_needs_and_holds_the_mean() -> None:
    asked = [question("a", need=str(n), spelling=s) for n in range(40) for s in ("right", "wrong")]
    answers = iter([("a",) if n % 4 else ("b",) for n in range(40) for _ in range(2)])
    told, misses = measure(lambda text, near: next(answers), asked)
    assert told["all"].mean == pytest.approx(0.75)
    assert told["all"].low < 0.75 < told["all"].high
    assert told["all"].high - told["all"].low == pytest.approx(
        told["right"].high - told["right"].low, abs=0.03
    )
    assert len(misses) == 20
