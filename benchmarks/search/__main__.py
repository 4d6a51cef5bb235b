"""Run with `python3 -m benchmarks.search`, from the checkout. Makes its own PostgreSQL; minutes."""

import argparse
import time
from typing import Any

from benchmarks.environment import enter

SHOWN = ("noaber", "noaber_work", "postgresql", "tantivy", "tantivy_work")
FOUND = ("noaber_hits", "postgresql_hits", "tantivy_hits")
TIMES = ("p95_to_postgresql", "p95_to_tantivy", "to_postgresql", "to_tantivy")
COLUMNS = (
    *("p50 / p95, ms", "Noaber", "its work", "PostgreSQL", "tantivy", "its work"),
    *("hits", "PG", "tantivy"),
    *("p95 × PG", "× tantivy", "mean × PG", "× tantivy"),
)


def main() -> None:
    """Ask all three the same questions in turn, check that they agree, print."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.search", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--services", type=int, default=100_000, help="how many services (100,000)")
    parser.add_argument("--questions", type=int, default=420, help="how many questions (420)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (3)")
    parser.add_argument("--seed", type=int, default=20270701, help="seed of services and questions")
    options = parser.parse_args()
    enter("benchmarks.search")
    run(options)


def run(options: argparse.Namespace) -> None:
    """The run itself, in an environment that has every package."""
    from benchmarks.figures import machine
    from benchmarks.search.comparing import changes, compare, readable, same_counts
    from benchmarks.search.peer_postgres import Postgres, database
    from benchmarks.search.peer_tantivy import Tantivy
    from benchmarks.search.services import World
    from noaber.cli.printing import print_json
    from noaber.engines.search import Index, Query, warm

    measured_on = machine()
    filled: dict[str, float] = {}

    def timed(name: str, make: Any) -> Any:
        start = time.perf_counter()
        made = make()
        filled[name] = round(time.perf_counter() - start, 1)
        return made

    world = World(options.seed)
    documents = world.services(options.services)
    questions = world.questions(options.questions)
    timed("loops", warm)

    def ours() -> Index:
        index = Index.of(documents)
        index.search(Query("eerste"))
        return index

    index = timed("noaber", ours)
    rival = timed("tantivy", lambda: Tantivy(documents))
    with database() as connection:
        postgres = timed("postgresql", lambda: Postgres(connection, documents))
        asked = readable(index, questions)
        equal = same_counts(index, postgres, rival, asked)
        rows = compare(index, postgres, rival, asked, options.rounds)
    result = {
        "services": options.services,
        "questions": len(asked),
        "rounds": options.rounds,
        "seed": options.seed,
        "machine": measured_on,
        "filled_in_seconds": filled,
        "equal": equal,
        "changes": changes(index, documents),
        **rows,
    }
    if options.json:
        print_json(result)
    else:
        _print(result)


def _print(result: dict[str, Any]) -> None:
    from benchmarks.search.comparing import OWN, SAME
    from noaber.cli.printing import table

    equal = result["equal"]
    print(
        f"{result['services']} services. Equal totals and facets on {equal['postgresql']} questions with"
        f" PostgreSQL and on {equal['tantivy']} with tantivy; its box holds"
        f" {equal['box_to_circle']} times what the circle does.\n"
    )
    for way in (SAME, OWN):
        lines = [
            (
                row["kind"],
                *(f"{row[name].median_ms:.2f} / {row[name].p95_ms:.2f}" for name in SHOWN),
                *(str(row[name]) for name in FOUND),
                *(f"{row[name]:.1f}" for name in TIMES),
            )
            for row in result[way]
        ]
        print(f"{way}\n{table(COLUMNS, lines)}\n")
    print(f"Changes: {result['changes']}\nFilled in seconds: {result['filled_in_seconds']}")


if __name__ == "__main__":
    main()
