"""Compile the catalogues: `python -m tests.languages.compile [language …]`. Needs no GNU gettext."""

from __future__ import annotations

import os
import sys


def main(words: list[str]) -> int:
    """Write the `.mo` beside each `.po`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    import django

    django.setup()
    from tests.languages import catalogues

    for code in words or catalogues.TARGETS:
        catalogues.mo_file(code).write_bytes(catalogues.as_mo(code))
        print(f"{code}: {catalogues.mo_file(code).name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
