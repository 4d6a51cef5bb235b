"""What pages hold of a web. Nothing here adds up, averages or judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from noaber.knowledge.questionnaires import Questionnaire


@dataclass(frozen=True, slots=True)
class WebAnswers:
    """What she chose: a number or nothing for each question, and the areas she wants to talk about."""

    values: Mapping[str, int | None]
    talk: frozenset[str]
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing at all was filled in."""
        return not (self.talk or self.note.strip() or any(v is not None for v in self.values.values()))


@dataclass(frozen=True, slots=True)
class WebView:
    """One web as its reader may see it."""

    id: UUID
    filled_on: date
    filled_at: datetime
    questionnaire: Questionnaire
    values: Mapping[str, int | None]
    talk: frozenset[str]
    note: str

    @property
    def topics(self) -> tuple[str, ...]:
        """The titles of the areas she wants to talk about, in the order of the page."""
        return tuple(area.title for area in self.questionnaire.areas if area.id in self.talk)


@dataclass(frozen=True, slots=True)
class ShareChoice:
    """A conversation at which a web can be shown, and whether one is."""

    conversation_id: UUID
    starts_at: datetime
    names: tuple[str, ...]
    held: bool
    web_id: UUID | None
    web_filled_on: date | None


@dataclass(frozen=True, slots=True)
class MyWeb:
    """Everything on 'Mijn web': the newest, what came before, one to compare with, and who sees it."""

    questionnaire: Questionnaire
    newest: WebView | None
    earlier: tuple[WebView, ...]
    beside: WebView | None
    choices: tuple[ShareChoice, ...]
