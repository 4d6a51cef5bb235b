"""Errors and log lines that never carry a person: no locals, no form data, no query string."""

from __future__ import annotations

import logging
import re
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

_QUERY = re.compile(r"\?[^\s\"']*")
_DETAIL = re.compile(r"(?sm)^\s*(DETAIL|HINT|CONTEXT|QUERY|LINE \d+):.*\Z")
_INPUT = re.compile(r"(?s)(invalid input (?:syntax|value) for [^:\n]*): \".*\"")


class NothingPersonal(SafeExceptionReporterFilter):
    """Leaves the traceback and drops every value."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Nothing that was typed."""
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        """No locals."""
        nothing: dict[str, Any] = {}
        return nothing.items()


class NamelessRecords(logging.Filter):
    """Cuts query strings, database details and exception values out of log lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; never drops it."""
        text = record.getMessage()
        record.msg = _DETAIL.sub(r"\1: (weggelaten)", _INPUT.sub(r"\1", _QUERY.sub("?…", text)))
        record.args = ()
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            record.exc_info = (kind, kind("(weggelaten)") if _plain(kind) else None, trace)  # type: ignore[assignment]
        record.exc_text = None
        return True


def _plain(kind: type[BaseException]) -> bool:
    try:
        kind("")
    except Exception:  # noqa: BLE001  # an exception type with its own signature: show the type alone
        return False
    return True
