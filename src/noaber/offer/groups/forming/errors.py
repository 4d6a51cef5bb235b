"""What can go wrong when a group forms. What was typed always stays in the form."""

from __future__ import annotations

from noaber.ground.errors import Conflict, Invalid


def wrong(field: str, why: str, *, happened: str = "Dit is nog niet bewaard.") -> Invalid:
    """Something of what was typed cannot be right."""
    return Invalid(
        "forming_wrong",
        happened=happened,
        why=why,
        now_what="Verbeter het. De rest staat er nog.",
        fields={field: why},
    )


def waits_already() -> Invalid:
    """The same person for the same thing."""
    return Invalid(
        "waits_already",
        happened="Deze persoon staat al op de lijst.",
        why="Iemand staat voor een soort groep en een onderwerp één keer op de lijst.",
        now_what="Zoek de regel op, of kies een ander onderwerp.",
        fields={"reference": "Dit kenmerk staat er al voor deze groep en dit onderwerp."},
    )


def chance_is_gone() -> Conflict:
    """The lists changed, and this group cannot be any more."""
    return Conflict(
        "chance_is_gone",
        happened="Deze groep kan niet meer op deze manier.",
        why="De wachtlijsten zijn net veranderd.",
        now_what="Ga terug naar Groepen vormen. Daar staat wat er nu kan.",
    )


def people_changed() -> Invalid:
    """The same group, other people."""
    return Invalid(
        "people_changed",
        happened="Het voorstel is nog niet verstuurd.",
        why="Er staan nu andere mensen in deze groep dan toen u begon.",
        now_what="Kijk hieronder wie er nu in staan, en verstuur het opnieuw. Wat u invulde, staat er nog.",
    )


def too_few() -> Conflict:
    """Not enough people said yes, or they have a place elsewhere by now."""
    return Conflict(
        "too_few",
        happened="De groep is niet gestart.",
        why="Er zijn niet genoeg mensen die ja zeiden en nog wachten.",
        now_what="Wacht op de andere antwoorden, of laat het voorstel vallen. Iedereen houdt de eigen plek.",
    )


def already_fallen() -> Conflict:
    """The proposal was let go."""
    return Conflict(
        "already_fallen",
        happened="Dit voorstel gaat niet meer door.",
        why="Iemand liet het vallen, of de laatste dag om te antwoorden is voorbij.",
        now_what="Maak een nieuw voorstel. De mensen staan nog op de lijst.",
    )


def already_started() -> Conflict:
    """The group is there."""
    return Conflict(
        "already_started",
        happened="Deze groep is al gestart.",
        why="Genoeg mensen zeiden ja.",
        now_what="Open de groep om te zien wie er meedoet.",
    )


def too_late() -> Conflict:
    """An answer after the decision."""
    return Conflict(
        "too_late",
        happened="Het antwoord is niet bewaard.",
        why="Over deze groep is al beslist, of deze persoon staat niet meer op de lijst.",
        now_what="De persoon houdt de eigen plek en datum, als zij of hij nog wacht.",
    )


def file_has_faults(count: int) -> Invalid:
    """One wrong line keeps the whole file out."""
    return Invalid(
        "file_has_faults",
        happened="Er is niets van het bestand bewaard.",
        why="Er staan fouten in: %(count)s.",
        now_what="Verbeter ze in uw bestand en stuur het opnieuw.",
        fields={"file": "Kijk hieronder wat er in welke regel niet klopt."},
        values={"count": count},
    )
