"""What can go wrong with the lists of others. Three beats, no names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid, Missing, Unavailable


class Unreadable(Invalid):
    """The list came, and it cannot be read."""


class OutOfReach(Unavailable):
    """The list did not come."""


def unreadable(why: str, *, now_what: str = "") -> Unreadable:
    """A file or answer that is not what it should be; `why` is a whole sentence."""
    return Unreadable(
        "list_unreadable",
        happened=_("Er is niets overgenomen."),
        why=why,
        now_what=now_what or _("Verbeter het bestand en stuur het opnieuw."),
    )


def out_of_reach(why: str) -> OutOfReach:
    """The other side did not answer, or may not be asked; `why` is a whole sentence."""
    return OutOfReach(
        "source_out_of_reach",
        happened=_("De bron is niet opgehaald."),
        why=why,
        now_what=_("Wat er al stond, blijft staan. Wij proberen het later opnieuw."),
    )


def no_such_source(slug: str) -> Missing:
    """A source that this region does not have."""
    return Missing(
        "no_such_source",
        happened=_("Deze bron is er niet: %(slug)s."),
        now_what=_("Kijk bij Bronnen hoe de bron heet."),
        values={"slug": slug},
    )


def decided_already() -> Conflict:
    """Another editor chose first."""
    return Conflict(
        "decided_already",
        happened=_("Uw keuze is niet bewaard."),
        why=_("Iemand anders heeft hier net al over gekozen."),
        now_what=_("Ga terug naar de lijst en kijk wat er is gekozen."),
    )


def changed_meanwhile() -> Conflict:
    """One of two entries was edited while an editor compared them."""
    return Conflict(
        "pair_changed_meanwhile",
        happened=_("Er is nog niets samengevoegd."),
        why=_("Een van de twee is net veranderd."),
        now_what=_("Bekijk ze nog een keer en kies opnieuw."),
    )
