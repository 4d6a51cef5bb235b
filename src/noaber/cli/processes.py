"""Questions about other processes of this machine, answered the same way on Linux and macOS."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from noaber.cli.failures import CommandFailure


def is_alive(process_id: int) -> bool:
    """Whether a process with this number exists and is more than an uncollected corpse."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] != "Z"


def runs_in_folder(process_id: int, folder: Path) -> bool:
    """Whether this process is a PostgreSQL server on `folder` (its working folder is its data folder).

    A process number may have been given out again since it was written down; this tells the difference.
    """
    try:
        return os.path.samefile(os.readlink(f"/proc/{process_id}/cwd"), folder)
    except OSError:
        return "postgres" in command_line(process_id) and str(folder) in command_line(process_id)


def command_line(process_id: int) -> str:
    """The command that a process was started with; empty when it is gone."""
    try:
        return (
            Path(f"/proc/{process_id}/cmdline")
            .read_bytes()
            .replace(b"\0", b" ")
            .decode("utf-8", "replace")
            .strip()
        )
    except OSError:
        pass
    try:
        answer = subprocess.run(
            ["ps", "-o", "command=", "-p", str(process_id)], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return answer.stdout.strip()


def group_members(group: int) -> list[int]:
    """The numbers of all processes in a process group."""
    folders = list(Path("/proc").glob("[0-9]*/stat"))
    if folders:
        return [int(path.parent.name) for path in folders if _group_of(path) == group]
    answer = subprocess.run(["ps", "-A", "-o", "pid=,pgid="], capture_output=True, text=True, check=False)
    rows = (line.split() for line in answer.stdout.splitlines())
    return [int(row[0]) for row in rows if len(row) == 2 and int(row[1]) == group]


def _group_of(stat_file: Path) -> int | None:
    try:
        text = stat_file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(text.rpartition(")")[2].split()[2])


def run_step(words: Sequence[str], environment: Mapping[str, str], problem: str) -> str:
    """Run a program to its end and give what it printed; CommandFailure with `problem` when it fails."""
    done = subprocess.run(
        words,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        last = "\n".join(done.stdout.strip().splitlines()[-12:])
        raise CommandFailure(f"{problem}.\n{last}")
    return done.stdout
