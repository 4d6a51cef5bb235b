"""Which questions for whom, what counts as an answer, and when a group is too small to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from noaber.knowledge.codes import load_codes
from noaber.pathways.evaluations.errors import answer_is_incomplete
from noaber.pathways.evaluations.types import Audience, Reply, Share

SMALLEST_GROUP = 5
"""Answers of fewer people are not shown."""


def questions(audience: Audience) -> dict[str, str]:
    """The three questions of this audience: code and words."""
    table = load_codes().evaluation_questions
    return {code: entry.label for code, entry in table.items() if code.startswith(f"{audience}_")}


def check_answer(audience: Audience, replies: Mapping[str, str]) -> dict[str, Reply]:
    """The replies, when every question of this audience has one and nothing else was sent."""
    wanted = questions(audience)
    missing = [code for code in wanted if replies.get(code) not in set(Reply)]
    if missing or set(replies) - set(wanted):
        raise answer_is_incomplete(missing)
    return {code: Reply(replies[code]) for code in wanted}


def shares(audience: Audience, replies: Iterable[tuple[str, str]]) -> tuple[Share, ...]:
    """How each question was answered, from pairs of question and reply; nothing for a small group.

    Only whole quarters that are over are counted (`quarter_of`), so that nobody finds one person's answer by
    subtracting yesterday's figures from today's.
    """
    counted: dict[str, Counter[str]] = {}
    for question, reply in replies:
        counted.setdefault(question, Counter())[reply] += 1
    found = []
    for code, words in questions(audience).items():
        by_reply = counted.get(code, Counter())
        n = sum(by_reply.values())
        if n < SMALLEST_GROUP:
            found.append(Share(code, words, None, None))
        else:
            found.append(Share(code, words, n, {reply: by_reply.get(reply, 0) for reply in Reply}))
    return tuple(found)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter in which this day falls."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def last_quarters(today: date, count: int) -> list[tuple[date, date]]:
    """The quarters that are over, newest first."""
    found = []
    first, _ = quarter_of(today)
    for _ in range(count):
        first, last = quarter_of(first - timedelta(days=1))
        found.append((first, last))
    return found
