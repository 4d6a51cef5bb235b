"""Checks on the papers of the project: links that lead somewhere, locks without addresses."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from noaber.cli.state import CHECKOUT

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
OUTSIDE = ("http://", "https://", "mailto:")


def findings(checkout: Path) -> list[str]:
    """Everything wrong with the papers below `checkout`, one line each: file, and what is wrong."""
    papers = [path for path in tracked_files(checkout) if path.suffix == ".md"]
    return [*broken_links(papers, checkout), *addresses_in_locks(checkout)]


def broken_links(papers: Iterable[Path], checkout: Path) -> Iterator[str]:
    """Links between files that point to nothing."""
    for paper in papers:
        text = CODE.sub("", paper.read_text(encoding="utf-8"))
        for match in LINK.finditer(text):
            target = (match.group(1) or match.group(2)).split("#", 1)[0]
            if not target or target.startswith(OUTSIDE):
                continue
            if not (paper.parent / target).exists():
                yield f"{paper.relative_to(checkout)}: the link to {target} leads nowhere"


def addresses_in_locks(checkout: Path) -> Iterator[str]:
    """Lock files that name a server; a lock must work with any package index."""
    for lock in sorted(checkout.glob("*.lock")):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
            if "://" in line or line.startswith(("--index-url", "--extra-index-url", "--find-links")):
                yield f"{lock.name}:{number}: a lock holds no addresses"


def tracked_files(checkout: Path) -> list[Path]:
    """The files of the project: those git knows, or all of them where there is no git."""
    answer = subprocess.run(
        ["git", "-C", str(checkout), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode == 0:
        return [path for name in answer.stdout.split("\0") if name and (path := checkout / name).is_file()]
    return [path for path in checkout.rglob("*") if path.is_file()]


if __name__ == "__main__":
    found = findings(CHECKOUT)
    print("\n".join(found) if found else "The papers are in order.")
    sys.exit(1 if found else 0)
