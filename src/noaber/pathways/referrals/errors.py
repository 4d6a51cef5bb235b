"""What can go wrong on the way in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid


def no_consent() -> Invalid:
    """Nobody is referred without knowing."""
    return Invalid(
        "referral_without_consent",
        happened="De verwijzing is niet verstuurd.",
        why="De inwoner moet ervan weten en het goed vinden.",
        now_what="Vraag het, en zet dan het vinkje.",
        fields={"consent": "Zet dit vinkje als de inwoner het goed vindt."},
    )


def no_name() -> Invalid:
    """Nobody can ring someone without a name."""
    return Invalid(
        "no_name",
        happened="De naam is leeg.",
        now_what="Vul de naam van de inwoner in.",
        fields={"name": "Vul de naam van de inwoner in."},
    )


def too_long(field: str) -> Invalid:
    """More text than fits."""
    return Invalid(
        "text_too_long",
        happened="Een tekst is te lang.",
        now_what="Maak hem korter.",
        fields={field: "Maak deze tekst korter."},
    )


def holds_a_bsn(field: str = "question") -> Invalid:
    """A citizen service number was typed into a text field."""
    return Invalid(
        "text_holds_bsn",
        happened="In de tekst staat een burgerservicenummer.",
        why="Dat bewaren wij niet.",
        now_what="Haal het nummer weg en verstuur opnieuw.",
        fields={field: "Haal het burgerservicenummer weg. Wij bewaren dat niet."},
    )


def nobody_plans_here() -> Conflict:
    """The region has no planning office."""
    return Conflict(
        "no_planning_office",
        happened="De verwijzing is niet verstuurd.",
        why="In deze regio is nog niemand die gesprekken plant.",
        now_what="Bel het netwerk. U kunt de tekst hieronder bewaren.",
    )


def wrong_short_pin() -> Invalid:
    """The one answer for every short pin that does not fit."""
    return Invalid(
        "wrong_short_pin",
        happened="Deze naam en korte pincode horen niet bij elkaar.",
        why="Na vijf keer fout moet u een kwartier wachten.",
        now_what="Probeer het nog eens, of log in.",
    )


def too_many_from_here() -> Conflict:
    """A link or a computer that sends more than a practice can see in an hour."""
    return Conflict(
        "too_many_from_here",
        happened="Deze verwijzing is nog niet verstuurd.",
        why="Er kwamen in een uur te veel verwijzingen van deze praktijk.",
        now_what="Probeer het straks nog eens, of log in en verstuur hem dan.",
    )


def an_objection_stands() -> Conflict:
    """She says yes to this letter while an objection of hers covers more than this letter."""
    return Conflict(
        "an_objection_stands",
        happened=_("De brief gaat nog niet."),
        why=_("U maakte eerder bezwaar. Dat bezwaar geldt ook voor deze brief."),
        now_what=_("Trek uw bezwaar in op de pagina ‘Wie ziet wat’. Kies daarna opnieuw."),
    )
