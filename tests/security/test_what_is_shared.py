"""What was shared, behind each lock alone: shared now, taken back, past its last second, and refused."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet
from tests.security.test_two_locks import people_behind, resident
from tests.security.world import World

from noaber.hallway.access import gate, scope, table
from noaber.hallway.access.types import Actor
from noaber.network.consents.models import Consent, Objection
from noaber.pathways.conversations.models import Correction, OwnStatement, ReportVersion

VERSIONS: dict[str, set[str]] = {
    **{who: set() for who in ("noor", "piet", "ilse", "gerda", "tineke", "karel", "dirk", "joris", "petra")},
    "sanne": {"fatma", "mila"},
    "bram": {"fatma"},
    "henk": {"mila", "fatma"},
    "boris": {"cem"},
    "fatma": {"fatma"},
    "mila": {"mila"},
}
"""Whose report the database alone lets through, in any version: at her table, or shared with us now."""

STATEMENTS: dict[str, set[str]] = {
    **{who: set() for who in ("noor", "ilse", "tineke", "karel", "dirk", "joris", "mila", "boris")},
    **{who: {"fatma"} for who in ("sanne", "bram", "henk", "fatma")},
}
CORRECTIONS: dict[str, set[str]] = {
    **{who: set() for who in ("noor", "ilse", "tineke", "karel", "dirk", "joris", "mila", "henk")},
    **{who: {"fatma"} for who in ("sanne", "bram", "fatma")},
}
SHARED = {"henk": {"fatma"}}
"""Whom the application alone lets read what is shared. Everybody else: nobody."""

EVERYONE = (
    *("noor", "piet", "ilse", "gerda", "sanne", "tineke", "karel", "bram", "henk", "boris"),
    *("joris", "petra", "dirk", "olga", "fatma", "mila"),
)


def told(world: World, who: str) -> Actor:
    """The actor, and the database told so."""
    actor = resident(world, who) if who in world.cases else world.actor(who)
    gate.tell_database(actor)
    return actor


@pytest.mark.parametrize("who", sorted(VERSIONS))
def test_the_database_alone_keeps_what_she_does_not_share(world: World, who: str) -> None:
    told(world, who)
    found = ReportVersion.objects.values_list("resident_id", flat=True)
    assert people_behind(world, found, "resident_id") == VERSIONS[who]


@pytest.mark.parametrize("who", sorted(STATEMENTS))
def test_the_database_alone_keeps_her_own_words_with_the_report(world: World, who: str) -> None:
    told(world, who)
    found = OwnStatement.objects.values_list("resident_id", flat=True)
    assert people_behind(world, found, "resident_id") == STATEMENTS[who]


@pytest.mark.parametrize("who", sorted(CORRECTIONS))
def test_the_database_alone_keeps_what_she_says_is_wrong(world: World, who: str) -> None:
    told(world, who)
    found = Correction.objects.values_list("resident_id", flat=True)
    assert people_behind(world, found, "resident_id") == CORRECTIONS[who]


@pytest.mark.parametrize("who", EVERYONE)
def test_the_application_alone_keeps_what_she_does_not_share(world: World, who: str) -> None:
    actor = told(world, who)
    scope._set("", "", "", "system")
    seen = gate.visible(actor, "read_shared", ReportVersion.objects.all(), resource="report_version")
    people = people_behind(world, seen.values_list("resident_id", flat=True), "resident_id")
    assert people == SHARED.get(who, set())


@pytest.mark.parametrize("who", EVERYONE)
def test_the_application_alone_keeps_her_decisions_hers(world: World, who: str) -> None:
    actor = told(world, who)
    scope._set("", "", "", "system")
    for model, resource in ((Consent, "consent"), (Objection, "objection")):
        seen = gate.visible(actor, "steer", model._default_manager.all(), resource=resource)
        people = people_behind(world, seen.values_list("resident_id", flat=True), "resident_id")
        assert people <= ({who} if who in world.cases else set()), resource


@pytest.mark.parametrize(("who", "whose"), [("tineke", "fatma"), ("bram", "mila"), ("piet", "fatma")])
def test_with_the_application_s_rules_off_a_refusal_still_holds(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str, whose: str
) -> None:
    def everything(actor: Actor, action: str, queryset: QuerySet, *, resource: str) -> QuerySet:
        return queryset

    monkeypatch.setattr(table, "visible", everything)
    monkeypatch.setattr(gate, "visible", everything)
    told(world, who)
    assert not ReportVersion.objects.filter(resident_id=world.cases[whose].resident_id).exists()


@pytest.mark.parametrize("who", ["henk", "tineke", "piet", "mila"])
def test_nobody_changes_what_she_decided(world: World, who: str) -> None:
    told(world, who)
    assert Consent.objects.filter(pk=world.consent_id).update(valid_until=None) == 0
    assert Consent.objects.filter(pk=world.consent_id).delete()[0] == 0
    assert Objection.objects.filter(pk=world.objection_id).update(withdrawn_at=None) == 0
    assert Objection.objects.filter(pk=world.objection_id).delete()[0] == 0
    assert OwnStatement.objects.filter(resident_id=world.cases["fatma"].resident_id).update(words="x") == 0


def test_without_a_context_nothing_shows(world: World) -> None:
    for model in (Consent, Objection, ReportVersion, OwnStatement, Correction):
        assert not model._default_manager.exists(), model.__name__
