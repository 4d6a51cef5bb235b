"""The command `cover`: the coverage engine on a file. Needs no database."""

import os
import subprocess
import sys
from pathlib import Path

from noaber.cli.state import State


def cover(state: State, instance: Path, *, as_json: bool, each: bool) -> int:
    """0 when everyone has a point within reach, 1 when not, 2 when the file is wrong.

    In a program of its own, because numba reads where it keeps its compiled loops when it is first imported.
    """
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(state.folder / "compiled")}
    words = [str(instance), *(["--json"] if as_json else []), *(["--each"] if each else [])]
    return subprocess.run(
        [sys.executable, "-m", "noaber.engines.coverage", *words], env=environment
    ).returncode
