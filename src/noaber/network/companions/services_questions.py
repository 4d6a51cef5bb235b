"""'Mijn keuzes' on paper: what stands on it, and what each answer does. Rooms above add questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.hallway.access.types import Actor
from noaber.network.residents import queries as residents_queries
from noaber.network.residents import services as residents
from noaber.network.residents.types import Wishes

YES, NO = "yes", "no"
YES_NO: tuple[tuple[str, str | Promise], ...] = ((YES, _("Ja")), (NO, _("Nee")))


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form: boxes to tick, or words to write when there are no choices."""

    key: str
    label: str | Promise
    choices: tuple[tuple[str, str | Promise], ...] = YES_NO


Apply = Callable[[Actor, Mapping[str, str], datetime], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the form. `apply(actor, answers, now)` gets what was filled in, and only that."""

    key: str
    title: str | Promise
    questions: tuple[Question, ...]
    apply: Apply


_parts: list[Part] = []


def register_part(part: Part) -> None:
    """Let a room put its own questions on the form."""
    _parts[:] = [p for p in _parts if p.key != part.key] + [part]


def parts() -> tuple[Part, ...]:
    """The form from top to bottom."""
    return tuple(_parts)


REACH = (
    Question("may_ring", _("U mag mij bellen")),
    Question("may_leave_message", _("U mag een bericht achterlaten")),
    Question("may_text", _("U mag mij een sms sturen")),
    Question("may_post", _("U mag mij een brief sturen")),
    Question("may_mail", _("U mag mij mailen")),
    Question("phone", _("Mijn telefoonnummer"), ()),
    Question("post_address", _("Mijn adres voor brieven"), ()),
)


def _apply_reach(actor: Actor, answers: Mapping[str, str], now: datetime) -> None:
    wishes = residents_queries.own_wishes(actor, now=now)
    residents.save_wishes(actor=actor, wishes=_changed(wishes, answers), now=now)


def _changed(wishes: Wishes, answers: Mapping[str, str]) -> Wishes:
    """Her wishes with what she filled in; a way for which no address is left closes by itself."""
    ticked = {key: value == YES for key, value in answers.items() if key.startswith("may_")}
    written = {key: value for key, value in answers.items() if key in {"phone", "post_address"}}
    new = replace(wishes, **ticked, **written)  # type: ignore[arg-type]
    if not new.phone:
        new = replace(new, may_ring=False, may_text=False)
    if not new.email:
        new = replace(new, may_mail=False)
    return new


def register() -> None:
    """Called once at start."""
    register_part(Part("reach", _("Zo mag u mij bereiken"), REACH, _apply_reach))
