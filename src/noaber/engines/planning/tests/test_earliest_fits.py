"""The planning engine on questions a planner would recognise."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from noaber.engines.planning import (
    GGZ_REGISTERED,
    LIVED_EXPERIENCE,
    BadInstance,
    Candidate,
    Composition,
    LackKind,
    LanguageBy,
    LivedExperience,
    Mode,
    Penalty,
    Place,
    Problem,
    Requirement,
    Wish,
    earliest_fits,
    from_json,
)
from noaber.engines.planning.__main__ import main
from noaber.ground.intervals import Interval

MONDAY = datetime(2027, 7, 5, 6, tzinfo=UTC)  # 08:00 in Almelo
EXAMPLE = Path(__file__).parent.parent / "examples" / "twente.json"

TWENTE = Composition(
    required=(
        Requirement("ggz", frozenset({"ggz"}), flags=frozenset({GGZ_REGISTERED})),
        Requirement("beside_ggz", frozenset({"social_work", "municipality", "peer"})),
    ),
    lived_domains=frozenset({"peer"}),
)


def hours(first: float, last: float, *, day: int = 0) -> Interval:
    """From so many hours after Monday 08:00 to so many, `day` days later."""
    return Interval(MONDAY + timedelta(days=day, hours=first), MONDAY + timedelta(days=day, hours=last))


def sanne(*free: Interval, **more: object) -> Candidate:
    return Candidate("sanne", frozenset({"ggz"}), free, frozenset({GGZ_REGISTERED}), **more)  # type: ignore[arg-type]


def bram(*free: Interval, **more: object) -> Candidate:
    return Candidate("bram", frozenset({"social_work"}), free, **more)  # type: ignore[arg-type]


def henk(*free: Interval, **more: object) -> Candidate:
    return Candidate("henk", frozenset({"peer"}), free, frozenset({LIVED_EXPERIENCE}), **more)  # type: ignore[arg-type]


ROOM = Place("noaberhoes", "Almelo", (Interval(MONDAY, MONDAY + timedelta(days=60)),))


def question(*people: Candidate, composition: Composition = TWENTE, **changes: object) -> Problem:
    base = Problem(
        candidates=people,
        places=(ROOM,),
        composition=composition,
        wish=Wish(),
        received_at=MONDAY - timedelta(days=2),
        earliest=MONDAY,
        latest=MONDAY + timedelta(days=60),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_two_people_of_two_domains_meet_at_the_first_quarter_they_share() -> None:
    first = earliest_fits(question(sanne(hours(0, 4)), bram(hours(1.1, 4)))).options[0]
    assert first.start == MONDAY + timedelta(hours=1, minutes=15)
    assert {(seat.candidate_id, seat.role) for seat in first.people} == {
        ("sanne", "ggz"),
        ("bram", "beside_ggz"),
    }
    assert (first.day, first.net_day, first.within_norm, first.place_id) == (2, 2, True, "noaberhoes")


def test_lived_experience_is_added_when_free_and_missed_aloud_when_not() -> None:
    both = earliest_fits(question(sanne(hours(0, 4)), bram(hours(0, 4)), henk(hours(0, 4)))).options[0]
    assert Penalty.NO_LIVED_EXPERIENCE not in both.penalties
    without = earliest_fits(question(sanne(hours(0, 4)), bram(hours(0, 4)))).options[0]
    assert Penalty.NO_LIVED_EXPERIENCE in without.penalties


def test_one_person_with_both_qualities_fills_one_role_only() -> None:
    both = Candidate(
        "mila", frozenset({"ggz", "peer"}), (hours(0, 4),), frozenset({GGZ_REGISTERED, LIVED_EXPERIENCE})
    )
    assert earliest_fits(question(both)).options == ()
    alone_may = replace(TWENTE, min_people=1, one_role_each=False)
    assert earliest_fits(question(both, composition=alone_may)).options[0].people[0].role == (
        "ggz+beside_ggz"
    )


def test_a_peer_worker_may_be_the_second_of_a_duo() -> None:
    duo = earliest_fits(question(sanne(hours(0, 4)), henk(hours(0, 4)))).options[0]
    assert [(s.candidate_id, s.role, s.lived) for s in duo.people] == [
        ("henk", "beside_ggz", True),
        ("sanne", "ggz", False),
    ]
    assert duo.penalties == ()


def test_a_psychologist_with_lived_experience_is_not_the_peer_worker_too() -> None:
    psychologist = replace(sanne(hours(0, 4)), flags=frozenset({GGZ_REGISTERED, LIVED_EXPERIENCE}))
    option = earliest_fits(question(psychologist, bram(hours(0, 4)))).options[0]
    assert option.penalties == (Penalty.NO_LIVED_EXPERIENCE,)


def test_groningen_never_meets_without_lived_experience() -> None:
    groningen = Composition(lived_experience=LivedExperience.ALWAYS)
    answer = earliest_fits(
        question(sanne(hours(0, 4)), bram(hours(0, 4)), henk(hours(0, 4, day=3)), composition=groningen)
    )
    assert answer.options == ()
    assert answer.shortage is not None
    assert LackKind.LIVED_EXPERIENCE in {lack.kind for lack in answer.shortage.blocking}
    lack = next(lack for lack in answer.shortage.lacks if lack.kind is LackKind.LIVED_EXPERIENCE)
    assert (lack.alone_day, lack.without_day) == (5, 2)


def test_a_late_peer_worker_is_named_with_the_day_and_with_what_a_reason_would_bring() -> None:
    rule = replace(TWENTE, lived_experience=LivedExperience.UNLESS_REASONED)
    people = [sanne(hours(0, 4), hours(0, 4, day=14)), bram(hours(0, 4), hours(0, 4, day=14))]
    answer = earliest_fits(question(*people, henk(hours(0, 4, day=14)), composition=rule))
    assert answer.options[0].day == 16
    assert not answer.options[0].within_norm
    assert answer.shortage is not None
    assert [(lack.key, lack.alone_day) for lack in answer.shortage.blocking] == [("lived_experience", 16)]
    assert answer.without_lived_experience is not None
    assert answer.without_lived_experience.day == 2


def test_days_the_resident_asked_for_do_not_count_for_the_norm() -> None:
    people = sanne(hours(0, 4, day=14)), bram(hours(0, 4, day=14))
    late = earliest_fits(question(*people))
    assert (late.options[0].within_norm, late.shortage is None) == (False, False)
    postponed = earliest_fits(question(*people, postponed_days=2))
    assert (postponed.options[0].net_day, postponed.options[0].within_norm) == (14, True)
    assert postponed.shortage is None


def test_of_equals_the_one_with_the_lightest_load_is_asked_then_the_first_by_id() -> None:
    other = replace(bram(hours(0, 4)), id="aleid", load=3)
    busy = earliest_fits(question(sanne(hours(0, 4)), replace(bram(hours(0, 4)), load=2), other)).options[0]
    assert "bram" in {seat.candidate_id for seat in busy.people}
    equal = earliest_fits(question(sanne(hours(0, 4)), replace(bram(hours(0, 4)), load=3), other)).options[0]
    assert "aleid" in {seat.candidate_id for seat in equal.people}


def test_a_soft_wish_never_delays_but_the_ideal_is_shown_beside_it() -> None:
    people = (
        sanne(hours(0, 4), hours(0, 4, day=1)),
        bram(hours(0, 4), gender="m"),
        replace(henk(hours(0, 4, day=1)), gender="f"),
    )
    answer = earliest_fits(question(*people, wish=Wish(gender="f")))
    assert (answer.options[0].day, Penalty.OTHER_GENDER in answer.options[0].penalties) == (2, True)
    assert answer.earliest_ideal is not None
    assert (answer.earliest_ideal.day, answer.earliest_ideal.penalties) == (3, ())


def test_one_speaker_is_enough_when_the_wish_says_so() -> None:
    people = sanne(hours(0, 4), languages=frozenset({"nl", "tr"})), bram(hours(0, 4))
    wish = Wish(language="tr", language_by=LanguageBy.ONE)
    assert earliest_fits(question(*people, wish=wish)).options
    strict = earliest_fits(question(*people, wish=Wish(language="tr")))
    assert strict.shortage is not None
    assert [lack.key for lack in strict.shortage.blocking] == ["tr"]


def test_someone_the_resident_does_not_want_is_never_proposed() -> None:
    people = sanne(hours(0, 4)), bram(hours(0, 4))
    assert earliest_fits(question(*people, wish=Wish(not_with=frozenset({"bram"})))).options == ()


def test_online_needs_no_place_and_comes_second_when_wished_second() -> None:
    people = sanne(hours(0, 4)), bram(hours(0, 4))
    answer = earliest_fits(question(*people, places=(), wish=Wish(modes=(Mode.IN_PERSON, Mode.ONLINE))))
    first = answer.options[0]
    assert (first.mode, first.place_id) == (Mode.ONLINE, None)
    assert Penalty.OTHER_MODE in first.penalties
    held_back = earliest_fits(question(*people, places=()))
    assert held_back.shortage is not None
    assert [lack.kind for lack in held_back.shortage.blocking] == [LackKind.PLACE]


def test_touching_stretches_are_one_and_a_missing_minute_is_not() -> None:
    joined = question(sanne(hours(0, 0.5), hours(0.5, 1)), bram(hours(0, 1)))
    assert earliest_fits(joined).options[0].start == MONDAY
    minute = timedelta(minutes=1)
    torn = (hours(0, 0.5), Interval(MONDAY + timedelta(minutes=30) + minute, MONDAY + timedelta(hours=1)))
    assert earliest_fits(question(sanne(*torn), bram(hours(0, 1)))).options == ()


@pytest.mark.parametrize(
    ("night", "wished", "minutes_of_real_time"),
    [
        (datetime(2026, 10, 24, 22, tzinfo=UTC), (60, 240), 240),  # 01:00-04:00 lasts four hours
        (datetime(2027, 3, 27, 23, tzinfo=UTC), (60, 240), 120),  # 01:00-04:00 lasts two hours
    ],
)
def test_a_window_in_the_night_the_clock_changes_lasts_as_long_as_the_clock_says(
    night: datetime, wished: tuple[int, int], minutes_of_real_time: int
) -> None:
    free = (Interval(night, night + timedelta(hours=8)),)
    problem = question(
        sanne(*free),
        bram(*free),
        wish=Wish(modes=(Mode.ONLINE,), hours=(wished,)),
        earliest=night,
        latest=night + timedelta(hours=8),
        received_at=night,
        one_per_day=False,
    )
    starts = [option.start for option in earliest_fits(problem, limit=100).options]
    assert len(starts) == (minutes_of_real_time - 60) // 15 + 1
    assert len(set(starts)) == len(starts)


def test_half_past_two_that_comes_twice_is_offered_twice() -> None:
    night = datetime(2026, 10, 24, 22, tzinfo=UTC)
    free = (Interval(night, night + timedelta(hours=8)),)
    problem = question(
        sanne(*free),
        bram(*free),
        wish=Wish(modes=(Mode.ONLINE,), hours=((150, 180),)),
        earliest=night,
        latest=night + timedelta(hours=8),
        received_at=night,
        duration_minutes=30,
        one_per_day=False,
    )
    starts = [option.start for option in earliest_fits(problem).options]
    assert starts == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]


def test_an_empty_network_gets_a_shortage_and_no_crash() -> None:
    answer = earliest_fits(question(places=()))
    assert answer.options == ()
    assert answer.shortage is not None
    assert all(lack.alone_start is None for lack in answer.shortage.lacks)
    too_short = question(sanne(hours(0, 4)), bram(hours(0, 4)), latest=MONDAY + timedelta(minutes=20))
    assert earliest_fits(too_short).starts_considered == 0


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"latest": MONDAY}, "latest"),
        ({"latest": MONDAY + timedelta(days=500)}, "latest"),
        ({"earliest": MONDAY.replace(tzinfo=None)}, "earliest"),
        ({"grid_minutes": 7}, "grid_minutes"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"duration_minutes": 3 * 365 * 1440}, "duration_minutes"),
        ({"norm_days": -1}, "norm_days"),
        ({"composition": Composition(min_people=3, max_people=2)}, "composition"),
        ({"composition": Composition(min_domains=4)}, "composition.min_domains"),
        ({"composition": Composition(min_domains=0)}, "composition.min_domains"),
        ({"composition": Composition(required=(Requirement("x", min_people=4),))}, "composition.required"),
        (
            {"composition": Composition(required=(Requirement("x", min_people=0),))},
            "composition.required[0].min_people",
        ),
        ({"wish": Wish(modes=())}, "wish.modes"),
        ({"wish": Wish(modes=(Mode.ONLINE, Mode.ONLINE))}, "wish.modes"),
        ({"wish": Wish(weekdays=frozenset({7}))}, "wish.weekdays"),
        ({"wish": Wish(hours=())}, "wish.hours"),
        ({"wish": Wish(hours=((540, 540),))}, "wish.hours[0]"),
        ({"candidates": (sanne(), sanne())}, "candidates"),
        ({"candidates": (Candidate("x", frozenset(), ()),)}, "candidates[0].domains"),
        ({"candidates": (sanne(load=-1),)}, "candidates[0].load"),
        ({"places": (ROOM, ROOM)}, "places"),
        (
            {"candidates": (sanne(Interval(MONDAY, MONDAY + timedelta(microseconds=90_500_000))),)},
            "free",
        ),
    ],
)
def test_a_question_that_cannot_be_right_is_refused_by_name(change: dict[str, object], where: str) -> None:
    with pytest.raises(BadInstance) as refused:
        earliest_fits(question(**change))  # type: ignore[arg-type]
    assert refused.value.where == where
    assert refused.value.now_what


def test_asking_for_no_options_is_refused() -> None:
    with pytest.raises(BadInstance):
        earliest_fits(question(), limit=0)


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (lambda d: d.pop("latest"), "latest"),
        (lambda d: d.update(shoesize=3), "shoesize"),
        (lambda d: d["candidates"][0].update(load="veel"), "candidates[0].load"),
        (lambda d: d["candidates"][0].update(load=True), "candidates[0].load"),
        (lambda d: d["candidates"][1]["free"].append(["2027-07-05T09:00:00"]), "candidates[1].free"),
        (lambda d: d["places"][0]["free"][0].__setitem__(0, "2027-07-05T09:00:00"), "places[0].free[0][0]"),
        (lambda d: d["places"][0]["free"][0].__setitem__(0, "gisteren"), "places[0].free[0][0]"),
        (lambda d: d["places"][0]["free"][0].reverse(), "places[0].free[0]"),
        (lambda d: d["wish"].update(hours=["9-17"]), "wish.hours[0]"),
        (lambda d: d["wish"].update(hours=["09:60-17:00"]), "wish.hours[0]"),
        (lambda d: d["wish"].update(modes=["telepathy"]), "wish.modes[0]"),
        (lambda d: d.update(wish=None), "wish"),
    ],
)
def test_a_damaged_file_is_refused_with_the_name_of_the_field(damage: object, where: str) -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    damage(document)  # type: ignore[operator]
    with pytest.raises(BadInstance) as refused:
        from_json(document)
    assert refused.value.where.startswith(where)


def test_the_command_line_answers_the_example_in_words_and_in_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main([str(EXAMPLE)]) == 0
    assert "henk (lived_experience)" in capsys.readouterr().out
    assert main([str(EXAMPLE), "--json", "--limit", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["options"][0]["start"] == "2027-07-07T08:30:00Z"
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    assert main([str(broken)]) == 2
    broken.write_text("{}", "utf-8")
    assert main([str(broken)]) == 2
    assert "candidates: ontbreekt." in capsys.readouterr().err


def test_two_hundred_professionals_over_sixty_days_answer_within_a_fifth_of_a_second() -> None:
    dice = np.random.default_rng(7)
    domains = ("ggz", "ggz", "social_work", "municipality", "peer")
    people = []
    for i in range(200):
        domain = domains[dice.integers(len(domains))]
        flags = {"ggz": {GGZ_REGISTERED}, "peer": {LIVED_EXPERIENCE}}.get(domain, set())
        starts = dice.integers(0, 36, size=60)
        free = tuple(hours(s / 4, s / 4 + 1, day=day) for day, s in enumerate(starts.tolist()))
        people.append(Candidate(f"p{i:03d}", frozenset({domain}), free, frozenset(flags), load=i % 9))
    problem = question(*people, composition=replace(TWENTE, lived_experience=LivedExperience.ALWAYS))
    began = time.perf_counter()
    answer = earliest_fits(problem)
    assert time.perf_counter() - began < 0.2
    assert answer.options[0].day == 2
