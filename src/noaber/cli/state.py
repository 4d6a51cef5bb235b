"""The state folder of one checkout: where its database, its secrets and its logs live.

The bootstrap script `noaber` chooses the folder and passes it on in NOABER_STATE_DIR, so that the
choice is made in one place.
"""

import base64
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from noaber.cli.failures import CommandFailure

CHECKOUT = Path(__file__).resolve().parents[3]
"""The folder that holds `noaber`, `src/` and `regions/`."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The passwords and keys of one installation, made once."""

    postgres_password: str
    owner_password: str
    app_password: str
    secret_key: str
    field_keys: str

    @classmethod
    def fresh(cls) -> "Secrets":
        """New random secrets; the field key is a Fernet key (32 bytes, url-safe base64)."""
        return cls(
            postgres_password=secrets.token_urlsafe(24),
            owner_password=secrets.token_urlsafe(24),
            app_password=secrets.token_urlsafe(24),
            secret_key=secrets.token_urlsafe(48),
            field_keys=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii"),
        )


@dataclass(frozen=True, slots=True)
class State:
    """The folder with everything that this installation must keep or may rebuild."""

    folder: Path

    @property
    def secrets_file(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def clusters(self) -> Path:
        """Holds the PostgreSQL data folders; belongs to the user that PostgreSQL runs as."""
        return self.folder / "postgresql"

    def prepare(self) -> None:
        """Make the folders that every command may count on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)


def current_state(environ: Mapping[str, str] = os.environ) -> State:
    """The state folder that the bootstrap script chose for this checkout."""
    chosen = environ.get("NOABER_STATE_DIR", "")
    if not chosen:
        raise CommandFailure(
            "NOABER_STATE_DIR is not set. Start this command through ./noaber, which chooses the folder."
        )
    state = State(Path(chosen).absolute())
    try:
        state.prepare()
    except OSError as error:
        raise CommandFailure(
            f"The state folder {state.folder} cannot be made ({error.strerror}). "
            "Set NOABER_STATE_DIR to a folder that you may write in."
        ) from error
    return state


def load_secrets(state: State) -> Secrets:
    """Read the secrets of this installation, or make them when there is nothing yet to protect.

    Raises CommandFailure when a database exists but its secrets are gone: new ones would not open it.
    """
    path = state.secrets_file
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Secrets(**stored)
    except FileNotFoundError:
        return _create_secrets(state)
    except (ValueError, TypeError) as error:
        raise CommandFailure(
            f"{path} is damaged. Put back a copy of it; without it the database stays closed."
        ) from error


def _create_secrets(state: State) -> Secrets:
    if any(state.clusters.glob("*/data-*/PG_VERSION")):
        raise CommandFailure(
            f"{state.secrets_file} is missing, but there is a database that was made with it. "
            f"Put back a copy of it, or remove {state.clusters} to begin with an empty database."
        )
    fresh = Secrets.fresh()
    content = json.dumps({name: getattr(fresh, name) for name in Secrets.__slots__}, indent=1)
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=state.folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, state.secrets_file)
    except FileExistsError:
        return load_secrets(state)
    finally:
        os.unlink(draft)
    return fresh
