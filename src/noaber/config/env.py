"""Small typed readers of the environment. A bad value is refused in a sentence."""

from __future__ import annotations

import os
from datetime import date, datetime
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used; the program stops and says which and why."""


def text(name: str, default: str = "") -> str:
    """The value of `name`, stripped."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """A yes or a no."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} moet 1 of 0 zijn; er staat: {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma separated list, without empties."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def day(name: str) -> date | None:
    """A date as YYYY-MM-DD, or None."""
    value = text(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadSetting(f"{name} moet een datum zijn zoals 2027-07-01; er staat: {value!r}.") from None


def instant(name: str) -> datetime | None:
    """An instant with its offset, such as 2027-07-01T09:00:00+02:00, or None."""
    value = text(name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadSetting(f"{name} moet een tijdstip met tijdzone zijn; er staat: {value!r}.")
    return moment


def database(url: str, *, name: str) -> dict[str, object]:
    """Django's description of the database behind `postgresql://user:secret@host:port/name?options`.

    A socket folder goes in the query: `postgresql://noaber_app:…@/noaber?host=/run/noaber`.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{name} moet beginnen met postgresql://. Alleen PostgreSQL wordt ondersteund.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    port = query.pop("port", "") or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "noaber",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": dict(query),
    }
