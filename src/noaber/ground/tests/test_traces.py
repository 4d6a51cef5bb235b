"""Numbers and addresses of people are seen in free words; days, hours and places are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.traces import TraceKind, traces_in


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("bel 06-12345678", "phone"),
        ("bel 06.12.34.56.78 vanavond", "phone"),
        ("bel 06-12-34-56-78", "phone"),
        ("bel +31 6 12345678", "phone"),
        ("(053) 123 45 67", "phone"),
        ("53 123 45 67", "phone"),
        ("tel0612345678", "phone"),
        ("612345678", "phone"),
        ("a.b@c.nl", "mail"),
        ("nummer 111222333", "bsn"),
        ("Zijn bsn is 111.222.333", "bsn"),
        ("op 7607AB bij de flat", "address"),
        ("aan de Kerkstraat 12.", "address"),
        ("geboren op 3 mei 1980", "birth"),
        ("op 03-05-1980", "date"),
        ("dhr. Jansen is weg", "name"),
        ("mevrouw van der Berg", "name"),
        ("mijn zoon Kees", "name"),
        ("ik heet Fatma", "name"),
        ("een man die heet Berend", "called"),
    ],
)
def test_a_trace_is_seen(words: str, kind: str) -> None:
    assert kind in {trace.kind for trace in traces_in(words)}


@pytest.mark.parametrize(
    "words",
    [
        "van 10:00 tot 12:00",
        "09.00-10.30 11.00-12.00",
        "kost € 12,50",
        "de dokter is er niet",
        "Op 1 juli 2027 om 19.30 uur kwamen 12 mensen; 3 van hen bleven eten.",
        "Het heet nu anders",
        "",
    ],
)
def test_what_points_at_nobody_is_left_alone(words: str) -> None:
    assert traces_in(words) == ()


def test_days_are_days_and_no_number_to_ring() -> None:
    assert {t.kind for t in traces_in("open op 1-1-2027 en 12-12-2027")} == {TraceKind.DATE}
    assert TraceKind.PHONE not in {t.kind for t in traces_in("open 1-1-2027 12-12-2027")}


@given(st.text(), st.from_regex(r"06[ -]?[1-9]\d{7}", fullmatch=True))
def test_a_mobile_number_is_seen_after_any_words(before: str, number: str) -> None:
    kinds = {trace.kind for trace in traces_in(f"{before} ; {number} ;")}
    assert kinds & {TraceKind.PHONE, TraceKind.BSN}
