"""Questions about other processes of this machine, answered the same way on Linux and macOS."""

import os
import subprocess
from pathlib import Path


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
        return Path(f"/proc/{process_id}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        pass
    try:
        answer = subprocess.run(
            ["ps", "-o", "command=", "-p", str(process_id)], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return answer.stdout.strip()
