"""How much of what is good does a search show among its first ten? See the README."""

from __future__ import annotations

import argparse
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import django
import numpy as np
import yaml

QUESTIONS = Path(__file__).parent / "questions.yaml"
KEPT_AGAIN = Path(__file__).parent / "questions_kept.yaml"
FIRST = 10
DRAWS = 4000
SEED = 20261122

Find = Callable[[str, str], Sequence[str]]
"""From text and place (name, four digits of a postcode, or empty) to entry keys, best first."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, and the keys of all good answers."""

    need: str
    text: str
    near: str
    spelling: str
    part: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recall:
    """A mean over questions with its 95 % interval; shares from 0 to 1."""

    mean: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose first ten left good answers out."""

    question: Question
    recall: float
    found: tuple[str, ...]


def load_questions(part: str = "work", file: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of one part ('work', 'open' or 'kept'); of all when `part` is empty."""
    rows = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)["questions"]
    found = (
        Question(
            need=row["need"],
            text=row["text"],
            near=row.get("near", ""),
            spelling=row["spelling"],
            part=row["part"],
            relevant=frozenset(row["relevant"]),
        )
        for row in rows
    )
    return tuple(question for question in found if part in ("", question.part))


def recall_of(question: Question, keys: Sequence[str]) -> float:
    """The share of the good answers that can be among the first ten and are. A key counts once."""
    first = set(list(dict.fromkeys(keys))[:FIRST])
    return len(first & question.relevant) / min(FIRST, len(question.relevant))


def measure(find: Find, questions: Iterable[Question]) -> tuple[Mapping[str, Recall], tuple[Miss, ...]]:
    """Recall over all, over those spelt right and over those spelt wrong; and the misses, worst first."""
    scores: list[tuple[Question, float]] = []
    misses: list[Miss] = []
    for question in questions:
        keys = tuple(find(question.text, question.near))
        score = recall_of(question, keys)
        scores.append((question, score))
        if score < 1:
            misses.append(Miss(question, score, keys[:FIRST]))
    groups = {
        "all": scores,
        "right": [pair for pair in scores if pair[0].spelling == "right"],
        "wrong": [pair for pair in scores if pair[0].spelling == "wrong"],
    }
    told = {name: _interval(rows) for name, rows in groups.items() if rows}
    return told, tuple(sorted(misses, key=lambda miss: miss.recall))


def _interval(rows: list[tuple[Question, float]]) -> Recall:
    """Mean and percentile interval, drawing whole needs so that twins do not count as two witnesses."""
    by_need: dict[str, list[float]] = defaultdict(list)
    for question, score in rows:
        by_need[question.need].append(score)
    sums = np.array([sum(scores) for scores in by_need.values()])
    sizes = np.array([len(scores) for scores in by_need.values()])
    picks = np.random.default_rng(SEED).integers(len(sums), size=(DRAWS, len(sums)))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Recall(float(sums.sum() / sizes.sum()), float(low), float(high), len(rows))


def main() -> None:
    """Measure a function named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("find", help="module:function")
    aside = parser.add_mutually_exclusive_group()
    aside.add_argument("--kept", action="store_true", help="the part that is kept aside, at the end")
    aside.add_argument("--opened", action="store_true", help="the half of the second set that was opened")
    aside.add_argument(
        "--kept-again", action="store_true", help="the half of the second set that is still kept, at the end"
    )
    parser.add_argument("--misses", type=int, default=0, help="show this many misses (never of what is kept)")
    options = parser.parse_args()
    kept = options.kept or options.kept_again
    part = "kept" if kept else "open" if options.opened else "work"
    django.setup()
    module, _, name = options.find.partition(":")
    find: Find = getattr(importlib.import_module(module), name)
    file = KEPT_AGAIN if options.kept_again or options.opened else QUESTIONS
    told, misses = measure(find, load_questions(part, file))
    for group, recall in told.items():
        print(
            f"{group:6} recall@{FIRST} {recall.mean:.3f}  95% {recall.low:.3f}-{recall.high:.3f}"
            f"  n={recall.questions}"
        )
    for miss in misses[: 0 if kept else options.misses]:
        left_out = sorted(miss.question.relevant - set(miss.found))
        print(f"{miss.recall:.2f} {miss.question.text!r} found {list(miss.found)} left out {left_out}")


if __name__ == "__main__":
    main()
