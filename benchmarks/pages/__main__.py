"""Run with `python3 -m benchmarks.pages`, from the checkout."""

import argparse

from benchmarks.environment import enter


def main() -> None:
    """Make the world, start both servers, compare, print."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--scale", type=float, default=0.2, help="part of two years of invented life (0.2)")
    parser.add_argument("--rounds", type=int, default=6, help="turns of each server on each page (6)")
    parser.add_argument("--requests", type=int, default=40, help="requests in one turn (40)")
    parser.add_argument("--clients", type=int, default=4, help="visitors at the same time (4)")
    parser.add_argument("--workers", type=int, default=2, help="processes of each server (2)")
    options = parser.parse_args()
    enter("benchmarks.pages")
    from noaber.cli.failures import CommandFailure

    try:
        run(options)
    except CommandFailure as failure:
        raise SystemExit(f"benchmark: {failure}") from failure


def run(options: argparse.Namespace) -> None:
    """The run itself, in an environment that has every package."""
    from benchmarks.figures import machine
    from benchmarks.pages.comparing import Size, compare, overall
    from benchmarks.pages.servers import both
    from benchmarks.pages.world import world
    from noaber.cli.printing import print_json, say, table
    from noaber.cli.serving import THREADS_PER_WORKER

    size = Size(options.rounds, options.requests, options.clients)
    with world(options.scale) as made:
        say(f"The world is there: {made.requests_for_help} requests for help.")
        measured_on = machine()
        with both(made.environment, workers=options.workers) as (ours, peer):
            results = compare(ours, peer, made, size)
    whole = overall(results)
    if options.json:
        print_json(
            {
                "ours": {"server": ours.name, "version": ours.version},
                "peer": {"server": peer.name, "version": peer.version},
                "workers": options.workers,
                "threads_per_worker": THREADS_PER_WORKER,
                "rounds": size.rounds,
                "requests_per_round": size.requests,
                "clients": size.clients,
                "requests_for_help": made.requests_for_help,
                "machine": measured_on,
                "pages": results,
                **whole,
            }
        )
        return
    rows = [
        (
            *(row.page, f"{row.kilobytes:.0f} kB"),
            *(f"{row.ours.median_ms:.1f} ms", f"{row.peer.median_ms:.1f} ms", f"{row.ratio:.2f}"),
            *(f"{row.rate_ratio:.2f}", shown(row.ours_processor_ms), shown(row.peer_processor_ms)),
            shown(row.processor_ratio),
        )
        for row in results
    ]
    rows.append(
        (
            "all",
            "",
            "",
            "",
            shown(whole["ratio"]),
            shown(whole["rate_ratio"]),
            "",
            "",
            shown(whole["processor_ratio"]),
        )
    )
    print(
        f"{ours.name} {ours.version} against {peer.name} {peer.version}, {options.workers} processes "
        f"of {THREADS_PER_WORKER} threads each, {size.clients} visitors, {size.rounds} rounds of "
        f"{size.requests}.\nEvery answer was a 200 with the same page. Median time to an answer and ratio; "
        "ratio of pages in a second; processor time for a page in ms and ratio.\n"
    )
    head = ("Page", "Size", ours.name, peer.name, "Ratio", "Rate", "CPU ours", "CPU peer", "Ratio")
    print(table(head, rows))


def shown(number: float | None) -> str:
    """A number in a column, or a dash."""
    return "-" if number is None else f"{number:.2f}"


if __name__ == "__main__":
    main()
