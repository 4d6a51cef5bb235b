"""All three asked the same: first whether they find the same, then how long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Any

from benchmarks.figures import Spread, geometric_mean
from benchmarks.search.peer_postgres import Postgres
from benchmarks.search.peer_tantivy import Tantivy
from benchmarks.search.services import Question
from benchmarks.search.stems import Groups, groups_of
from noaber.engines.search import Document, Index, Query

OURS = "noaber"
PEERS = ("postgresql", "tantivy")
SAME, OWN = "same set", "own way"
"""The peers asked for exactly the documents that we find; and as one would use them, by their own stemmer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how we read it: what the peers are asked when they must find the same."""

    kind: str
    query: Query
    groups: Groups


def readable(index: Index, questions: Sequence[Question]) -> list[Asked]:
    """The questions of which every word is known or repaired; the others find nothing here."""
    read = [(one, groups_of(index, one.query)) for one in questions]
    return [Asked(one.kind, one.query, groups) for one, groups in read if groups is not None]


def same_counts(
    index: Index, postgres: Postgres, tantivy: Tantivy, asked: Sequence[Asked]
) -> dict[str, int | float]:
    """On how many questions totals and facet counts were equal; stops at the first that differs.

    Tantivy knows no distance: it is compared without a place. With a place its box may hold
    more, or less: it has one point of a service; how much is told.
    """
    more = []
    for one in asked:
        nowhere = replace(one.query, latitude=None, longitude=None)
        _compare(
            "postgresql", one.query, _ours(index, one.query), postgres.search(one.query, groups=one.groups)
        )
        _compare("tantivy", nowhere, _ours(index, nowhere), tantivy.search(nowhere, groups=one.groups))
        if one.query.latitude is not None:
            ours, theirs = index.search(one.query).total, tantivy.search(one.query, groups=one.groups)[0]
            more.append((theirs + 1) / (ours + 1))
    return {**dict.fromkeys(PEERS, len(asked)), "box_to_circle": round(geometric_mean(more), 2)}


def _ours(index: Index, query: Query) -> tuple[int, dict[str, int]]:
    answer = index.search(query)
    return answer.total, dict(answer.facet_counts)


def _compare(name: str, query: Query, ours: Any, theirs: Any) -> None:
    if ours != theirs:
        raise SystemExit(f"{name} differs on {query}: {ours} and {theirs}")


def compare(
    index: Index, postgres: Postgres, tantivy: Tantivy, asked: Sequence[Asked], rounds: int
) -> dict[str, list[dict[str, Any]]]:
    """Times per kind of question, for each way of asking the peers.

    All are asked in turn, question by question; who begins alternates, and the first round is not counted. Of
    each question the median of its rounds counts, so that another program that took the processor weighs
    little.
    """
    ways: dict[str, Callable[[Asked], Any]] = {
        OURS: lambda one: index.search(one.query).total,
        f"postgresql {SAME}": lambda one: postgres.search(one.query, groups=one.groups)[0],
        f"tantivy {SAME}": lambda one: tantivy.search(one.query, groups=one.groups)[0],
        f"postgresql {OWN}": lambda one: postgres.search(one.query)[0],
        f"tantivy {OWN}": lambda one: tantivy.search(one.query)[0],
    }
    clock: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in ways}
    work: dict[str, list[list[float]]] = {name: [[] for _ in asked] for name in ways}
    hits: dict[str, list[int]] = {name: [0] * len(asked) for name in ways}
    names = list(ways)
    for turn in range(rounds + 1):
        for i, one in enumerate(asked):
            first = (i + turn) % len(names)
            for name in names[first:] + names[:first]:
                start, worked = time.perf_counter(), time.thread_time()
                hits[name][i] = ways[name](one)
                spent, did = time.perf_counter() - start, time.thread_time() - worked
                if turn:
                    clock[name][i].append(spent)
                    work[name][i].append(did)
    kinds = {kind: [i for i, one in enumerate(asked) if one.kind == kind] for kind in _kinds(asked)}
    kinds["all"] = list(range(len(asked)))
    middle = {name: [median(times) for times in clock[name]] for name in names}
    worked_for = {name: [median(times) for times in work[name]] for name in names}
    return {
        way: [_row(kind, way, some, middle, worked_for, hits) for kind, some in kinds.items()]
        for way in (SAME, OWN)
    }


def _kinds(asked: Sequence[Asked]) -> list[str]:
    return list(dict.fromkeys(one.kind for one in asked))


def _row(
    kind: str,
    way: str,
    some: Sequence[int],
    clock: dict[str, list[float]],
    work: dict[str, list[float]],
    hits: dict[str, list[int]],
) -> dict[str, Any]:
    """One kind of question: how long, how much work in this process, and how many were found."""
    row: dict[str, Any] = {"kind": kind, "questions": len(some)}
    for name in (OURS, *PEERS):
        full = name if name == OURS else f"{name} {way}"
        row[name] = Spread.of([clock[full][i] for i in some])
        row[f"{name}_hits"] = round(fmean(hits[full][i] for i in some))
        if name != "postgresql":
            row[f"{name}_work"] = Spread.of([work[full][i] for i in some])
        if name != OURS:
            row[f"to_{name}"] = round(geometric_mean([clock[full][i] / clock[OURS][i] for i in some]), 1)
            row[f"p95_to_{name}"] = round(row[name].p95_ms / row[OURS].p95_ms, 1)
    return row


def changes(index: Index, documents: Sequence[Document]) -> dict[str, float]:
    """How long one edit takes, with the first search after it, in milliseconds."""
    spent = []
    for document in documents[:300]:
        start = time.perf_counter()
        index.put(replace(document, title=f"{document.title} gewijzigd"))
        index.search(Query("gewijzigd", limit=1))
        spent.append(time.perf_counter() - start)
    spread = Spread.of(spent)
    return {"median_ms": spread.median_ms, "p95_ms": spread.p95_ms, "longest_ms": round(max(spent) * 1000, 1)}
