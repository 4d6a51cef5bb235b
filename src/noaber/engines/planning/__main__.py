"""``python -m noaber.engines.planning INSTANCE.json [--json] [--limit N]``: the engine on a file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from noaber.engines.planning.board import AMSTERDAM
from noaber.engines.planning.errors import BadInstance
from noaber.engines.planning.interchange import from_json, to_json
from noaber.engines.planning.model import Option, PlanAnswer
from noaber.engines.planning.run import earliest_fits


def main(arguments: list[str] | None = None) -> int:
    """Answer the file; 0 when a conversation fits, 1 when none does, 2 when the file is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m noaber.engines.planning",
        description="Vindt het vroegste gesprek waarbij de juiste mensen samen vrij zijn.",
    )
    parser.add_argument("instance", type=Path, help="een JSON-bestand, zie engines/planning/examples/")
    parser.add_argument("--json", action="store_true", help="geef het antwoord als JSON")
    parser.add_argument("--limit", type=int, default=5, help="hoeveel opties (5)")
    asked = parser.parse_args(arguments)
    try:
        answer = earliest_fits(from_json(json.loads(asked.instance.read_text("utf-8"))), asked.limit)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        print(f"{asked.instance}: niet te lezen als JSON: {error}", file=sys.stderr)
        return 2
    except BadInstance as error:
        print(f"{asked.instance}: {error.sentence()}", file=sys.stderr)
        return 2
    print(json.dumps(to_json(answer), indent=2) if asked.json else _in_words(answer))
    return 0 if answer.options else 1


def _in_words(answer: PlanAnswer) -> str:
    lines = [_line(option) for option in answer.options] or ["Er past niets in het zoekvenster."]
    if answer.without_lived_experience is not None:
        lines.append("Zonder ervaringsdeskundige: " + _line(answer.without_lived_experience))
    for lack in answer.shortage.lacks if answer.shortage else ():
        alone = "nooit" if lack.alone_day is None else f"op dag {lack.alone_day}"
        without = "nooit" if lack.without_day is None else f"op dag {lack.without_day}"
        mark = "!" if lack.blocks else " "
        lines.append(f"{mark} {lack.key}: alleen deze eis {alone}; zonder deze eis past het {without}")
    return "\n".join(lines)


def _line(option: Option) -> str:
    local = option.start.astimezone(AMSTERDAM)
    people = ", ".join(f"{seat.candidate_id} ({seat.role})" for seat in option.people)
    missed = f" [{', '.join(option.penalties)}]" if option.penalties else ""
    return (
        f"dag {option.net_day}: {local:%Y-%m-%d %H:%M %Z} {option.place_id or option.mode} {people}{missed}"
    )


if __name__ == "__main__":
    sys.exit(main())
