"""The Python in which a benchmark runs: this one when it has what is needed, else the one of `./noaber test`.

Standard library only, because it is imported before any package is known to be there.
"""

import importlib.util
import os
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).resolve().parents[1]
NEEDED = ("django", "granian", "gunicorn", "numpy", "psycopg", "scipy", "tantivy")


def enter(module: str) -> None:
    """Go on here when every package is there; otherwise start `module` again where they are."""
    source = str(CHECKOUT / "src")
    if source not in sys.path:
        sys.path.insert(0, source)
    os.environ["PYTHONPATH"] = source  # for the programs that the run starts
    front_door = _front_door()
    state = front_door.state_folder()
    state.mkdir(parents=True, exist_ok=True)
    os.environ["NOABER_STATE_DIR"] = str(state)
    if all(importlib.util.find_spec(name) for name in NEEDED):
        return
    python = str(front_door.ready_environment(state, "test"))
    if os.path.samefile(sys.prefix, Path(python).parents[1]):
        raise SystemExit(f"The environment {sys.prefix} is not complete. Run ./noaber test once.")
    os.chdir(CHECKOUT)
    os.execv(python, [python, "-m", module, *sys.argv[1:]])


def _front_door() -> ModuleType:
    """The script `./noaber`, which knows where this checkout keeps its things."""
    loader = SourceFileLoader("noaber_front_door", str(CHECKOUT / "noaber"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    if spec is None:
        raise SystemExit("The script ./noaber is not beside the benchmarks.")
    module = importlib.util.module_from_spec(spec)
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = wrote
    return module
