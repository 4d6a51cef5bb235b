"""The pages themselves, with one of the two locks taken away: the other one holds."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet
from tests.security import oracle
from tests.security.test_every_address import Browsers, about_residents, check_refused, everything_of, targets
from tests.security.test_two_locks import THREAD, WROTE_BACK
from tests.security.visits import visit
from tests.security.world import World

from noaber.hallway.access import gate, scope, table
from noaber.hallway.access.types import Actor

NAMES = sorted(name for name, e in oracle.EXPECTED.items() if e.whom)
STRANGERS = ("piet", "gerda", "tineke", "karel", "dirk", "joris", "olga", "mila")


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


@pytest.mark.parametrize("name", NAMES)
def test_the_application_s_rules_hold_every_page_alone(
    world: World, browsers: Browsers, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database lets everything through, as if row-level security did not exist."""
    told = scope._set
    monkeypatch.setattr(scope, "_set", lambda a, r, o, _scope: told(a, r, o, "system"))
    expected = oracle.EXPECTED[name]
    for person, path in targets(world, name):
        for who in (*STRANGERS, "noor", "ilse", "sanne", "fatma"):
            for method in ("GET", "POST"):
                seen = visit(browsers.of(who), method, path)
                where = f"{who} {method} {name} about {person}: {seen.status}"
                if expected.may_open(who, person):
                    shown = about_residents(everything_of(seen, world, path))
                    about = None if expected.form_first and method == "POST" else person
                    assert shown <= expected.may_see(who, about), where
                elif not (expected.form_first and method == "POST" and who in expected.whom):
                    check_refused(seen, world, who, where, path)


@pytest.mark.parametrize("name", NAMES)
def test_the_database_s_rules_hold_every_page_alone(
    world: World, browsers: Browsers, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision table says yes to everything about rows."""

    def everything(actor: Actor, action: str, queryset: QuerySet, *, resource: str) -> QuerySet:
        return queryset

    monkeypatch.setattr(table, "visible", everything)
    monkeypatch.setattr(gate, "visible", everything)
    for person, path in targets(world, name):
        for who in (*STRANGERS, "noor"):
            for method in ("GET", "POST"):
                seen = visit(browsers.of(who), method, path)
                where = f"{who} {method} {name} about {person}: {seen.status}"
                shown = about_residents(everything_of(seen, world, path))
                assert {found.split(".")[0] for found in shown} <= THREAD[who], where
                letters = {found.split(".")[0] for found in shown if found.endswith(".letter")}
                assert letters <= WROTE_BACK.get(who, frozenset()), where


def test_without_either_lock_the_search_would_find_a_leak(
    world: World, browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "visible", lambda actor, action, queryset, *, resource: queryset)
    monkeypatch.setattr(gate, "visible", table.visible)
    told = scope._set
    monkeypatch.setattr(scope, "_set", lambda a, r, o, _scope: told(a, r, o, "system"))
    seen = visit(browsers.of("gerda"), "GET", f"/planbord/{world.cases['fatma'].help_request_id}/")
    assert {"fatma.name", "fatma.phone"} <= seen.shown
