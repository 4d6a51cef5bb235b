"""Every address of the house, walked from the root, with its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

MATRIX = Path(__file__).with_name("matrix.yml")
AUDIENCES = {
    "public": {"public"},
    "self": {"resident", "signed_in", "entering", "staff"},
    "relation": {"staff"},
    "relative": {"relative"},
    "process": {"staff"},
    "aggregate": {"staff"},
    "audit": {"staff"},
    "admin": {"staff"},
    "area": {"staff"},
    "routes": {"staff"},
    "points": {"staff"},
    "forming": {"staff"},
    "waits": {"staff"},
    "sources": {"staff"},
    "keeping": {"staff"},
    "system": {"staff"},
    "demo": {"demo"},
}
"""Which guard of `hallway/access/guards` goes with which class."""


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern: its full name, the names of what varies in it, and the view behind it."""

    name: str
    route: str
    varies: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def audience(self) -> str:
        """The mark that the guard left on the view; empty when no guard stands before it."""
        return str(getattr(self.view, "audience", ""))


def walk(
    resolver: URLResolver | None = None, above: tuple[str, ...] = (), route: str = ""
) -> Iterator[Address]:
    """Every pattern below this resolver."""
    for found in (resolver or get_resolver()).url_patterns:
        here = route + str(found.pattern)
        if isinstance(found, URLResolver):
            names = (*above, found.namespace) if found.namespace else above
            yield from walk(found, names, here)
        elif isinstance(found, URLPattern):
            name = ":".join((*above, found.name or "")) if found.name else here
            yield Address(name, here, tuple(found.pattern.regex.groupindex), found.callback)


def matrix() -> dict[str, str]:
    """The class of each address by its name."""
    loaded = yaml.safe_load(MATRIX.read_text("utf-8"))
    return {str(name): str(kind) for name, kind in loaded.items()}
