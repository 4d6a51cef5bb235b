"""Lines of the history: a sentence of ours is kept with its values, and put in words when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from noaber.hallway.access import gate
from noaber.network.residents.models import ThreadEntry


def told(words: str, values: Mapping[str, Any] | None = None) -> str:
    """A kept sentence in the language of who reads it.

    `words` may hold %(name)s. A value that is itself a sentence of ours ('op verzoek') is translated too.
    """
    if not words:
        return ""
    if not values:
        return gettext(words)
    return gettext(words) % {name: _translated(value) for name, value in values.items()}


def _translated(value: Any) -> Any:
    return gettext(value) if isinstance(value, str) and value and "://" not in value else value


def tell(
    help_request_id: UUID,
    *,
    at: datetime,
    words: str,
    kind: str,
    by: str = "",
    values: Mapping[str, Any] | None = None,
) -> None:
    """Add one line to the history. `words` is a msgid, with %(name)s for each of the `values`.

    While a helper sits beside her the line names the helper, whoever writes it.
    """
    by = gate.helper_words() or by
    ThreadEntry.objects.create(
        help_request_id=help_request_id, at=at, words=words, values=dict(values or {}), by=by[:120], kind=kind
    )
