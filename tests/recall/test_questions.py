"""The labelled questions hang together, and the measure measures."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.recall.measure import KEPT_AGAIN, Question, load_questions, measure, recall_of

from noaber.cli.demo_world.offers import DemoOffer, load_offers

PLACES = Path(__file__).parents[2] / "regions" / "twente" / "places.yaml"


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


def kept_again() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load(KEPT_AGAIN.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)[
        "questions"
    ]
    return rows


def test_the_second_kept_set_names_entries_and_shares_no_question_with_the_first() -> None:
    rows, again = kept_again(), load_questions("", KEPT_AGAIN)
    assert len(again) == len(rows) >= 180
    assert {key for q in again for key in q.relevant} <= {offer.key for offer in load_offers()}
    assert all(len(row["relevant"]) == len(set(row["relevant"])) > 0 for row in rows)
    texts = [q.text for q in again]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & {q.text for q in load_questions("")}


def test_every_second_need_of_the_second_set_is_opened_and_the_others_stay_kept() -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for row in kept_again():
        parts[row["need"]].add(row["part"])
    assert list(parts.values()) == [{"open"} if place % 2 else {"kept"} for place in range(len(parts))]
    opened = load_questions("open", KEPT_AGAIN)
    assert len(opened) + len(load_questions("kept", KEPT_AGAIN)) == len(kept_again())
    assert not load_questions("work", KEPT_AGAIN)


def test_a_pair_of_the_second_set_is_one_need_spelt_right_and_wrong() -> None:
    pairs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in kept_again():
        pairs[row["need"]].append(row)
    for right, wrong in pairs.values():
        assert (right["spelling"], wrong["spelling"]) == ("right", "wrong")
        assert right["relevant"] == wrong["relevant"]
        assert right.get("near") == wrong.get("near")
        assert right.get("place") == wrong.get("place")
        assert 3 <= len(right["why"].split()) <= 16


def kilometres(offer: DemoOffer, spot: dict[str, Any]) -> float:
    assert offer.place
    lat1, lat2 = math.radians(offer.place.latitude), math.radians(spot["latitude"])
    across = math.radians(spot["longitude"] - offer.place.longitude)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * 6_371 * math.asin(math.sqrt(h))


def test_labels_of_the_second_set_keep_to_the_rules_of_place() -> None:
    spots = yaml.load(PLACES.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)["places"]
    offers = {offer.key: offer for offer in load_offers()}
    for row in kept_again():
        assert not ("near" in row and "place" in row)
        asked = row.get("near", row.get("place"))
        if asked is None:
            continue
        (spot,) = [s for s in spots if asked == s["name"] or asked in s["postcodes"]]
        for offer in (offers[key] for key in row["relevant"]):
            if offer.place is None or ("place" in row and offer.municipality == spot["municipality"]):
                continue
            assert kilometres(offer, spot) <= (15 if "near" in row else 8), (row["need"], offer.key)


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
