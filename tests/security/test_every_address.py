"""Every address, asked by everyone, about everybody: what shows is what the oracle expects, no more, no less.

Showing too little fails as well. After a refused change the database is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import reverse
from tests.security import addresses, canaries, oracle, world_care_programmes, world_support_points
from tests.security.visits import ANONYMOUS, HALFWAY, Browsers, Visit, visit
from tests.security.world import World

from noaber.pathways.conversations.metrics import pseudonym

STAFF = (
    *("noor", "piet", "ilse", "gerda", "sanne", "tineke", "karel", "bram", "henk", "boris", "gijs"),
    *("joris", "petra", "dirk", "olga", "wil", "anouk", "roos", "lotte", "ruud"),
)
RESIDENTS = ("fatma", "mila")
SIGNED_IN = (*STAFF, *RESIDENTS)
CLASSES = addresses.matrix()
ADDRESSES = {a.name: a for a in addresses.walk()}
GUARDED = sorted(oracle.EXPECTED)
LOOSE = sorted(set(CLASSES) - set(GUARDED))
WRITERS = (*("piet", "gerda", "sanne", "tineke", "karel", "dirk", "joris", "petra", "olga"), *RESIDENTS)


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def values(world: World, name: str, person: str | None) -> dict[str, object] | None:
    """What to put in this address; None when she has no such thing."""
    filled: dict[str, object] = {
        "region": "twente",
        "slug": "twente",
        "plan": "nergens",
        "number": "11",
        "pseudonym": pseudonym(world.cases["fatma"].conversation_id or UUID(int=0)),
        "token": world.paper_token if name == "holdings:paper_copy" else "0" * 43,
        "code": "7K3F-9Q2M-4",
        "kind": "plek" if name == "neighbourhood:add_inventory" else "event",
        "uidb36": "1",
        "key": "a-b",
        "pk": 1,
        "service_id": UUID(int=1),
        "at_id": UUID(int=1),
        "check_id": UUID(int=1),
        "organization_id": UUID(int=1),
        "taxonomy_id": UUID(int=1),
        "term_id": UUID(int=1),
        "thing_id": UUID(int=2),
        "item_id": world.review_item_id,
        "membership_id": world.memberships["tineke"].pk,
        "invitation_id": UUID(int=3),
        "consent_id": world.consent_id,
        "objection_id": world.objection_id,
        "correction_id": world.correction_id,
        "key_id": UUID(int=4),
        "digits_id": UUID(int=9),
        "message_id": world.post_ids["call" if name == "companions:called" else "letter"],
        "preparation_id": world.preparation_id,
        "entry_id": UUID(int=5),
        "reset_id": UUID(int=6),
        "list_id": UUID(int=8),
        "professional_id": world.professionals["tineke"].pk,
        "participation_id": UUID(int=12),
        **world.neighbourhood,
        **world.routes,
        **world.sources,
        **(world.keeping if name.startswith("directory:keep") else {}),
        **(world.self_help if name.startswith("self_help:") else {}),
        **(world.forming if name.startswith("forming:") else {}),
        **(world.groups if name.startswith("groups:") else {}),
        **world_support_points.values(world, name),
        **world_care_programmes.values(world, name),
    }
    if person is not None:
        about = oracle.EXPECTED[name].about
        found = world.cases[person].id_of(about)
        if found is None:
            return None
        filled[f"{about}_id"] = found
    return {key: filled[key] for key in ADDRESSES[name].varies}


def targets(world: World, name: str) -> Iterator[tuple[str | None, str]]:
    """The address about each resident, or once when it is about nobody."""
    for person in canaries.PEOPLE if oracle.EXPECTED[name].about else (None,):
        filled = values(world, name, person)
        if filled is not None:
            yield person, reverse(name, kwargs=filled)


def everything_of(seen: Visit, world: World, path: str) -> frozenset[str]:
    """Planted words, numbers and ids; an id that stood in the asked address itself says nothing new."""
    own = {f"{name}.id" for name, case in world.cases.items() if any(str(pk) in path for pk in case.ids())}
    traces = seen.traces(world)
    return seen.shown | (traces - own if seen.status >= 300 else traces)


def about_residents(shown: frozenset[str]) -> frozenset[str]:
    """Without the addresses of colleagues."""
    return frozenset(s for s in shown if s.split(".")[0] in canaries.PEOPLE)


def check_quiet(seen: Visit, where: str) -> None:
    """Nothing of anybody in the log of the program, nor in what left by mail."""
    assert canaries.found_in(seen.log) == frozenset(), where
    assert b"<b>kzq" not in seen.body.lower(), f"{where}: what she wrote became part of the page"
    assert "?" not in seen.log.replace("?…", ""), where
    for mail in seen.mails:
        inside = {c for c in canaries.found_in(mail) if not c.endswith(("mail",))}
        assert inside == set(), where


def check_refused(seen: Visit, world: World, who: str, where: str, path: str) -> None:
    """No word of anybody, and the answer that everyone gets."""
    assert about_residents(everything_of(seen, world, path)) == frozenset(), where
    if who == ANONYMOUS:
        assert seen.status == 302, where
        assert seen.location.startswith(("/inloggen/?next=", "/mijn/?next=")), where
    elif who == HALFWAY and seen.status != 404:
        assert seen.location.startswith("/tweede-stap/?next="), where
    else:
        assert seen.status in {404, 405}, where
    check_quiet(seen, where)


@pytest.mark.parametrize("name", GUARDED)
def test_who_asks_sees_what_the_oracle_says(world: World, browsers: Browsers, name: str) -> None:
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        visitors = [ANONYMOUS, HALFWAY, *SIGNED_IN] if person in {None, "fatma"} else SIGNED_IN
        for who in visitors:
            seen = visit(browsers.of(who), "GET", path)
            where = f"{who} asks {name} about {person}: {seen.status}"
            if not expected.may_open(who, person):
                check_refused(seen, world, who, where, path)
                continue
            shown = about_residents(everything_of(seen, world, path))
            assert seen.status == 405 if expected.post_only else seen.status in {200, 302}, where
            assert shown <= expected.may_see(who, person), where
            if not expected.post_only and seen.status == 200:
                assert expected.must_see(who, person) <= shown, where
            check_quiet(seen, where)


@pytest.mark.parametrize("name", [n for n in GUARDED if oracle.EXPECTED[n].must])
def test_asking_for_the_head_alone_opens_no_other_door(world: World, browsers: Browsers, name: str) -> None:
    for person, path in targets(world, name):
        for who in ("noor", "ilse", "sanne", "karel", "joris", "fatma"):
            whole = visit(browsers.of(who), "GET", path)
            head = visit(browsers.of(who), "HEAD", path)
            assert head.status == whole.status, f"{who} asks {name} about {person}"
            assert head.body == b""
            assert head.shown == frozenset()


@pytest.mark.parametrize("name", LOOSE)
def test_pages_for_everyone_and_for_oneself_show_nobody_else(
    world: World, browsers: Browsers, name: str
) -> None:
    path = reverse(name, kwargs=values(world, name, None))
    for who in (ANONYMOUS, HALFWAY, "noor", "sanne", "karel", "dirk", "joris", "fatma"):
        for method in ("GET", "POST"):
            seen = visit(browsers.of(who), method, path)
            own = {f"{'sanne' if who == HALFWAY else who}.colleague_mail"}
            assert everything_of(seen, world, path) <= own, f"{who} {method} {name}"
            assert seen.status < 500, f"{who} {method} {name}"
            check_quiet(seen, f"{who} {method} {name}")


def body_with_ids_of(world: World, person: str) -> dict[str, str]:
    """A form that tries everything at once, with this resident's ids in every field that takes one."""
    case = world.cases[person]
    return {
        "help_request_id": str(case.help_request_id),
        "help_request": str(case.help_request_id),
        "conversation_id": str(case.conversation_id),
        "referral_id": str(case.referral_id),
        "letter_id": str(case.letter_id),
        "resident_id": str(case.resident_id),
        "account_id": str(world.accounts["tineke"].pk),
        "organisation": str(world.organisations["dimence"].pk),
        "service_id": str(UUID(int=1)),
        "because": "ziek",
        "besluit": "ja",
        "body": "Een nieuw verslag.",
        "outcome": "social_domain",
        "until_on": "2027-07-20",
        "nothing": "on",
        "email": "iemand@voorbeeld.example",
        "name": "Iemand",
        "role": "operator",
        "kind": "network_intake",
        "is_staff": "on",
        "second_factor": "1",
        "next": "https://elders.example/",
    }


@pytest.mark.parametrize("name", GUARDED)
def test_who_may_not_write_changes_nothing(world: World, browsers: Browsers, name: str) -> None:
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        writers = [w for w in WRITERS if not expected.may_open(w, person)]
        if person in {None, "fatma"}:
            writers = [ANONYMOUS, HALFWAY, *writers]
        for who in writers:
            for data in ({}, body_with_ids_of(world, person or "mila")):
                seen = visit(browsers.of(who), "POST", path, data, compare=browsers.at_rest)
                where = f"{who} writes to {name} about {person}: {seen.status}"
                if expected.form_first and not data and who in expected.whom:
                    assert seen.status == 422 or seen.location == path, where
                    assert everything_of(seen, world, path) <= expected.may_see(who, None), where
                else:
                    check_refused(seen, world, who, where, path)
                assert seen.changed == frozenset(), where
                assert seen.mails == [], where


@pytest.mark.parametrize("name", GUARDED)
def test_ids_of_another_in_the_form_reach_nobody(world: World, browsers: Browsers, name: str) -> None:
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        for who in SIGNED_IN:
            if not expected.may_open(who, person):
                continue
            other = "cem" if who not in {"gerda", "boris", "gijs"} else "fatma"
            untouched = body_with_ids_of(world, other)
            seen = visit(browsers.of(who), "POST", path, untouched, keep=world.cases[other])
            where = f"{who} writes to {name} about {person} with ids of {other}: {seen.status}"
            assert seen.status < 500, where
            assert about_residents(seen.shown) <= expected.may_see(who, person), where
            assert seen.kept, where
            check_quiet(seen, where)
            assert "elders.example" not in seen.location, where
