"""Bring the catalogues up to date: `python -m tests.languages.extract [language …] [--check]`.

Adds every new sentence, removes what no page says any more, keeps every translation that still fits, and
compiles. With `--check` it changes nothing and lists what is missing or wrong.
"""

from __future__ import annotations

import argparse
import os
import sys


def main(words: list[str] | None = None) -> int:
    """Run; returns 1 when `--check` found something."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    import django

    django.setup()
    from tests.languages import catalogues, extracting

    parser = argparse.ArgumentParser(prog="python -m tests.languages.extract", description=__doc__)
    parser.add_argument("languages", nargs="*", default=[], help=f"of {', '.join(catalogues.TARGETS)}")
    parser.add_argument("--check", action="store_true", help="change nothing, list what is missing or wrong")
    asked = parser.parse_args(words)
    chosen = asked.languages or list(catalogues.TARGETS)
    if unknown := set(chosen) - set(catalogues.TARGETS):
        parser.error(f"no such language: {', '.join(sorted(unknown))}")
    found = extracting.everything()
    wrong = 0
    for code in chosen:
        if not asked.check:
            catalogues.folder(code).mkdir(parents=True, exist_ok=True)
            catalogues.po_file(code).write_bytes(catalogues.as_po(catalogues.brought_up_to_date(code, found)))
            catalogues.mo_file(code).write_bytes(catalogues.as_mo(code))
        faults = catalogues.faults(code, found)
        wrong += len(faults)
        done = sum(all(catalogues.strings(m)) for m in catalogues.entries(catalogues.read(code)))
        print(f"{code}: {done} of {len(found.places)} translated, {len(faults)} to do")
        if asked.check:
            print("".join(f"  {fault}\n" for fault in faults), end="")
    return 1 if asked.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
