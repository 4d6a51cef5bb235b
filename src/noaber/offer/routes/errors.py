"""What can go wrong with wayfinders and agreements. Three beats, no names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid


def changed_meanwhile() -> Conflict:
    """Someone else edited it first."""
    return Conflict(
        "route_changed_meanwhile",
        happened=_("Uw wijziging is nog niet bewaard."),
        why=_("Iemand anders heeft deze tekst net veranderd."),
        now_what=_("Wat u typte, staat er nog. Vergelijk het met de nieuwe tekst en bewaar opnieuw."),
    )


def not_right(faults: dict[str, str]) -> Invalid:
    """Fields that cannot be kept, each with its reason."""
    return Invalid(
        "route_not_right",
        happened=_("Dit kan zo niet bewaard worden."),
        why=_("Er klopt iets niet in de velden die zijn aangewezen."),
        now_what=_("Verbeter die velden. Wat u typte, staat er nog."),
        fields=faults,
    )


def already_open() -> Conflict:
    """There is a draft or a proposal already."""
    return Conflict(
        "route_version_open",
        happened=_("Er is al een nieuwe versie in de maak."),
        why=_("Van een afspraak kan er maar één tegelijk open staan."),
        now_what=_("Werk daarin verder, of wacht op het akkoord."),
    )


def not_in_this_state() -> Conflict:
    """What was asked does not fit how far the version is; usually someone was first."""
    return Conflict(
        "route_not_in_this_state",
        happened=_("Dit kan nu niet meer."),
        why=_("Iemand anders was net eerder met deze versie."),
        now_what=_("Kijk op de pagina hoe het nu staat."),
    )


def begins_too_early() -> Conflict:
    """A version cannot begin before the one that it replaces."""
    return Conflict(
        "route_begins_too_early",
        happened=_("Deze versie kan niet op die dag ingaan."),
        why=_("Zij begint niet later dan de versie die nu is afgesproken. Wat gold, verandert niet meer."),
        now_what=_("Stuur terug en kies een latere ingangsdatum."),
    )


def own_proposal() -> Conflict:
    """Who proposed cannot agree: that takes somebody else."""
    return Conflict(
        "route_own_proposal",
        happened=_("U kunt niet akkoord gaan met uw eigen voorstel."),
        why=_("Daar is iemand anders van de organisatie voor nodig."),
        now_what=_("Vraag een collega die beheerder is."),
    )
