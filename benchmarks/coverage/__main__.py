"""Run with `python3 -m benchmarks.coverage`, from the checkout. Needs no database."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from benchmarks.environment import enter

EFFORT = 3000.0
"""The search for places may look at so many million pairs: some seconds."""


def main() -> None:
    """Ask both the same questions in turn, check that they agree, print."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--people", type=int, default=460_000, help="points of the population (460,000)")
    parser.add_argument("--points", type=int, default=200, help="points to go to (200)")
    parser.add_argument("--candidates", type=int, default=1000, help="places to choose from (1,000)")
    parser.add_argument("--k", type=int, default=50, help="places to choose (50)")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each (9)")
    parser.add_argument("--moves", type=int, default=400, help="moves of one point (400)")
    parser.add_argument(
        "--solver-seconds", type=float, default=120, help="time for HiGHS on the big one (120)"
    )
    parser.add_argument("--seed", type=int, default=20270701, help="seed of the region")
    options = parser.parse_args()
    enter("benchmarks.coverage")
    run(options)


def run(options: argparse.Namespace) -> None:
    """The run itself, in an environment that has every package."""
    import numpy as np

    from benchmarks.coverage import world
    from benchmarks.figures import machine
    from noaber.cli.printing import print_json
    from noaber.engines.coverage import warm

    measured_on = machine()
    warm()
    rng = np.random.default_rng(options.seed)
    people = world.population(rng, options.people)
    points = world.points(rng, people, options.points)
    result = {
        "ours": "engines/coverage",
        "peer": "scipy",
        "people": options.people,
        "points": options.points,
        "machine": measured_on,
        "counting": _counting(people, points, options.rounds),
        "moving": _moving(people, points, options.moves, rng),
        "choosing": _choosing(people, points, options, rng),
        "small": _small(rng),
    }
    if options.json:
        print_json(result)
    else:
        _print(result)


def _counting(people: Any, points: Any, rounds: int) -> dict[str, Any]:
    """Points within reach and the nearest, of everyone: with all preparation, and once prepared."""
    import numpy as np
    from scipy.spatial import cKDTree

    from benchmarks.coverage.world import REACH, spots
    from noaber.engines.coverage import Coverage

    homes, places = np.column_stack([people.x, people.y]), spots(points)

    def peer_whole() -> Any:
        tree = cKDTree(places)
        distance, nearest = tree.query(homes, workers=2)
        return distance, nearest, tree.query_ball_point(homes, REACH.metres, return_length=True, workers=2)

    ours = Coverage(people, points, REACH)
    theirs = peer_whole()
    _check_same(ours.count(), theirs, homes, places)
    times: dict[str, list[float]] = {"whole": [], "again": [], "peer": []}
    work: dict[str, list[float]] = {"whole": [], "again": [], "peer": []}
    for _ in range(rounds):
        for name, act in (
            ("peer", peer_whole),
            ("whole", lambda: Coverage(people, points, REACH)),
            ("again", ours.recount),
        ):
            seconds, processor = _timed(act)
            times[name].append(seconds)
            work[name].append(processor)
    return _ratios(times, work)


def _ratios(times: dict[str, list[float]], work: dict[str, list[float]]) -> dict[str, Any]:
    from statistics import median

    from benchmarks.figures import Spread

    found: dict[str, Any] = {name: Spread.of(seconds) for name, seconds in times.items()}
    for name in ("whole", "again"):
        found[f"ratio_{name}"] = round(median(times["peer"]) / median(times[name]), 1)
        found[f"ratio_{name}_processor"] = round(median(work["peer"]) / median(work[name]), 1)
    return found


def _check_same(count: Any, theirs: Any, homes: Any, places: Any) -> None:
    """Equal counts, equal distances; another nearest only where two are exactly as far."""
    import numpy as np

    distance, nearest, within = theirs
    if not (count.within == within).all() or not (count.metres == distance).all():
        raise SystemExit("They disagree on counts or distances.")
    other = np.flatnonzero(count.nearest != nearest)
    gap = homes[other] - places[count.nearest[other]]
    if not (np.sqrt((gap**2).sum(axis=1)) == distance[other]).all():
        raise SystemExit("They disagree on who is nearest.")


def _moving(people: Any, points: Any, moves: int, rng: Any) -> dict[str, Any]:
    """One point to another place: looked at, and made."""
    from benchmarks.coverage.world import REACH
    from benchmarks.figures import Spread
    from noaber.engines.coverage import Change, Coverage

    stands = Coverage(people, points, REACH)
    looked, made = [], []
    for _ in range(moves):
        home = int(rng.integers(len(people)))
        change = Change(points[int(rng.integers(len(points)))].id, (people.y[home], people.x[home]))
        before = stands.people_reached()
        began = time.perf_counter()
        delta = stands.what_if(change)
        between = time.perf_counter()
        stands.make(change)
        made.append(time.perf_counter() - between)
        looked.append(between - began)
        if round(stands.people_reached() - before) != round(delta.people_gained - delta.people_lost):
            raise SystemExit("A look and the move itself disagree.")
    anew = Coverage(people, stands.points, REACH).count()
    now = stands.count()
    if not ((anew.within == now.within).all() and (anew.nearest == now.nearest).all()):
        raise SystemExit("After the moves the count differs from a count anew.")
    return {"look": Spread.of(looked), "make": Spread.of(made)}


def _choosing(people: Any, points: Any, options: argparse.Namespace, rng: Any) -> dict[str, Any]:
    """The best next places in the whole region, where few points stand."""
    from benchmarks.coverage import world
    from benchmarks.coverage.solver import solve
    from noaber.engines.coverage import Coverage

    few = points[: max(1, options.points // 10)]
    candidates = world.points(rng, people, options.candidates, name="candidate")
    stands = Coverage(people, few, world.REACH)
    found: list[Any] = []
    seconds, processor = _timed(lambda: found.append(stands.best_next(candidates, options.k, effort=EFFORT)))
    best = found[0]
    row: dict[str, Any] = {
        "candidates": options.candidates,
        "k": options.k,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "gained": best.gained,
        "bound": round(best.bound, 1),
        "gap": round(best.gap, 5),
        "optimal": best.optimal,
    }
    if options.solver_seconds > 0:
        began = time.perf_counter()
        solved = solve(people, few, candidates, options.k, world.REACH, options.solver_seconds)
        row |= {
            "solver_seconds": round(time.perf_counter() - began, 1),
            "solver_finished": solved.finished,
            "solver_value": round(solved.value, 1),
            "solver_bound": round(solved.bound, 1),
        }
        if solved.value > best.bound + 1e-3 or best.gained > solved.bound + 1e-3:
            raise SystemExit("One found more than the other proved possible.")
    return row


def _small(rng: Any) -> list[dict[str, Any]]:
    """Instances on which HiGHS finishes: the same value, proven by both."""
    from benchmarks.coverage import world
    from benchmarks.coverage.solver import solve
    from noaber.engines.coverage import Coverage

    rows = []
    for number, (homes, n, k) in enumerate(((5_000, 50, 5), (20_000, 100, 10), (40_000, 200, 20))):
        people = world.population(rng, homes)
        old = world.points(rng, people, 5)
        candidates = world.points(rng, people, n, name="candidate")
        began = time.perf_counter()
        best = Coverage(people, old, world.REACH).best_next(candidates, k, effort=EFFORT)
        between = time.perf_counter()
        solved = solve(people, old, candidates, k, world.REACH, 300)
        ended = time.perf_counter()
        if solved.finished and best.optimal and abs(solved.value - best.gained) > 1e-3:
            raise SystemExit(f"They disagree on instance {number}: {best.gained} against {solved.value}")
        rows.append(
            {
                "people": homes,
                "candidates": n,
                "k": k,
                "gained": best.gained,
                "optimal": best.optimal,
                "solver": round(solved.value, 1),
                "solver_finished": solved.finished,
                "seconds": round(between - began, 3),
                "solver_seconds": round(ended - between, 3),
            }
        )
    return rows


def _timed(act: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock, and seconds of processor over all threads."""
    processor, began = time.process_time(), time.perf_counter()
    act()
    return time.perf_counter() - began, time.process_time() - processor


def _print(result: dict[str, Any]) -> None:
    from noaber.cli.printing import table

    counting, moving, best = result["counting"], result["moving"], result["choosing"]
    print(
        f"{result['people']:,} homes, {result['points']} points; both gave the same counts and distances.\n"
    )
    lines = [
        ("scipy cKDTree, two workers", f"{counting['peer'].median_ms:.1f} ms", "", ""),
        ("ours, with preparation", f"{counting['whole'].median_ms:.1f} ms", counting["ratio_whole"],
         counting["ratio_whole_processor"]),
        ("ours, once prepared", f"{counting['again'].median_ms:.1f} ms", counting["ratio_again"],
         counting["ratio_again_processor"]),
    ]  # fmt: skip
    print(table(("Counting", "Median", "Ratio", "Ratio of processor time"), lines))
    lines = [(name, f"{moving[name].median_ms:.3f} ms", f"{moving[name].p95_ms:.3f} ms") for name in moving]
    print("\n" + table(("Moving one point", "Median", "p95"), lines))
    print(
        f"\nBest {best['k']} of {best['candidates']:,}: {best['gained']:,.0f}, at most {best['bound']:,.0f} "
        f"(gap {best['gap']:.3%}) in {best['seconds']} s, "
        f"{best['processor_seconds']} s of processor"
    )
    if "solver_value" in best:
        finished = "finished" if best["solver_finished"] else "not finished"
        print(f"HiGHS: {best['solver_value']:,.0f}, {finished} after {best['solver_seconds']} s")
    lines = [
        (f"{row['people']:,}", f"{row['k']} of {row['candidates']}", f"{row['gained']:,.0f}", row["optimal"],
         f"{row['solver']:,.0f}", row["solver_finished"], row["seconds"], row["solver_seconds"])
        for row in result["small"]
    ]  # fmt: skip
    heads = ("Homes", "Places", "Ours", "Proven", "HiGHS", "Proven", "Seconds", "HiGHS seconds")
    print("\n" + table(heads, lines))


if __name__ == "__main__":
    main()
