"""What can go wrong with waits. What was typed always stays in the form."""

from __future__ import annotations

from noaber.ground.errors import Conflict, Invalid

NOTHING_KEPT = "Wij bewaren nog niets."


def negative(field: str) -> Invalid:
    """A wait below zero."""
    return Invalid(
        "wait_negative",
        happened=NOTHING_KEPT,
        why="Een wachttijd kan niet onder nul liggen.",
        now_what="Kan iemand direct komen? Vul dan 0 in.",
        fields={field: "Een wachttijd is nul weken of meer."},
    )


def too_long(field: str) -> Invalid:
    """More weeks than fit."""
    return Invalid(
        "wait_too_long",
        happened=NOTHING_KEPT,
        why="Dit aantal weken past niet.",
        now_what="Reken dagen om naar weken, of vul een aannamestop in.",
        fields={field: "Vul hoogstens 999 weken in."},
    )


def no_wait() -> Invalid:
    """Neither of the two waits was given."""
    return Invalid(
        "wait_missing",
        happened=NOTHING_KEPT,
        why="Er staat geen wachttijd bij.",
        now_what="Vul de weken tot de intake in, de weken tot de behandeling, of allebei.",
        fields={"intake_weeks": "Vul een aantal weken in."},
    )


def not_yet(field: str = "reference_date") -> Invalid:
    """A reference date that has not come."""
    return Invalid(
        "reference_date_ahead",
        happened=NOTHING_KEPT,
        why="De peildatum ligt in de toekomst.",
        now_what="Vul in op welke dag u de wachttijd bekeek.",
        fields={field: "Kies vandaag of een dag die geweest is."},
    )


def too_old(field: str = "reference_date") -> Invalid:
    """A reference date from before the programme began."""
    return Invalid(
        "reference_date_before",
        happened=NOTHING_KEPT,
        why="De peildatum ligt voor de start van dit aanbod.",
        now_what="Kijk of het jaar klopt.",
        fields={field: "Kijk of het jaar klopt."},
    )


def too_long_ago(field: str) -> Invalid:
    """A day so long ago that it must be a mistake."""
    return Invalid(
        "day_too_long_ago",
        happened=NOTHING_KEPT,
        why="Deze dag is te lang geleden.",
        now_what="Kijk of het jaar klopt.",
        fields={field: "Kijk of het jaar klopt."},
    )


def unknown_method(field: str = "method") -> Invalid:
    """Neither of the two ways to measure."""
    return Invalid(
        "method_unknown",
        happened=NOTHING_KEPT,
        why="Zo meten wij niet.",
        now_what="Kies de derde vrije plek, of het gemiddelde van twee maanden.",
        fields={"method": "Kies een van de twee."},
    )


def days_cross(field: str = "treatment_on") -> Invalid:
    """Days of a start that cannot follow each other."""
    return Invalid(
        "days_cross",
        happened=NOTHING_KEPT,
        why="De dagen volgen elkaar niet: eerst aanmelding, dan intake, dan behandeling.",
        now_what="Kijk of er twee dagen zijn verwisseld.",
        fields={field: "Deze dag ligt voor een eerdere stap."},
    )


def ended() -> Conflict:
    """The programme takes nobody any more."""
    return Conflict(
        "programme_ended",
        happened=NOTHING_KEPT,
        why="Dit aanbod is gestopt.",
        now_what="Komt het terug? Zet het dan eerst weer aan.",
    )


def stop_ends_before() -> Invalid:
    """An intake stop that ends before it begins."""
    return Invalid(
        "stop_ends_before",
        happened=NOTHING_KEPT,
        why="De stop eindigt voor hij begint.",
        now_what="Kijk naar de twee dagen.",
        fields={"stop_until": "Deze dag ligt voor het begin."},
    )


def same_key_other_content() -> Conflict:
    """One key for two different messages."""
    return Conflict(
        "key_used",
        happened=NOTHING_KEPT,
        why="Met deze sleutel kwam eerder iets anders binnen.",
        now_what="Stuur een nieuw bericht met een nieuwe sleutel.",
    )


def names_someone(field: str) -> Invalid:
    """A text that may hold a person."""
    return Invalid(
        "text_names_someone",
        happened=NOTHING_KEPT,
        why="In de tekst staat iets waaraan iemand te herkennen is.",
        now_what="Noem een functie of een balie, geen mens. Uw tekst staat er nog.",
        fields={field: "Haal namen en nummers van mensen weg."},
    )


def reference_taken() -> Conflict:
    """Two programmes of one provider cannot be called the same in files."""
    return Conflict(
        "reference_taken",
        happened=NOTHING_KEPT,
        why="U hebt al een programma met deze korte naam.",
        now_what="Kies een andere. In bestanden moet elke naam over één programma gaan.",
        fields={"reference": "Deze korte naam is al in gebruik."},
    )
