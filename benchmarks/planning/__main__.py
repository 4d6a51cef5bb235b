"""Run with `python3 -m benchmarks.planning`, from the checkout. Needs no database."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from benchmarks.environment import enter


def main() -> None:
    """Ask both the same questions in turn, check that they agree, print."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.planning", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--people", type=int, default=84, help="professionals in the pool (84)")
    parser.add_argument("--days", type=int, default=42, help="days that are searched (42)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each (5)")
    parser.add_argument("--seed", type=int, default=20270701, help="seed of the pool")
    options = parser.parse_args()
    enter("benchmarks.planning")
    run(options)


def run(options: argparse.Namespace) -> None:
    """The run itself, in an environment that has every package."""
    from benchmarks.figures import geometric_mean, machine
    from benchmarks.planning.questions import questions
    from noaber.cli.printing import print_json, table

    measured_on = machine()
    asked = questions(options.seed, people=options.people, days=options.days)
    rows = [_compare(question.name, question.problem, options.rounds) for question in asked]
    whole = round(geometric_mean([row["ratio"] for row in rows]), 1)
    if options.json:
        settings = {
            "people": options.people,
            "days": options.days,
            "rounds": options.rounds,
            "seed": options.seed,
        }
        print_json(
            {"ours": "earliest_fits", "peer": "grid search", **settings, "machine": measured_on}
            | {"questions": rows, "ratio": whole}
        )
        return
    print(
        f"earliest_fits against grid search: {options.people} people, {options.days} days, "
        f"{options.rounds} rounds. Both gave the same starts with the same people.\n"
    )
    lines = [
        (
            *(row["question"], row["days_found"], f"{row['ours'].median_ms:.1f} ms"),
            *(f"{row['peer'].median_ms:.1f} ms", f"{row['ratio']:.1f}"),
        )
        for row in rows
    ]
    print(
        table(
            ("Question", "Days found", "earliest_fits", "grid search", "Ratio"),
            [*lines, ("all", "", "", "", whole)],
        )
    )


def _compare(name: str, problem: Any, rounds: int) -> dict[str, Any]:
    from benchmarks.figures import Spread
    from benchmarks.planning.peer import grid_search
    from noaber.engines.planning import earliest_fits

    ours, peer = [], []
    for number in range(rounds + 1):  # the first round warms up
        engine, engine_seconds = _timed(lambda: earliest_fits(problem))
        search, search_seconds = _timed(lambda: grid_search(problem))
        found = [
            (option.start, tuple(seat.candidate_id for seat in option.people)) for option in engine.options
        ]
        if found != search:
            raise SystemExit(f"They disagree on {name!r}: {found} against {search}")
        if number:
            ours.append(engine_seconds)
            peer.append(search_seconds)
    spread, other = Spread.of(ours), Spread.of(peer)
    return {
        "question": name,
        "days_found": len(found),
        "ours": spread,
        "peer": other,
        "ratio": round(other.median_ms / spread.median_ms, 1),
    }


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """The answer and the processor time it took, in seconds; other programs on the machine do not count."""
    began = time.process_time()
    answer = act()
    return answer, time.process_time() - began


if __name__ == "__main__":
    main()
