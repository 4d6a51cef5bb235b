"""``python -m noaber.engines.coverage INSTANCE.json [--json] [--each]``; ``--warm`` compiles the loops."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from math import isfinite
from pathlib import Path

from noaber.engines.coverage.errors import BadInstance
from noaber.engines.coverage.interchange import from_json, to_json
from noaber.engines.coverage.model import BestNext, CoverAnswer
from noaber.engines.coverage.run import cover, warm

MOST_BYTES = 1_000_000_000
MOST_LINES = 15


def main(arguments: list[str] | None = None) -> int:
    """Answer the file; 0 when everyone has something within reach, 1 when not, 2 when the file is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m noaber.engines.coverage",
        description="Telt wie een punt binnen bereik heeft, en waar een nieuw punt het meest doet.",
    )
    parser.add_argument("instance", type=Path, nargs="?", help="JSON, zie engines/coverage/examples/")
    parser.add_argument("--json", action="store_true", help="geef het antwoord als JSON")
    parser.add_argument("--each", action="store_true", help="ook van elk punt met inwoners (met --json)")
    parser.add_argument("--warm", action="store_true", help="maak de lussen klaar en stop")
    asked = parser.parse_args(arguments)
    if asked.warm:
        warm()
        return 0
    if asked.instance is None:
        parser.error("geef een bestand, of --warm")
    try:
        answer = answer_to(asked.instance)
    except BadInstance as error:
        print(f"{asked.instance}: {error.sentence()}", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        print(f"{asked.instance}: niet te lezen als JSON: {error}", file=sys.stderr)
        return 2
    with suppress(BrokenPipeError):  # who reads along may stop reading
        print(json.dumps(to_json(answer, each=asked.each), indent=2) if asked.json else _in_words(answer))
        sys.stdout.flush()
    return 0 if answer.people_reached == answer.people else 1


def answer_to(file: Path) -> CoverAnswer:
    """The answer to the question in a file. Raises BadInstance, or what reading a file raises."""
    if file.stat().st_size > MOST_BYTES:
        raise BadInstance(
            "(top)",
            happened=f"het bestand is groter dan {MOST_BYTES // 10**6} MB.",
            why="Dat past niet in het geheugen.",
            now_what="Tel adressen samen per postcode, of deel de regio op.",
        )
    return cover(from_json(json.loads(file.read_text("utf-8"))))


def _in_words(answer: CoverAnswer) -> str:
    share = answer.people_reached / answer.people if answer.people else 1.0
    lines = [
        f"{_n(answer.people_reached)} van {_n(answer.people)} mensen hebben iets binnen bereik "
        f"({100 * share:.0f} %)."
    ]
    if isfinite(answer.mean_metres):
        lines.append(f"Gemiddeld is het {answer.mean_metres / 1000:.1f} km naar het dichtste punt.")
    for spot in answer.white_spots[:MOST_LINES]:
        far = f"{spot.metres / 1000:.1f} km" if isfinite(spot.metres) else "nergens een punt"
        name = spot.place or "(zonder naam)"
        lines.append(f"  {name}: {_n(spot.people)} mensen, {_n(spot.needs)} keer gemist, {far}")
    if len(answer.white_spots) > MOST_LINES:
        lines.append(f"  en nog {len(answer.white_spots) - MOST_LINES} plaatsen")
    if answer.best_next is not None:
        lines += _best(answer.best_next)
    if answer.change is not None:
        change = answer.change
        lines.append(
            f"De verandering: {_n(change.people_gained)} mensen erbij, {_n(change.people_lost)} eraf, "
            f"gemiddeld {change.mean_metres:+.0f} meter."
        )
    return "\n".join(lines)


def _best(best: BestNext) -> list[str]:
    proof = "bewezen het beste"
    if not best.optimal:
        proof = f"meer dan {_n(best.bound)} kan niet ({100 * best.gap:.2f} %)"
    return [
        f"Beste {len(best.chosen)} nieuwe plekken: {_n(best.gained)} erbij; {proof}.",
        *(f"  {name}: {_n(gain)}" for name, gain in zip(best.chosen, best.each, strict=True)),
    ]


def _n(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


if __name__ == "__main__":
    sys.exit(main())
