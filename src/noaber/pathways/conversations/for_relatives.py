"""What a relative reads of an appointment that is shared: as it stands now, moved or called off."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import moment
from noaber.network.relatives.services import register_reader
from noaber.network.relatives.types import Shown
from noaber.network.residents.types import Thread
from noaber.pathways.conversations.models import Conversation

State = Conversation.State


def _newest(thread: Thread) -> Conversation | None:
    """The conversation that stands, else the newest one."""
    rows = Conversation.objects.filter(help_request_id=thread.id).select_related(
        "room__location", "municipality"
    )
    found = sorted(rows, key=lambda row: (row.state == State.PLANNED, row.number, row.period.lower))
    return found[-1] if found else None


def appointment(thread: Thread, now: datetime) -> Shown:
    """When it is; or that there is none, or no longer."""
    row = _newest(thread)
    title = _("De afspraak")
    if row is None or (thread.phase == "closed" and row.state == State.PLANNED):
        return Shown(title=title, lines=(_("Er is nog geen afspraak."),))
    when = moment(row.period.lower)
    if row.state == State.PLANNED and row.period.upper > now:
        return Shown(
            title=when[:1].upper() + when[1:], lines=(_("Dan is de afspraak."),), starts_at=row.period.lower
        )
    if row.state == State.CANCELLED:
        words = _("De afspraak van %(when)s gaat niet door.") % {"when": when}
        return Shown(title=title, lines=(words,), called_off=True)
    return Shown(title=title, lines=(_("De afspraak was op %(when)s.") % {"when": when},))


def expect(thread: Thread, now: datetime) -> Shown | None:
    """Where it is, and what happens there. Nothing when nothing stands."""
    row = _newest(thread)
    if row is None or row.state != State.PLANNED or row.period.upper <= now or thread.phase == "closed":
        return None
    minutes = round((row.period.upper - row.period.lower).total_seconds() / 60)
    place = _("Het is online, met beeld.")
    if row.room is not None:
        location = row.room.location
        place = _("%(name)s, %(address)s, %(place)s.") % {
            "name": location.name,
            "address": location.address,
            "place": row.municipality.name,
        }
    return Shown(
        title=_("Waar het is en wat er gebeurt"),
        lines=(
            place,
            _("Het is een rustig gesprek over alles wat speelt. Het is geen onderzoek en geen behandeling."),
            _("Het duurt ongeveer %(minutes)s minuten.") % {"minutes": minutes},
            _("Gaat u mee? Dan praat u gewoon mee. Uw naaste zegt wat er besproken wordt."),
        ),
    )


def register() -> None:
    """Called once at start."""
    register_reader("appointment", appointment)
    register_reader("expect", expect)
