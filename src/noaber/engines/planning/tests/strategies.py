"""Small planning questions for hypothesis: few people, short windows, the nights the clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from noaber.engines.planning import (
    Candidate,
    Composition,
    LanguageBy,
    LivedExperience,
    Mode,
    Place,
    Problem,
    Requirement,
    Wish,
)
from noaber.ground.intervals import Interval

# Each anchor is local midnight or an hour near it: an ordinary day, both clock nights, a year's end.
ANCHORS = (
    datetime(2026, 6, 1, 6, tzinfo=UTC),
    datetime(2026, 10, 24, 22, tzinfo=UTC),
    datetime(2027, 3, 27, 22, tzinfo=UTC),
    datetime(2026, 12, 31, 20, tzinfo=UTC),
)
SPAN_MINUTES = 9 * 60
DOMAINS = ("ggz", "social_work", "municipality", "peer")
LANGUAGES = (frozenset({"nl"}), frozenset({"nl"}), frozenset({"nl", "tr"}), frozenset({"tr"}))
FLAGS = ("ggz_registered", "lived_experience", "certified")


@st.composite
def free_stretches(draw: st.DrawFn, anchor: datetime) -> tuple[Interval, ...]:
    """Up to three stretches on whole five minutes, now and then touching or overlapping."""
    stretches = []
    previous_end = 0
    if draw(st.integers(0, 3)) == 0:
        return (Interval(anchor - timedelta(hours=2), anchor + timedelta(minutes=2 * SPAN_MINUTES)),)
    for _ in range(draw(st.integers(0, 3))):
        touching = draw(st.booleans())
        start = previous_end if touching else draw(st.integers(-6, SPAN_MINUTES // 8))
        length = draw(st.integers(1, 80))
        previous_end = start + length
        stretches.append(
            Interval(anchor + timedelta(minutes=5 * start), anchor + timedelta(minutes=5 * previous_end))
        )
    return tuple(stretches)


@st.composite
def candidates(draw: st.DrawFn, anchor: datetime, most: int = 7) -> tuple[Candidate, ...]:
    """People with one to three domains, mixed flags, languages, genders and loads."""
    return tuple(
        Candidate(
            id=f"p{i}",
            domains=draw(st.frozensets(st.sampled_from(DOMAINS), min_size=1, max_size=3)),
            free=draw(free_stretches(anchor)),
            flags=draw(st.frozensets(st.sampled_from(FLAGS), max_size=3)),
            languages=draw(st.sampled_from(LANGUAGES)),
            gender=draw(st.sampled_from((None, "f", "m"))),
            load=draw(st.integers(0, 3)),
        )
        for i in range(draw(st.sampled_from((0, 2, 4, 5, 6, most))))
    )


@st.composite
def compositions(draw: st.DrawFn) -> Composition:
    """One to three people, with up to two requirements that can be seated."""
    most = draw(st.integers(1, 3))
    required: list[Requirement] = []
    while len(required) < 2 and sum(r.min_people for r in required) < most and draw(st.booleans()):
        required.append(
            Requirement(
                key=f"r{len(required)}",
                domains=draw(st.frozensets(st.sampled_from(DOMAINS), max_size=2)),
                min_people=draw(st.integers(1, most - sum(r.min_people for r in required))),
                flags=draw(st.frozensets(st.sampled_from(FLAGS[:2]), max_size=1)),
            )
        )
    return Composition(
        min_people=draw(st.integers(1, most)),
        max_people=most,
        min_domains=draw(st.integers(1, most)),
        required=tuple(required),
        lived_experience=draw(st.sampled_from(LivedExperience)),
        lived_domains=draw(st.sampled_from((frozenset(), frozenset({"peer"})))),
        flags_for_everyone=draw(st.sampled_from((frozenset(), frozenset(), frozenset({"certified"})))),
        one_role_each=draw(st.sampled_from((True, True, False))),
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Days and hours that often cut through the night, every language and gender rule."""
    quarter = st.integers(0, 95).map(lambda n: n * 15)
    hours = st.tuples(quarter, quarter).filter(lambda pair: pair[0] != pair[1])
    return Wish(
        modes=tuple(draw(st.lists(st.sampled_from(Mode), min_size=1, max_size=3, unique=True))),
        weekdays=draw(st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6), min_size=4))),
        hours=draw(st.one_of(st.just(((0, 1440),)), st.lists(hours, min_size=1, max_size=2).map(tuple))),
        language=draw(st.sampled_from((None, "nl", "nl", "tr"))),
        language_by=draw(st.sampled_from(LanguageBy)),
        gender=draw(st.sampled_from((None, "f"))),
        home_municipality=draw(st.sampled_from((None, "almelo"))),
        municipalities=draw(st.sampled_from((frozenset(), frozenset(), frozenset({"almelo"})))),
        not_with=draw(st.sampled_from((frozenset(), frozenset(), frozenset({"p0"})))),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A whole question, small enough for the oracle."""
    anchor = draw(st.sampled_from(ANCHORS))
    begin = draw(st.integers(-60, 60))
    return Problem(
        candidates=draw(candidates(anchor)),
        places=tuple(
            Place(f"room{i}", draw(st.sampled_from(("almelo", "enschede"))), draw(free_stretches(anchor)))
            for i in range(draw(st.integers(0, 2)))
        ),
        composition=draw(compositions()),
        wish=draw(wishes()),
        received_at=anchor - timedelta(days=draw(st.integers(0, 20))),
        earliest=anchor + timedelta(minutes=begin),
        latest=anchor + timedelta(minutes=begin + draw(st.integers(90, SPAN_MINUTES))),
        duration_minutes=draw(st.sampled_from((15, 45, 60, 90))),
        grid_minutes=draw(st.sampled_from((15, 30, 60))),
        postponed_days=draw(st.integers(0, 3)),
        lived_experience_waived=draw(st.booleans()),
        one_per_day=draw(st.booleans()),
    )
