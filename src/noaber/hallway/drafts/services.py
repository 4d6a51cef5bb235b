"""Keep, find and remove drafts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model

from noaber.hallway.access.scope import as_system
from noaber.hallway.drafts.models import Draft

KEPT_FOR = timedelta(hours=24)
MOST_LETTERS = 400_000
Fields = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, by the name of the field."""

    fields: Fields

    def of(self, name: str) -> tuple[str, ...]:
        """What stood in this field."""
        return dict(self.fields).get(name, ())

    @property
    def texts(self) -> list[str]:
        """Everything that is more than a choice: to show again."""
        return [text for _name, texts in self.fields for text in texts if len(text) > SHORT]


SHORT = 12
"""A text of at most this many letters is a choice or a number, not typed work."""


def fingerprint(browser: str) -> str:
    """What is kept of the sign of a browser."""
    return hashlib.sha256(browser.encode()).hexdigest() if browser else ""


def keep(account_id: UUID, *, browser: str, page: str, fields: Fields, now: datetime) -> bool:
    """Keep the words of a form for this account. The last of a page counts. False when it is too much."""
    words = json.dumps([[name, list(texts)] for name, texts in fields])
    if len(words) > MOST_LETTERS or not fields:
        return False
    with as_system("getypte tekst bewaren"):
        if not get_user_model().objects.filter(pk=account_id, is_active=True).exists():
            return False
        Draft.objects.update_or_create(
            account_id=account_id,
            page=page,
            defaults={
                "browser": fingerprint(browser),
                "words": words,
                "kept_at": now,
                "until": now + KEPT_FOR,
            },
        )
    return True


def kept(account_id: UUID, *, browser: str, page: str, now: datetime) -> Words | None:
    """What this account typed on this page in this browser, if it is still there."""
    marks = ["", fingerprint(browser)]
    row = Draft.objects.filter(account_id=account_id, page=page, until__gt=now, browser__in=marks).first()
    if row is None:
        return None
    return Words(tuple((name, tuple(texts)) for name, texts in json.loads(row.words)))


def sent(account_id: UUID, *, pages: list[str]) -> None:
    """The form of one of these pages was sent: its draft has done its work."""
    Draft.objects.filter(account_id=account_id, page__in=pages).delete()


def forget(account_id: UUID) -> None:
    """Nothing stays after signing out."""
    with as_system("getypte tekst vergeten"):
        Draft.objects.filter(account_id=account_id).delete()


def remove_old(*, now: datetime) -> int:
    """Remove what is older than a day. Returns how many."""
    with as_system("oude getypte tekst weghalen"):
        return Draft.objects.filter(until__lte=now).delete()[0]
