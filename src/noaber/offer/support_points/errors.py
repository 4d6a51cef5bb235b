"""What can go wrong at a support point. What was typed always stays in the form."""

from __future__ import annotations

from noaber.ground.errors import Conflict, Invalid


def wrong_day(field: str, why: str) -> Invalid:
    """A day that cannot be right."""
    return Invalid(
        "wrong_day",
        happened="Dit is nog niet bewaard.",
        why=why,
        now_what="Kies een andere dag.",
        fields={field: why},
    )


def nothing_to_undo() -> Conflict:
    """There is no visit on that day to take back."""
    return Conflict(
        "nothing_to_undo",
        happened="Er ging niets af.",
        why="Op deze dag staat geen bezoek meer.",
        now_what="Kijk wat er nu geteld is.",
    )


def no_count(field: str = "change") -> Invalid:
    """A count of nothing, or of more than a day can hold."""
    why = "Tel 1 of meer, en niet meer dan 200 tegelijk."
    return Invalid(
        "no_count",
        happened="Er is niets geteld.",
        why=why,
        now_what="Vul een ander aantal in.",
        fields={field: why},
    )


def key_used_elsewhere() -> Conflict:
    """The key of this count belongs to another point."""
    return Conflict(
        "key_used_elsewhere",
        happened="Er is niets geteld.",
        why="Deze bladzijde hoort bij een ander steunpunt.",
        now_what="Ververs de bladzijde en tel opnieuw.",
    )


def hours_wrong() -> Invalid:
    """Hours that end before they begin, or half of them."""
    why = "De eindtijd moet na de begintijd liggen."
    return Invalid(
        "hours_wrong",
        happened="Dit is nog niet bewaard.",
        why=why,
        now_what="Verbeter de tijden.",
        fields={"closes_at": why, "ends_at": why},
    )


def too_many_taken() -> Invalid:
    """More beds taken than there are."""
    why = "Er kunnen niet meer bedden bezet zijn dan er zijn."
    return Invalid(
        "too_many_taken",
        happened="De bedden zijn nog niet bewaard.",
        why=why,
        now_what="Verbeter een van de twee getallen.",
        fields={"occupied": why},
    )


def changed_meanwhile() -> Conflict:
    """A colleague was first."""
    return Conflict(
        "changed_meanwhile",
        happened="Uw wijziging is niet bewaard.",
        why="Een collega paste dit net aan.",
        now_what="Kijk wat er nu staat en vul het zo nodig opnieuw in.",
    )


def nowhere_to_go() -> Invalid:
    """No place was chosen to refer to."""
    why = "Kies waar u samen naartoe ging of belde."
    return Invalid(
        "nowhere_to_go",
        happened="De verwijzing is nog niet bewaard.",
        why=why,
        now_what="Kies een plek uit de lijst of vul er een in.",
        fields={"to": why},
    )


def names_someone() -> Invalid:
    """Words that hold a number or an address of someone."""
    why = "Hier staat iets waaraan een mens te herkennen is: een nummer, een mailadres of een adres."
    return Invalid(
        "names_someone",
        happened="Dit is nog niet bewaard.",
        why=why,
        now_what="Haal het weg. Uw tekst staat er nog.",
    )


def nothing_told() -> Invalid:
    """An empty self-assessment."""
    return Invalid(
        "nothing_told",
        happened="Er is nog niets bewaard.",
        why="Er staat nog geen enkel antwoord.",
        now_what="Vertel over ten minste één kenmerk. De rest kan later.",
    )


def already_a_point() -> Conflict:
    """The entry of the directory is a point already."""
    return Conflict(
        "already_a_point",
        happened="Het steunpunt is niet gemaakt.",
        why="Deze vermelding is al een steunpunt.",
        now_what="Zoek het op in de lijst.",
    )


def not_a_measure() -> Invalid:
    """A measure that means nothing here."""
    why = "Deze maat hoort niet bij dit soort steunpunt."
    return Invalid(
        "not_a_measure",
        happened="Dit is nog niet bewaard.",
        why=why,
        now_what="Kies een andere maat.",
        fields={"measure": why},
    )
