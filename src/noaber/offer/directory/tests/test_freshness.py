"""Freshness is earned: by whom and when, how silence ages it, what lowers it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.knowledge.freshness import weights_on
from noaber.offer.directory.models import Confirmation
from noaber.offer.directory.upkeep.rules_fresh import Sign, State, freshness, state_on, trust

DAY = date(2027, 7, 1)
KINDS = list(weights_on(DAY).kinds)
signs = st.lists(
    st.builds(Sign, st.sampled_from(KINDS), st.dates(date(2025, 1, 1), date(2028, 1, 1))), max_size=8
)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_every_kind_of_confirmation_has_its_weight() -> None:
    assert set(Confirmation.Kind.values) == set(KINDS)


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, State.FRESH), (90, State.FRESH), (91, State.AGEING), (180, State.AGEING), (181, State.STALE)],
)
def test_a_look_by_the_owner_keeps_it_fresh_three_months_and_out_of_the_stale_six(
    days: int, state: State
) -> None:
    found = freshness([Sign("owner", ago(days))], today=DAY)
    assert found.state is state
    assert (found.kind, found.last_on) == ("owner", ago(days))


def test_what_nobody_ever_confirmed_is_stale() -> None:
    found = freshness([], today=DAY)
    assert (found.state, found.trust, found.stale_on) == (State.STALE, 0, None)


def test_use_keeps_an_old_entry_out_of_the_stale() -> None:
    old = [Sign("owner", ago(170))]
    used = [*old, Sign("started", ago(20)), Sign("visited", ago(5))]
    assert freshness(old, today=DAY).state is State.AGEING
    assert freshness(used, today=DAY).state is State.FRESH


def test_a_visitor_without_a_name_alone_does_not_make_it_fresh() -> None:
    many = [Sign("visitor", ago(n)) for n in range(50)]
    assert freshness(many, today=DAY).state is State.AGEING


def test_the_source_alone_does_not_make_it_fresh() -> None:
    assert freshness([Sign("source", DAY)], today=DAY).state is State.AGEING


def test_open_reports_and_bounced_mail_lower_it() -> None:
    seen = [Sign("owner", ago(30))]
    whole = freshness(seen, today=DAY)
    reported = freshness(seen, today=DAY, open_reports=2)
    bounced = freshness(seen, today=DAY, bounced=True)
    assert whole.state is State.FRESH
    assert reported.state is State.AGEING
    assert reported.trust < bounced.trust < whole.trust


@given(signs, st.integers(0, 6), st.booleans(), st.integers(0, 800))
def test_silence_never_makes_it_fresher(known: list[Sign], reports: int, bounced: bool, days: int) -> None:
    now = trust(known, on=date(2028, 1, 1), open_reports=reports, bounced=bounced)
    later = trust(known, on=date(2028, 1, 1) + timedelta(days=days), open_reports=reports, bounced=bounced)
    assert 0 <= later <= now <= 1


@given(signs, st.sampled_from(KINDS), st.integers(0, 5))
def test_one_more_sign_never_lowers_it_and_one_more_report_never_lifts_it(
    known: list[Sign], kind: str, reports: int
) -> None:
    before = trust(known, on=DAY, open_reports=reports)
    assert trust([*known, Sign(kind, DAY)], on=DAY, open_reports=reports) >= before
    assert trust(known, on=DAY, open_reports=reports + 1) <= before


@given(signs, st.integers(0, 3), st.booleans(), st.integers(0, 1500))
def test_the_two_days_that_are_kept_say_the_same_as_the_sum_itself(
    known: list[Sign], reports: int, bounced: bool, days: int
) -> None:
    today = max([date(2027, 1, 1), *(sign.on for sign in known)]) + timedelta(days=days)
    found = freshness(known, today=today, open_reports=reports, bounced=bounced)
    assert state_on(today, ageing_on=found.ageing_on, stale_on=found.stale_on) is found.state


@pytest.mark.parametrize(("days", "state"), [(89, State.FRESH), (90, State.AGEING), (180, State.STALE)])
def test_an_entry_of_which_only_the_last_check_is_known(days: int, state: State) -> None:
    assert state_on(DAY, ageing_on=None, stale_on=None, assured_on=ago(days)) is state
    assert state_on(DAY, ageing_on=None, stale_on=None) is State.STALE
