"""Frozen values as JSON's own types, so that a database can keep a file as it was read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def as_json(value: Any) -> Any:
    """The same value as dicts, lists, text and numbers.

    Enums become their value, dates ISO text, whole decimals integers; sets become sorted lists, so that equal
    values give equal JSON. TypeError for anything else: nothing is silently turned into text.
    """
    if value is None or isinstance(value, bool | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return _nested(value)


def _nested(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(as_json(key)): as_json(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((as_json(inner) for inner in value), key=str)
    if isinstance(value, list | tuple):
        return [as_json(inner) for inner in value]
    raise TypeError(f"no JSON for {type(value).__name__}")
