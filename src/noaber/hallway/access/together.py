"""A helper beside her: what may be done together, what needs her own pin again, what only she herself does.

The room `network/companions` keeps the time together; other rooms only ask here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any
from uuid import UUID

from noaber.ground.errors import Conflict
from noaber.hallway.access.types import Actor

_helper: ContextVar[str] = ContextVar("helper_of_this_transaction", default="")


class SecondLook(Exception):
    """Raised where she must type her own pin again; answered with the page that asks for it."""


def look_twice(actor: Actor, organisation_id: UUID | None) -> None:
    """Go on, unless an organisation of the helper gains by this and she did not type her pin again.

    Call it before a consent for `organisation_id` is kept. Without a helper it does nothing.
    """
    if actor.assisted_by_id is None or actor.looked_twice:
        return
    if organisation_id in {None, actor.assisted_organisation_id, *actor.assisted_also}:
        raise SecondLook()


def look_twice_at_all(actor: Actor) -> None:
    """Go on, unless a helper sits beside her and she did not type her pin again; whatever it is about."""
    look_twice(actor, None)


def only_herself(actor: Actor) -> None:
    """Go on, unless a helper sits beside her: her keys and the erasure of her data are hers alone."""
    if actor.assisted_by_id is None:
        return
    raise Conflict(
        "only_by_herself",
        happened="Dit doet u alleen zelf, zonder helper.",
        why="Zo kan niemand anders uw sleutels of uw gegevens veranderen.",
        now_what="Meld u aan met uw eigen kaart. Of vraag het aan uw vaste persoon, met een brief.",
    )


def by_herself(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view about her keys or about erasing, under `@resident`; with a helper it says why not."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        only_herself(request.actor)
        return view(request, *args, **kwargs)

    guarded.by_herself = True  # type: ignore[attr-defined]
    return guarded


def note_helper(actor: Actor) -> None:
    """Remember for this transaction who helps; set where the database is told who asks."""
    _helper.set(actor.helper_words)


def helper_words() -> str:
    """Who helps in this transaction, such as 'Henk Oude Vrielink, Ixta Noa'; empty without a helper."""
    return _helper.get()
