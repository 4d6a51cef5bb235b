"""Facts of a region as sentences. The figure comes from the file; the words around it stand here, by fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from noaber.hallway.ui import formatting

SENTENCES = {
    # Twente
    "wait_basic_ggz": "Wachttijd voor basis-ggz: {value} weken. De afspraak in Nederland is {national} weken.",
    "treeknorm_total_wait": "De Treeknorm voor de hele wachttijd is {value} weken.",
    "epa_share_enschede": "Ernstige psychische aandoening in Enschede: {value} van de inwoners. Nederland: {national}.",
    "epa_share_hengelo": "Ernstige psychische aandoening in Hengelo: {value} van de inwoners. Nederland: {national}.",
    "epa_share_almelo": "Ernstige psychische aandoening in Almelo: {value} van de inwoners. Nederland: {national}.",
    "severe_loneliness_outside_cities": "Eenzaamheid buiten de drie steden: {value}. Nederland: {national}.",
    "severe_loneliness_three_cities": "In de drie steden zijn meer mensen ernstig eenzaam dan in Nederland.",
    "loneliness_trend": "De eenzaamheid neemt toe.",
    "control_over_life_trend": "Minder mensen ervaren regie over hun leven.",
    "excessive_alcohol": "Meer mensen drinken te veel dan in Nederland.",
    "health_literacy_sufficient": "Een krappe meerderheid van de volwassenen begrijpt informatie over gezondheid goed.",
    "population_decline_from": "Het aantal inwoners daalt vanaf {value}.",
    "new_ggz_patients_per_year": "Nieuwe mensen in de ggz per jaar: {value}.",
    "multidisciplinary_ggz_flow": "In de ggz lopen intake, doorstroom en uitstroom niet soepel.",
    # Groningen
    "waiting_stadskanaal": "In Stadskanaal wachtten eerst ongeveer {from_value} mensen, later ongeveer {to_value}.",
    "complaints_not_at_gp": "Wel klachten, maar niet bij de huisarts geweest: {value_pct}% van de inwoners.",
    "domestic_violence_16plus": "Huiselijk geweld in Nederland: {value_pct}% van de mensen vanaf 16 jaar, elk jaar.",
    "child_abuse": "Kindermishandeling in Nederland: {value_pct}% van de kinderen.",
    "youth_care_demand": "De vraag naar jeugdhulp is de hoogste van Nederland.",
    "transition_horizon": "De omslag duurt ongeveer {value} jaar.",
    "transition_phase": "Elke fase van de omslag duurt {min} tot {max} jaar.",
    "social_agenda": "Sociale agenda van Nij Begun: {value} euro per jaar.",
    "gala": "GALA-geld voor de 10 gemeenten samen: {value} euro per jaar.",
    "group_vs_individual": "Een groep helpt de meeste mensen in bepaalde situaties even goed als hulp alleen.",
    # Centraal Gelderland
    "onset_before_24": "Psychische problemen beginnen in {value} van de gevallen voor 24 jaar (internationaal).",
    "onset_before_14": "Psychische problemen beginnen in {value} van de gevallen voor 14 jaar (internationaal).",
    "young_adults_limited_arnhem": "Jongvolwassenen met beperkingen door psychische klachten, Arnhem: {value}.",
    "young_adults_limited_rheden": "Jongvolwassenen met beperkingen door psychische klachten, Rheden: {value}.",
    "young_adults_limited_ggd_region": "Jongvolwassenen met beperkingen door psychische klachten, GGD-regio: {value}.",
    "young_adults_often_stressed": "Ongeveer de helft van de jongvolwassenen heeft vaak stress.",
    "young_adults_lasting_covid_effects": "Jongvolwassenen die nog last hebben van de coronatijd: {value}.",
    "patients_entering_ggz": "Het aantal mensen dat in de ggz begint, daalt.",
    "wait_ggz": "De wachttijd voor ggz is langer dan in Nederland (mei 2022).",
    "epa_per_10000_renkum": "Ernstige psychische aandoening in Renkum: {value} op de 10.000 inwoners.",
    "epa_per_10000_arnhem": "Ernstige psychische aandoening in Arnhem: {value} op de 10.000 inwoners.",
    "ggz_clients_highest": "De meeste mensen met ggz: {value}.",
    "ggz_costs": "De kosten van ggz liggen rond het gemiddelde van Nederland ({year}).",
    "ageing": "Inwoners en medewerkers worden gemiddeld ouder.",
    "shortage_2034_persons": "Verwacht tekort in zorg en welzijn in 2034: {value} mensen.",
    "shortage_2034_share": "Verwacht tekort in zorg en welzijn in 2034: {value}.",
    "shortage_2021_share": "Tekort in zorg en welzijn in 2021: {value}.",
    "shortage_2030_share": "Verwacht tekort in zorg en welzijn in 2030: {value}.",
    "ggz_employees_mid_2024": "Medewerkers in de ggz, midden 2024: {value}.",
    "ggz_average_age": "Gemiddelde leeftijd van medewerkers in de ggz: {value} jaar.",
    "ggz_share_over_55": "Medewerkers in de ggz van 55 jaar of ouder: {value}.",
    "ctp_pilot_conversations": "Proef in Arnhem en Nijmegen: {value} gesprekken in {period_months} maanden van 2024.",
    "overlegtafel_since": "De overlegtafel in Arnhem is er sinds {value}, elke week.",
    "consultation_contracted_since": "Consultatie is ingekocht sinds midden 2024 en wordt nog weinig gebruikt.",
    "poh_ggz_module_hours": "De huisarts mag hoogstens {value} uur rekenen voor eHealth en consultatie.",
    "slimverwijzen_pilot_start": "De proef met slimverwijzen.nl begon in de zomer van 2025.",
    "steunpunt_locations_now": "Steunpunten nu: {value}, in Arnhem, sinds 2024.",
}
"""By the id of the fact. Slots are the fact's own fields; a share is shown as a percentage."""

YEARS = frozenset({"population_decline_from", "overlegtafel_since"})


def sentence(fact: Mapping[str, Any]) -> tuple[str, str]:
    """The fact in words with their language. A fact without a sentence shows its own name and value."""
    words = SENTENCES.get(fact["id"])
    slots = _slots(fact)
    if words is None:
        return f"{str(fact['id']).replace('_', ' ')}: {slots.get('value', '')}".rstrip(": "), "en"
    return words.format(**slots), "nl"


def _slots(fact: Mapping[str, Any]) -> dict[str, str]:
    plain_year = fact["id"] in YEARS
    found = {"value": _figure(fact.get("value"), plain=plain_year)}
    for key, value in (fact.get("remaining") or {}).items():
        if isinstance(value, Mapping):
            found |= {f"{key}_{inner}": _figure(deep) for inner, deep in value.items()}
        else:
            found[key] = _figure(value, plain=key == "year")
    return found


def _figure(value: object, *, plain: bool = False) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, bool) or not isinstance(value, int | float) or plain:
        return "" if value is None else str(value)
    if isinstance(value, float) and 0 < value < 1:
        return formatting.percentage(value, 0 if round(value * 100, 1) == round(value * 100) else 1)
    return formatting.number(value, 0 if float(value).is_integer() else 1)
