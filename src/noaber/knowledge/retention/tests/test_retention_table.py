"""The retention classes that ship with the program."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from noaber.knowledge.retention import (
    BrokenRetentionTable,
    RetentionNotInForce,
    Term,
    UnknownRetentionClass,
    check_retention,
    load_retention,
    retention_class,
)
from noaber.knowledge.retention.table import TABLE


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = TABLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "classes.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_table_holds_no_mistakes() -> None:
    assert [str(problem) for problem in check_retention()] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{years: 15}", "{years: 15, days: 3}", "choice"),
        ("{years: 15}", "{}", "missing"),
        ("{years: 15}", "{years: 0}", "range"),
        ("'2000-01-01': {years: 15}", "'2000': {years: 15}", "key_form"),
        ("    counts_from: last_change", "    counts_from: birthday", "choice"),
        ("    why_stays: Zo kan altijd", "    note: Zo kan altijd", "missing"),
        ("key: wmo_record", "key: wgbo_record", "duplicate_id"),
        ("    certainty: stated", "    certainty: sure", "choice"),
        ("    basis: ", "    bases: ", "unknown_field"),
    ],
)
def test_a_mistake_in_the_table_is_found(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = broken(tmp_path, old, new)

    assert code in {problem.code for problem in check_retention(path)}
    with pytest.raises(BrokenRetentionTable):
        load_retention(path)


def test_a_class_that_is_not_there_is_said() -> None:
    with pytest.raises(UnknownRetentionClass):
        retention_class("for_ever")


def test_a_day_before_the_first_date_is_said() -> None:
    with pytest.raises(RetentionNotInForce):
        retention_class("wmo_record").term(dt.date(2014, 12, 31))


def test_the_law_of_the_day_counts() -> None:
    record = retention_class("wgbo_record")

    assert record.term(dt.date(2019, 12, 31)) == Term(years=15)
    assert record.term(dt.date(2020, 1, 1)) == Term(years=20)
    assert record.ends(dt.date(2027, 7, 1), on=dt.date(2027, 7, 1)) == dt.date(2047, 7, 1)


def test_a_term_from_a_leap_day_ends_on_the_first_of_march() -> None:
    assert Term(years=5).after(dt.date(2024, 2, 29)) == dt.date(2029, 3, 1)
    assert Term(years=20).after(dt.date(2024, 2, 29)) == dt.date(2044, 2, 29)


@pytest.mark.parametrize("term", [Term(years=5), Term(years=20), Term(days=90)])
def test_the_latest_start_is_the_other_way_round(term: Term) -> None:
    for offset in range(3000):
        today = dt.date(2044, 1, 1) + dt.timedelta(days=offset)
        start = term.latest_start(today)
        assert term.after(start) <= today < term.after(start + dt.timedelta(days=1))


def test_the_keys_that_rooms_name_are_there() -> None:
    promised = {"wgbo_record", "wmo_record", "access_log", "contact", "session", "consent_proof"}
    assert promised <= set(load_retention())


def test_what_she_cannot_have_erased_says_why() -> None:
    assert all(bool(entry.why_stays) != entry.on_request for entry in load_retention().values())
