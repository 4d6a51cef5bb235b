"""What can go wrong in a neighbourhood. What was typed always stays in the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from noaber.ground.errors import Conflict, Invalid
from noaber.ground.traces import Trace
from noaber.offer.neighbourhood.rules import is_hard

KIND_WORDS = {
    "bsn": "Hier staat een burgerservicenummer. Haal het weg.",
    "mail": "Hier staat een mailadres. Haal het weg.",
    "phone": "Hier staat een telefoonnummer. Haal het weg.",
    "address": "Hier staat een adres of postcode. Schrijf liever de wijk of de straat zonder nummer.",
}
NAMES_ANYONE = "text_names_someone"
MAY_NAME_SOMEONE = "text_may_name_someone"


def text_names_someone(found: Mapping[str, tuple[Trace, ...]]) -> Invalid:
    """A text holds something by which a person can be found. Nothing was kept."""
    hard = any(is_hard(finding) for findings in found.values() for finding in findings)
    return Invalid(
        NAMES_ANYONE if hard else MAY_NAME_SOMEONE,
        happened="Uw tekst is nog niet bewaard.",
        why="Er staat iets in waaraan iemand te herkennen is.",
        now_what="Schrijf het anders. Uw tekst staat er nog.",
        fields={name: _sentence(findings) for name, findings in found.items()},
    )


def _sentence(findings: tuple[Trace, ...]) -> str:
    hard = [KIND_WORDS[f.kind] for f in findings if is_hard(f)]
    names = [f.word for f in findings if not is_hard(f)]
    words = list(dict.fromkeys(hard))
    if names:
        listed = ", ".join(names[:3])
        words.append(
            f"Is dit de naam van iemand: {listed}? Schrijf dan liever 'een buurvrouw' of 'een bezoeker'."
        )
    return " ".join(words)


def too_long(field: str, longest: int) -> Invalid:
    """A text that does not fit."""
    return Invalid(
        "text_too_long",
        happened="De tekst is te lang.",
        why="Wij bewaren hoogstens %(longest)s tekens.",
        now_what="Maak hem korter. Uw tekst staat er nog.",
        fields={field: f"Maak dit korter dan {longest} tekens."},
        values={"longest": longest},
    )


def no_consent(field: str = "items") -> Invalid:
    """Nobody stands on the list without a yes of her own."""
    return Invalid(
        "no_consent",
        happened="Deze persoon staat nog niet op de lijst.",
        why="Wij bewaren iemand alleen als zij of hij dat zelf goedvindt.",
        now_what="Vraag het, en zet aan wat diegene goedvindt.",
        fields={field: "Zet minstens aan dat het team mag weten wie dit is."},
    )


def reach_without_consent() -> Invalid:
    """A number was typed, and she did not agree to that."""
    return Invalid(
        "reach_without_consent",
        happened="Het nummer is niet bewaard.",
        why="Er staat niet bij dat deze persoon dat goedvindt.",
        now_what="Vraag het, of laat het nummer leeg.",
        fields={"reach": "Vindt deze persoon goed dat wij dit bewaren? Zet dat dan hieronder aan."},
    )


def wrong_day(field: str, words: str) -> Invalid:
    """A day that cannot be right."""
    return Invalid(
        "wrong_day",
        happened="Een datum klopt niet.",
        why=words,
        now_what="Verbeter de datum. De rest staat er nog.",
        fields={field: words},
    )


def nothing_answered() -> Invalid:
    """An inventory without one answer and without a story."""
    return Invalid(
        "nothing_answered",
        happened="Er is nog niets ingevuld.",
        why="Een inventarisatie heeft minstens één antwoord of een paar zinnen.",
        now_what="Kies bij een vraag een antwoord, of schrijf op wat u zag.",
        fields={"narrative": "Schrijf op wat u zag of hoorde, of kies hierboven een antwoord."},
    )


def no_lines() -> Invalid:
    """Agreements without anybody to ring."""
    return Invalid(
        "no_lines",
        happened="Er staat nog geen afspraak in.",
        why="Wie in nood kijkt, moet meteen zien wie te bellen.",
        now_what="Vul minstens één regel in: wanneer, wie en welk nummer.",
        fields={"when_1": "Vul minstens één regel in."},
    )


def already_in_team() -> Conflict:
    """Someone cannot be twice in one team in the same days."""
    return Conflict(
        "already_in_team",
        happened="Deze collega zit al in dit team.",
        why="Iemand heeft in een team één plek tegelijk.",
        now_what="Stop eerst de plek die loopt, of kies een latere begindag.",
    )


def area_is_there() -> Invalid:
    """The same area cannot be made twice."""
    return Invalid(
        "area_is_there",
        happened="Deze wijk staat er al.",
        why="In één gemeente heeft een wijk één naam.",
        now_what="Open de wijk die er al is, of kies een andere naam.",
        fields={"name": "Deze wijk staat er al."},
    )


def somebody_was_first() -> Conflict:
    """Two people changed one activity at the same time."""
    return Conflict(
        "activity_changed",
        happened="Iemand anders veranderde deze activiteit net.",
        why="Wat u zag, was niet meer het nieuwste.",
        now_what="Open de activiteit opnieuw en kijk wat er veranderd is.",
    )


def version_taken(valid_from: date) -> Conflict:
    """Two people made a new version at the same time."""
    return Conflict(
        "version_taken",
        happened="Iemand anders bewaarde net nieuwe afspraken.",
        why="Er kan er maar één de nieuwste zijn.",
        now_what="Kijk eerst wat er nu staat, vanaf %(day)s.",
        values={"day": valid_from.isoformat()},
    )
