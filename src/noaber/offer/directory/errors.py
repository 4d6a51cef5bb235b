"""What can go wrong while an entry is kept. Three beats, no names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid


def changed_meanwhile() -> Conflict:
    """Someone else edited the same entry first."""
    return Conflict(
        "entry_changed_meanwhile",
        happened=_("Uw wijziging is nog niet bewaard."),
        why=_("Iemand anders heeft deze tekst net veranderd."),
        now_what=_("Wat u typte, staat er nog. Vergelijk het met de nieuwe tekst en bewaar opnieuw."),
    )


def already_there() -> Conflict:
    """There is an entry with this name in this place."""
    return Conflict(
        "entry_already_there",
        happened=_("Dit staat er al."),
        why=_("In deze gemeente is er al aanbod met deze naam."),
        now_what=_("Wijzig wat er staat, of kies een andere naam."),
    )


def not_right(faults: dict[str, str]) -> Invalid:
    """Fields that cannot be kept, each with its reason."""
    return Invalid(
        "entry_not_right",
        happened=_("Dit kan zo niet bewaard worden."),
        why=_("Er klopt iets niet in de velden die zijn aangewezen."),
        now_what=_("Verbeter die velden. Wat u typte, staat er nog."),
        fields=faults,
    )


def unknown_choice() -> Invalid:
    """A choice that this program does not offer."""
    return Invalid(
        "unknown_choice",
        happened=_("Deze keuze kennen wij niet."),
        now_what=_("Ga terug en kies een van de mogelijkheden."),
    )
