"""What counts as a conversation: once, held, with its outcome, in the year in which it was held.

The expected figures come from SQL written by hand here, from the tables, not from the code under test.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from noaber.hallway.access import gate
from noaber.network.partners.factories import (
    make_municipality,
    make_organisation,
    make_professional,
    make_region,
)
from noaber.network.partners.models import Municipality, Region
from noaber.pathways.conversations import metrics
from noaber.pathways.conversations.models import Conversation, Outcome, Participation
from noaber.pathways.conversations.tests.held import later, make_conversation, make_thread, utc

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
AS_OF = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)

BY_HAND = """
SELECT count(*) FILTER (WHERE first OR %(later)s) AS n,
       count(*) FILTER (
           WHERE (first OR %(later)s) AND main IN ('multidisciplinary_ggz', 'unknown')
       ) AS specialist,
       count(DISTINCT resident_id) AS people
FROM (
    SELECT c.number = 1 AS first, o.main, h.resident_id
    FROM conversations_conversation c, conversations_outcome o, residents_helprequest h
    WHERE o.conversation_id = c.id AND h.id = c.help_request_id
      AND c.region_id = %(region)s AND c.state = 'held'
      AND extract(year FROM c.held_at AT TIME ZONE 'Europe/Amsterdam') = %(year)s
      AND c.held_at <= %(as_of)s AND o.recorded_at <= %(as_of)s
) counted
"""


def by_hand(region: UUID, year: int, as_of: datetime = AS_OF, *, later: bool = False) -> tuple[int, int, int]:
    """(conversations, specialist ones, residents), counted by the database alone."""
    with gate.as_system("natellen"), connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"region": region, "year": year, "as_of": as_of, "later": later})
        row: tuple[int, int, int] = cursor.fetchone()
    return row


@pytest.fixture
def region() -> Region:
    return make_region()


@pytest.fixture
def almelo(region: Region) -> Municipality:
    return make_municipality(region)


def held(region: Region, year: tuple[date, date] = YEAR, as_of: datetime = AS_OF) -> int:
    return metrics.exploratory_conversations_held(region.pk, *year, as_of).n


def share(region: Region) -> Any:
    return metrics.share_conversations_to_specialist_ggz(region.pk, *YEAR, AS_OF)


def test_a_held_conversation_with_its_outcome_counts_once(region: Region, almelo: Municipality) -> None:
    people = [
        make_professional(make_organisation(region, name), name) for name in ("Dimence", "Avedan", "Ixta")
    ]
    make_conversation(almelo, utc(2026, 5, 4), people=tuple(people))
    assert held(region) == 1


def test_a_held_conversation_without_outcome_waits_and_does_not_count(
    region: Region, almelo: Municipality
) -> None:
    make_conversation(almelo, utc(2026, 5, 4), outcome=None)
    assert held(region) == 0
    assert metrics.held_without_outcome(region.pk, *YEAR, AS_OF) == 1


@pytest.mark.parametrize("state", ["planned", "no_show", "cancelled"])
def test_what_was_not_held_never_counts(region: Region, almelo: Municipality, state: str) -> None:
    make_conversation(almelo, utc(2026, 5, 4), state=state)
    assert held(region) == 0
    assert metrics.held_without_outcome(region.pk, *YEAR, AS_OF) == 0


def test_cancelled_after_all_no_longer_counts_although_its_outcome_row_is_there(
    region: Region, almelo: Municipality
) -> None:
    row = make_conversation(almelo, utc(2026, 5, 4))
    assert held(region) == 1
    row.state = Conversation.State.CANCELLED
    row.save()
    assert Outcome.objects.filter(conversation=row).exists()
    assert held(region) == 0


def test_a_cancelled_booking_beside_the_held_one_does_not_count_it_double(
    region: Region, almelo: Municipality
) -> None:
    thread = make_thread(almelo, at=utc(2026, 5, 4))
    make_conversation(almelo, utc(2026, 5, 4, 10), state="cancelled", thread=thread)
    make_conversation(almelo, utc(2026, 5, 4, 10), state="no_show", thread=thread)
    make_conversation(almelo, utc(2026, 5, 4, 10), thread=thread)
    assert held(region) == 1


def test_half_past_eleven_in_the_evening_of_new_years_eve_in_amsterdam_is_still_the_old_year(
    region: Region, almelo: Municipality
) -> None:
    make_conversation(almelo, utc(2026, 12, 31, 22, 30))  # 23:30 in Amsterdam
    make_conversation(almelo, utc(2026, 12, 31, 23, 30))  # 00:30 on 1 January in Amsterdam
    assert held(region) == 1
    assert held(region, (date(2027, 1, 1), date(2027, 12, 31))) == 1
    assert by_hand(region.pk, 2026)[0] == by_hand(region.pk, 2027)[0] == 1


def test_the_outcome_may_be_recorded_in_the_next_year(region: Region, almelo: Municipality) -> None:
    make_conversation(almelo, utc(2026, 12, 30), recorded_at=utc(2027, 1, 6))
    assert held(region) == 1
    assert held(region, as_of=utc(2027, 1, 5)) == 0


def test_nothing_after_the_moment_of_counting_is_known(region: Region, almelo: Municipality) -> None:
    make_conversation(almelo, utc(2026, 6, 10))
    assert held(region, as_of=utc(2026, 6, 9)) == 0
    assert held(region, as_of=utc(2026, 6, 11)) == 1


def test_a_second_conversation_stands_apart_where_the_region_does_not_count_it(
    region: Region, almelo: Municipality
) -> None:
    first = make_conversation(almelo, utc(2026, 5, 4))
    later(almelo, first.pk, utc(2026, 6, 4))
    figure = metrics.exploratory_conversations_held(region.pk, *YEAR, AS_OF)
    assert (figure.n, figure.later, figure.left_out) == (1, 0, 1)
    assert len(metrics.counted_items(region.pk, *YEAR, AS_OF)) == 1


def test_a_second_conversation_counts_where_the_region_says_so() -> None:
    region = make_region(second_conversation={"max_conversations": 2, "counts_for_kpi": True})
    almelo = make_municipality(region)
    first = make_conversation(almelo, utc(2026, 5, 4))
    later(almelo, first.pk, utc(2026, 6, 4), outcome="multidisciplinary_ggz")
    figure = metrics.share_conversations_to_specialist_ggz(region.pk, *YEAR, AS_OF)
    assert (figure.n, figure.later, figure.left_out, figure.numerator) == (2, 1, 0, 1)
    assert by_hand(region.pk, 2026, later=True)[:2] == (2, 1)


def test_an_unknown_outcome_counts_as_specialist_until_it_is_known(
    region: Region, almelo: Municipality
) -> None:
    row = make_conversation(almelo, utc(2026, 5, 4), outcome="unknown")
    make_conversation(almelo, utc(2026, 5, 5), outcome="social_domain")
    assert (share(region).numerator, share(region).n, share(region).unknown) == (1, 2, 1)
    Outcome.objects.filter(conversation=row).update(main="own_network")
    assert (share(region).numerator, share(region).value, share(region).unknown) == (0, 0.0, 0)


def test_an_outcome_that_the_region_does_not_class_counts_as_specialist(
    region: Region, almelo: Municipality
) -> None:
    make_conversation(almelo, utc(2026, 5, 4), outcome="something_new")
    assert share(region).numerator == 1


def test_without_conversations_a_share_has_no_value(region: Region) -> None:
    assert share(region).value is None
    assert share(region).n == 0


def test_where_triage_is_forbidden_the_derived_outcome_counts() -> None:
    rules = {
        "triage_forbidden": True,
        "kpi_classes": {"social_basis": "not_specialist_ggz", "unknown": "specialist_ggz"},
    }
    region = make_region("groningen", "Regio Groningen", outcomes=rules)
    place = make_municipality(region, "Stadskanaal")
    row = make_conversation(place, utc(2026, 5, 4), outcome="social_basis")
    Outcome.objects.filter(conversation=row).update(derived=True)
    figure = metrics.share_conversations_to_specialist_ggz(region.pk, *YEAR, AS_OF)
    assert (figure.n, figure.numerator) == (1, 0)


def test_residents_are_counted_once_however_often_they_come(region: Region, almelo: Municipality) -> None:
    thread = make_thread(almelo, at=utc(2026, 3, 2))
    again = make_thread(almelo, resident=thread.resident, at=utc(2026, 9, 1))
    make_conversation(almelo, utc(2026, 3, 2), thread=thread)
    make_conversation(almelo, utc(2026, 4, 2), thread=thread, number=2)
    make_conversation(almelo, utc(2026, 9, 2), thread=again)
    make_conversation(almelo, utc(2026, 9, 3))
    figure = metrics.residents_using_exploratory_conversation(region.pk, *YEAR, AS_OF)
    assert (figure.value, figure.n) == (2.0, 4)
    assert by_hand(region.pk, 2026, later=True)[2] == 2


def test_another_region_is_not_counted(region: Region, almelo: Municipality) -> None:
    elsewhere = make_region("groningen", "Regio Groningen")
    make_conversation(make_municipality(elsewhere, "Veendam"), utc(2026, 5, 4))
    assert held(region) == 0
    assert held(elsewhere) == 1


def test_hundreds_of_random_conversations_count_as_the_database_counts_them_by_hand(
    region: Region, almelo: Municipality
) -> None:
    rng = random.Random(20270701)
    outcomes = [None, "multidisciplinary_ggz", "monodisciplinary_ggz", "social_domain", "unknown", "none"]
    first_day = datetime(2025, 12, 28, 12, 0, tzinfo=UTC)
    for _ in range(250):
        at = first_day + timedelta(minutes=rng.randrange(370 * 24 * 60))
        state = rng.choice(["held", "held", "held", "no_show", "cancelled"])
        recorded = at + timedelta(days=rng.randrange(40))
        row = make_conversation(almelo, at, outcome=rng.choice(outcomes), recorded_at=recorded, state=state)
        if rng.random() < 0.2:
            later(almelo, row.pk, at + timedelta(days=20))
    for year in (2025, 2026, 2027):
        for as_of in (utc(2026, 7, 15), AS_OF):
            days = (date(year, 1, 1), date(year, 12, 31))
            n, specialist, people = by_hand(region.pk, year, as_of)
            figure = metrics.share_conversations_to_specialist_ggz(region.pk, *days, as_of)
            assert (figure.n, figure.numerator) == (n, specialist)
            assert metrics.exploratory_conversations_held(region.pk, *days, as_of).value == n
            assert metrics.residents_using_exploratory_conversation(region.pk, *days, as_of).value == people
            items = metrics.counted_items(region.pk, *days, as_of)
            assert len(items) == n
            assert sum(item.outcome_class == metrics.SPECIALIST for item in items) == specialist


def test_a_pseudonym_is_stable_and_tells_nothing_of_the_key(region: Region, almelo: Municipality) -> None:
    row = make_conversation(almelo, utc(2026, 5, 4))
    name = metrics.pseudonym(row.pk)
    assert name == metrics.pseudonym(row.pk)
    assert name.startswith("G-")
    assert len(name) == 10
    assert str(row.pk)[:8].upper() not in name
    assert metrics.counted_items(region.pk, *YEAR, AS_OF)[0].pseudonym == name


def test_items_say_who_sat_there_by_group_and_leave_out_who_dropped_out(
    region: Region, almelo: Municipality
) -> None:
    sanne = make_professional(make_organisation(region), "Sanne Bakker", domain_group="ggz")
    henk = make_professional(make_organisation(region, "Ixta Noa"), "Henk", domain_group="lived_experience")
    row = make_conversation(almelo, utc(2026, 5, 4), people=(sanne, henk))
    Participation.objects.filter(conversation=row, professional=henk).update(active=False)
    (item,) = metrics.counted_items(region.pk, *YEAR, AS_OF)
    assert item.composition == ("ggz",)


def test_a_figure_takes_two_queries_and_the_items_three(
    region: Region, almelo: Municipality, django_assert_num_queries: Any
) -> None:
    for day in range(1, 9):
        make_conversation(almelo, utc(2026, 5, day))
    with django_assert_num_queries(2):
        metrics.share_conversations_to_specialist_ggz(region.pk, *YEAR, AS_OF)
    with django_assert_num_queries(3):
        metrics.counted_items(region.pk, *YEAR, AS_OF)
