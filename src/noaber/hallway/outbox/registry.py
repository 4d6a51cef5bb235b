"""Which events exist and who listens. Filled at start-up by the rooms' `apps.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import UUID

Handler = Callable[[Any, datetime], None]

LONGEST_LABEL = 120
"""As long as `Handling.handler`; a longer name would fail only when the event is told."""

_events: dict[str, type] = {}
_handlers: dict[str, list[tuple[str, Handler]]] = {}


def listen(event: type, handler: Handler) -> None:
    """Let `handler(event, now)` hear each `event` once."""
    name = event.__name__
    _events[name] = event
    label = f"{handler.__module__}.{handler.__qualname__}"
    if len(label) > LONGEST_LABEL:
        raise ValueError(f"the name of this listener is too long to be kept: {label}")
    known = _handlers.setdefault(name, [])
    if label not in {existing for existing, _ in known}:
        known.append((label, handler))


def handlers_of(name: str) -> tuple[tuple[str, Handler], ...]:
    """Everyone who listens to events of this name, in the order they signed up."""
    return tuple(_handlers.get(name, ()))


def to_payload(event: Any) -> dict[str, Any]:
    """The event as JSON values."""
    return {key: _plain(value) for key, value in asdict(event).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def from_payload(name: str, payload: dict[str, Any]) -> Any:
    """The event again, with its types."""
    event = _events[name]
    hints = get_type_hints(event)
    return event(**{f.name: _typed(hints[f.name], payload[f.name]) for f in fields(event)})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = getattr(hint, "__args__", (hint,))
    if UUID in kinds:
        return UUID(value)
    if datetime in kinds:
        return datetime.fromisoformat(value)
    if date in kinds:
        return date.fromisoformat(value)
    return value
