"""All three asked the same: first whether they find the same, then how long it takes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from benchmarks.figures import Spread, geometric_mean
from benchmarks.search.peer_postgres import Postgres
from benchmarks.search.peer_tantivy import Tantivy
from benchmarks.search.services import Question
from benchmarks.search.stems import plain_stems, stems_of_document
from noaber.engines.search import Document, Index, Query


def same_counts(
    index: Index,
    postgres: Postgres,
    tantivy: Tantivy,
    documents: Sequence[Document],
    questions: Sequence[Question],
) -> dict[str, int]:
    """On how many questions totals and facet counts were equal; stops at the first that differs.

    The set is: every stem, radius, facets; the same stems in all three. Tantivy knows no distance, so it is
    asked without a place.
    """
    there = {stem for document in documents for stem in stems_of_document(document)}
    equal = {"postgresql": 0, "tantivy": 0}
    for question in questions:
        stems = plain_stems(question.query.text, there) if question.exact else None
        if stems is None:
            continue
        for name, peer, query in (
            ("postgresql", postgres, question.query),
            ("tantivy", tantivy, replace(question.query, latitude=None, longitude=None)),
        ):
            answer = index.search(query)
            ours = (answer.total, {code: n for code, n in answer.facet_counts.items() if n})
            theirs = peer.search(query, stems=stems)
            if ours != theirs:
                raise SystemExit(f"{name} differs on {query}: {ours} and {theirs}")
            equal[name] += 1
    return equal


def compare(
    index: Index, postgres: Postgres, tantivy: Tantivy, questions: Sequence[Question], rounds: int
) -> list[dict[str, Any]]:
    """Times per kind of question; who begins alternates, and the first round is not counted.

    Beside the time on the clock the processor time of this thread (`_work`), which feels little of what else
    the machine does. It says nothing of PostgreSQL, which works in another process.
    """
    engines = {"noaber": index.search, "postgresql": postgres.search, "tantivy": tantivy.search}
    taken: dict[str, dict[str, list[float]]] = {}
    for turn in range(rounds + 1):
        for i, question in enumerate(questions):
            names = list(engines)
            for name in names[i % 3 :] + names[: i % 3]:
                start, worked = time.perf_counter(), time.thread_time()
                engines[name](question.query)
                spent, work = time.perf_counter() - start, time.thread_time() - worked
                if turn:
                    times = taken.setdefault(question.kind, {})
                    times.setdefault(name, []).append(spent)
                    times.setdefault(f"{name}_work", []).append(work)
    names = [*engines, *(f"{name}_work" for name in engines)]
    taken["all"] = {name: [t for kind in taken.values() for t in kind[name]] for name in names}
    return [_row(kind, times) for kind, times in taken.items()]


def _row(kind: str, times: dict[str, list[float]]) -> dict[str, Any]:
    spread = {name: Spread.of(spent) for name, spent in times.items()}

    def ratio(peer: str) -> float:
        return round(geometric_mean([b / a for a, b in zip(times["noaber"], times[peer], strict=True)]), 1)

    return {
        "kind": kind,
        **spread,
        "to_postgresql": ratio("postgresql"),
        "to_tantivy": ratio("tantivy"),
        "work_to_tantivy": round(
            geometric_mean([b / a for a, b in zip(times["noaber_work"], times["tantivy_work"], strict=True)]),
            1,
        ),
        "p95_to_postgresql": round(spread["postgresql"].p95_ms / spread["noaber"].p95_ms, 1),
        "p95_to_tantivy": round(spread["tantivy"].p95_ms / spread["noaber"].p95_ms, 1),
    }


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
