"""What a relative sees, read anew at every look. Rooms above say how they read theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import long_date
from noaber.network.relatives.models import SharedItem
from noaber.network.relatives.types import Shown
from noaber.network.residents.queries import newest_thread
from noaber.network.residents.types import Thread

What = SharedItem.What
Reader = Callable[[Thread, datetime], Shown | None]
_readers: dict[str, Reader] = {}

ORDER = (What.APPOINTMENT, What.EXPECT, What.NEXT_STEP, What.MEANWHILE)


def register_reader(what: str, reader: Reader) -> None:
    """Let a room say how one kind of item reads now. It is called as the house itself, for a living item."""
    _readers[what] = reader


def read_items(resident_id: UUID, items: frozenset[str], *, now: datetime) -> tuple[Shown, ...]:
    """These items of hers as they are at this moment, in a fixed order. The caller checked that they live."""
    wanted = [what for what in ORDER if what in items]
    thread = newest_thread(resident_id, now=now) if wanted else None
    if thread is None:
        return ()
    found = (_readers[what](thread, now) for what in wanted if what in _readers)
    return tuple(shown for shown in found if shown is not None)


def next_step(thread: Thread, now: datetime) -> Shown | None:
    """What comes next, and by when."""
    if thread.phase == "closed" or not thread.next_step:
        return Shown(title=_("De volgende stap van uw naaste"), lines=(_("Er staat nu niets te gebeuren."),))
    lines = [_("Uw naaste leest: “%(step)s”.") % {"step": thread.next_step}]
    if thread.next_on is not None:
        lines.append(_("Uiterlijk %(day)s.") % {"day": long_date(thread.next_on)})
    return Shown(title=_("De volgende stap van uw naaste"), lines=tuple(lines))


def meanwhile(thread: Thread, now: datetime) -> Shown | None:
    """What she chose to do in the meantime."""
    chosen = thread.chosen_names
    lines = chosen or (_("Nog niets gekozen."),)
    return Shown(title=_("Wat uw naaste intussen koos"), lines=tuple(lines))


def register() -> None:
    """Called once at start: what this room can read without a room above."""
    register_reader(What.NEXT_STEP, next_step)
    register_reader(What.MEANWHILE, meanwhile)
