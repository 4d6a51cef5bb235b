"""Whom a text names, how long a consent lasts, what overlaps, how a goal stands."""

from __future__ import annotations

from datetime import date

import pytest

from noaber.knowledge.neighbourhood import goals_of
from noaber.offer.neighbourhood import rules
from noaber.offer.neighbourhood.rules import Span, findings, is_hard

PLACES = ("Almelo", "Rijssen-Holten", "Buurthuis De Schelf", "Ixta Noa")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zij heeft nummer 111222333 bij de gemeente.", "bsn"),
        ("Zijn bsn is 111.222.333", "bsn"),
        ("Bel 06 12345678 als het misgaat.", "phone"),
        ("Bel 0546-123456.", "phone"),
        ("Haar nummer is +31 6 12 34 56 78.", "phone"),
        ("Mail naar iemand.anders@voorbeeld.example graag.", "mail"),
        ("Het speelt op 7607AB bij de flat.", "address"),
        ("Hij woont aan de Kerkstraat 12.", "address"),
        ("Vooral mevrouw Jansen klaagt.", "name"),
        ("Er is een man die Berend heet.", "name"),
        ("Vaak is Hassan alleen thuis.", "name"),
        ("Hassan is vaak alleen.", "name"),
        ("Gisteren sprak ik Wiebren Postma bij de flat.", "name"),
    ],
)
def test_what_points_to_a_person_is_found(text: str, kind: str) -> None:
    assert kind in {finding.kind for finding in findings(text, PLACES)}


@pytest.mark.parametrize(
    "text",
    [
        "Bewoners van de flat vertellen dat er 's avonds niets open is.",
        "In Almelo missen mensen een plek. In Rijssen ook.",
        "Bij buurthuis De Schelf staat de deur dicht. De beheerder weet het.",
        "Veel Turkse vrouwen komen niet. Na de Ramadan proberen wij het weer.",
        "De GGZ en de WMO kennen elkaar niet.",
        "Op 1 juli 2027 om 19.30 uur kwamen 12 mensen; 3 van hen bleven eten.",
        "Wij gaan:\n- Bellen met de gemeente\n- Vragen wat er kan",
        "Zegt iemand: 'Niemand zag mij'? Dat horen wij vaak.",
        "De bus van lijn 64 stopt hier sinds 2025 niet meer.",
    ],
)
def test_a_text_about_a_neighbourhood_passes(text: str) -> None:
    assert findings(text, PLACES) == ()


def test_only_a_likely_name_may_be_confirmed_to_be_none() -> None:
    by_kind = {f.kind: is_hard(f) for f in findings("Bel Fatma op 06 12345678, 7607 AB, a@b.example")}
    assert by_kind == {"phone": True, "address": True, "mail": True, "name": False}


def test_a_consent_lasts_as_said_and_never_longer_than_two_years() -> None:
    assert rules.consent_until(date(2027, 1, 1), date(2027, 6, 1)) == date(2027, 6, 1)
    assert rules.consent_until(date(2027, 1, 1), None) == date(2028, 12, 31)
    assert rules.consent_until(date(2027, 1, 1), date(2035, 1, 1)) == date(2028, 12, 31)


def test_activities_overlap_for_one_group_in_the_same_days_only() -> None:
    new = Span("a", "addiction", date(2027, 3, 1), date(2027, 3, 31))
    same = Span("b", "addiction", date(2027, 3, 31), date(2027, 4, 9))
    later = Span("c", "addiction", date(2027, 4, 1), date(2027, 4, 9))
    others = Span("d", "youth", date(2027, 3, 1), date(2027, 3, 31))
    assert rules.overlaps(new, [new, same, later, others]) == (same,)
    assert rules.overlaps(Span("e", "", new.starts_on, new.ends_on), [same]) == ()


def test_two_activities_in_each_municipality_is_all_of_them() -> None:
    goal = next(g for g in goals_of("groningen", 2027) if g.per_municipality)
    counted = {("a", "taboo_breaking"): 2, ("b", "taboo_breaking"): 1, ("b", "universal"): 9}
    standing = rules.goal_standing(goal, ["a", "b", "c"], counted)
    assert (standing.reached, standing.needed, standing.is_reached) == (1, 3, False)


@pytest.mark.parametrize(("year", "needed"), [(2025, 2), (2026, 5)])
def test_a_share_of_ten_municipalities(year: int, needed: int) -> None:
    goal = next(g for g in goals_of("groningen", year) if g.share_pct)
    places = [f"p{n}" for n in range(10)]
    counted = {(place, "norm_campaign"): 1 for place in places[:needed]}
    assert rules.goal_standing(goal, places, counted).is_reached
    assert rules.goal_standing(goal, places, counted).needed == needed
    assert not rules.goal_standing(goal, places, dict(list(counted.items())[1:])).is_reached


def test_what_was_not_asked_never_counts_as_a_change() -> None:
    before = {"a": "no", "b": "unknown", "c": "yes", "d": "partly"}
    after = {"a": "yes", "b": "yes", "c": "yes", "d": "unknown", "e": "no"}
    assert rules.changed(before, after) == {"a"}


def test_a_week_begins_on_monday() -> None:
    assert rules.week_of(date(2027, 7, 1)) == date(2027, 6, 28)
    assert rules.hours_left(4, 5.5) == -1.5
