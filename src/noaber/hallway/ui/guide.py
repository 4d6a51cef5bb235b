"""What the style guide shows: every component empty, one, many, in error and with a long Dutch word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from noaber.hallway.ui.contrast import measured
from noaber.hallway.ui.days import DayInput
from noaber.hallway.ui.types import (
    Bar,
    BarList,
    DayStrip,
    ForecastPoint,
    LinePlot,
    MoneyBar,
    MoneyPart,
    Sparkline,
)

LONG_WORD = "arbeidsongeschiktheidsverzekeringsmaatschappij"
MONTHS = tuple("jan feb mrt apr mei jun jul aug sep okt nov dec".split())
TODAY = date(2026, 11, 23)
SPACES = (
    (1, 4, "binnen een teken"),
    (2, 8, "tussen woord en vorm"),
    (3, 12, "binnen een rij"),
    (4, 16, "tussen alinea’s"),
    (5, 24, "binnen een kaart"),
    (6, 32, "tussen onderdelen"),
    (7, 48, "tussen delen van de pagina"),
    (8, 64, "onder aan de pagina"),
)


class SpecimenForm(forms.Form):
    """One field of each sort."""

    question = forms.CharField(
        label="Wat is de vraag, in een of twee zinnen?",
        help_text="Schrijf het zoals u het tegen de inwoner zou zeggen. Zij leest mee.",
        widget=forms.Textarea,
        error_messages={"required": "Schrijf in een of twee zinnen wat de vraag is."},
    )
    phone = forms.RegexField(
        regex=r"^\d{10}$",
        label="Op welk nummer kunnen wij haar bellen?",
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={
            "invalid": "Dit nummer heeft 9 cijfers. Een nummer heeft er 10. Kijk het nog eens na."
        },
    )
    municipality = forms.ChoiceField(
        label="Gemeente",
        choices=[("", "Kies een gemeente"), ("0163", "Hellendoorn"), ("1735", "Hof van Twente")],
        required=False,
    )
    day = forms.DateField(label="Vanaf welke dag?", widget=DayInput(), required=False)
    danger = forms.ChoiceField(
        label="Is er nu gevaar voor haarzelf of een ander?",
        choices=[("no", "Nee"), ("yes", "Ja, of ik twijfel")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee. Twijfelt u? Kies dan ja."},
    )
    wishes = forms.MultipleChoiceField(
        label="Wat helpt?",
        choices=[("online", "Online praten"), ("evening", "Na 17.00 uur"), ("interpreter", "Een tolk")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    consent = forms.BooleanField(
        label="Zij weet hiervan en vindt het goed",
        help_text="Zonder toestemming kunt u niet versturen.",
        error_messages={"required": "Vraag eerst of zij het goed vindt."},
    )


class LongForm(forms.Form):
    """A field whose words do not fit."""

    insurer = forms.CharField(
        label=LONG_WORD.capitalize(), help_text=f"Alleen als een {LONG_WORD} meebetaalt.", required=False
    )


class FilterForm(forms.Form):
    """A search form of three fields."""

    zoek = forms.CharField(label="Zoek", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    gemeente = forms.ChoiceField(
        label="Gemeente", choices=[("", "Alle 14"), ("almelo", "Almelo")], required=False
    )
    stand = forms.ChoiceField(
        label="Stand", choices=[("", "Alles"), ("open", "Zonder datum")], required=False
    )


def _line_plots() -> dict[str, LinePlot]:
    counted = (31.0, 71, 122, 181, 244, 314, 361, 400, 478, 561)
    norms: dict[str, Any] = {"target": 723, "lower": 650}
    return {
        "many": LinePlot(
            title="We komen in 2026 waarschijnlijk boven de ondergrens, maar niet aan het doel",
            unit="gesprekken",
            periods=MONTHS,
            counted=counted,
            forecast=(ForecastPoint(636, 622, 650), ForecastPoint(694, 664, 722)),
            plan=tuple(round(723 * month / 12) for month in range(1, 13)),
            plan_label="het plan, gelijk verdeeld",
            counted_until="t/m 31 oktober",
            caption="Opgeteld vanaf 1 januari. Volle lijn: geteld. Streepjes: verwacht. Stippen: plan.",
            level=4,
            **norms,
        ),
        "one": LinePlot(
            title="De eerste maand is geteld",
            unit="gesprekken",
            periods=MONTHS,
            counted=(31,),
            level=4,
            **norms,
        ),
        "empty": LinePlot(
            title="Er is nog niets geteld", unit="gesprekken", periods=MONTHS, level=4, target=723
        ),
        "share": LinePlot(
            title="Het aandeel specialistische ggz zakt, en is nog boven de grens",
            unit="aandeel",
            periods=("2025-3", "2025-4", "2026-1", "2026-2", "2026-3"),
            counted=(0.86, 0.84, 0.81, 0.8, 0.79),
            upper=0.78,
            upper_label="Hooguit",
            cumulative=False,
            percent=True,
            level=4,
        ),
    }


def _strips() -> list[tuple[str, DayStrip]]:
    def strip(day: int, **more: Any) -> DayStrip:
        return DayStrip(start=TODAY - timedelta(days=day), today=TODAY, **more)

    return [
        ("Leeg: net binnen", strip(0)),
        ("Nog geen datum", strip(3)),
        ("Voorstel", strip(5, proposal=date(2026, 12, 1))),
        ("Gesprek vast", strip(7, booked=date(2026, 11, 26))),
        ("Bijna te laat", strip(11)),
        ("Fout: te laat", strip(17, booked=date(2026, 11, 25))),
        (
            "Uitgesteld door de inwoner",
            strip(9, postponed=frozenset({date(2026, 11, 24), date(2026, 11, 25)})),
        ),
        ("Gevoerd", strip(12, held=date(2026, 11, 20))),
    ]


def _bars() -> BarList:
    return BarList(
        title="Almelo en Enschede voeren de helft van de gesprekken",
        label_head="Gemeente",
        unit="Gesprekken",
        bars=(
            Bar("Almelo", 128, url="#pictures"),
            Bar("Enschede", 141, url="#pictures"),
            Bar("Hof van Twente", 24, url="#pictures"),
            Bar("Losser", 0),
            Bar("Tubbergen", None, note="minder dan 5"),
            Bar(LONG_WORD.capitalize(), 11),
        ),
        norm=52,
        norm_label="gelijk verdeeld over 14 gemeenten",
        total=561,
        total_label="Twente",
    )


def _lists() -> dict[str, Any]:
    return {
        "timeline": [
            {
                "state": "done",
                "title": "Uw huisarts stuurde uw vraag",
                "when": "maandag 16 november",
                "text": "U vond het goed.",
            },
            {"state": "done", "title": "Sanne belde u", "when": "dinsdag 17 november"},
            {
                "state": "now",
                "title": "Kies wat u deze week al wilt doen",
                "when": "Dit hoeft niet, het mag",
                "url": "#lists",
                "link": "Dit kan deze week al",
            },
            {"state": "next", "title": "U hebt uw gesprek", "when": "donderdag 26 november"},
            {
                "state": "next",
                "title": f"Uw {LONG_WORD} krijgt bericht",
                "when": "uiterlijk donderdag 3 december",
                "text": "Alleen als u dat wilt.",
            },
        ],
        "steps": [("Nu", "U krijgt een bevestiging."), ("1 werkdag", "Een vaste persoon belt haar.")],
        "links": [
            {"label": "Ik wil een andere dag of plek", "url": "#lists", "text": "Ook online kan"},
            {"label": "Ik wil stoppen", "url": "#lists"},
            {"label": LONG_WORD.capitalize(), "url": "#lists", "text": f"Over uw {LONG_WORD}"},
        ],
        "facts": [
            ("Bron", "Bestaande rapportage"),
            {
                "term": "Bevroren",
                "text": "3 november 2026, 561 regels",
                "mark": "done",
                "mark_word": "Ongewijzigd",
            },
            {"term": "Doel", "text": "723", "doubt": "reconstructed", "doubt_why": ""},
            {"term": LONG_WORD.capitalize(), "text": "Betaalt niet mee", "url": "#lists"},
        ],
        "columns": ["Vraag", "Stand", ("Dag", "r")],
        "rows": [
            {"cells": ("V-2114", "Past nog niet", 11), "url": "#lists"},
            {"cells": ("V-2117", "Voorstel", 10), "url": "#lists"},
            {"cells": ("V-2121", f"Wacht op {LONG_WORD}", 7), "url": "#lists"},
        ],
        "foot": ("Samen", "", 28),
        "people": [
            {
                "key": "fatma",
                "name": "Fatma Yilmaz",
                "role": "Inwoner, Almelo",
                "does": "Ziet waar haar vraag is.",
            },
            {
                "key": "henk",
                "name": "Henk Oude Vrielink",
                "role": "Ervaringsdeskundige, Ixta Noa",
                "does": "",
            },
        ],
        "page": Paginator(range(380), 10).page(4),
    }


def specimens() -> dict[str, Any]:
    """Everything the style guide's templates show."""
    wrong = SpecimenForm({"wrong-phone": "060000123", "wrong-question": ""}, prefix="wrong")
    wrong.full_clean()
    return {
        "long_word": LONG_WORD,
        "pairs": measured(),
        "spaces": SPACES,
        "form": SpecimenForm(initial={"danger": "no"}),
        "wrong": wrong,
        "long_form": LongForm(),
        "filter_form": FilterForm(),
        "day": TODAY,
        "plots": _line_plots(),
        "strips": _strips(),
        "bars": _bars(),
        "no_bars": BarList(title="Leeg", label_head="Gemeente", unit="Gesprekken", bars=()),
        "sparks": [
            ("Veel", Sparkline("Gesprekken per maand", (31, 40, 51, 59, 63, 70, 47, 39, 78, 83))),
            ("Met gaten", Sparkline("Gesprekken per maand", (31, 40, None, 59, 63))),
            ("Eén", Sparkline("Gesprekken per maand", (31,))),
            ("Leeg", Sparkline("Gesprekken per maand", ())),
        ],
        "no_money": MoneyBar(()),
        "three_parts": MoneyBar((MoneyPart("IZA", 127), MoneyPart("SPUK", 150), MoneyPart("Eigen geld", 40))),
        **_lists(),
    }
