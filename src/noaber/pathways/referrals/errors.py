"""What can go wrong on the way in."""

from __future__ import annotations

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


def holds_a_bsn() -> Invalid:
    """A citizen service number was typed into a text field."""
    return Invalid(
        "text_holds_bsn",
        happened="In de tekst staat een burgerservicenummer.",
        why="Dat bewaren wij niet.",
        now_what="Haal het nummer weg en verstuur opnieuw.",
        fields={"question": "Haal het burgerservicenummer weg. Wij bewaren dat niet."},
    )


def nobody_plans_here() -> Conflict:
    """The region has no planning office."""
    return Conflict(
        "no_planning_office",
        happened="De verwijzing is niet verstuurd.",
        why="In deze regio is nog niemand die gesprekken plant.",
        now_what="Bel het netwerk. U kunt de tekst hieronder bewaren.",
    )
