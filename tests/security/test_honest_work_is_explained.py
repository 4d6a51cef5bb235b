"""Whoever may open something has a reason that the weighing knows: honest work is no puzzle."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.security import oracle
from tests.security.moments import NOW
from tests.security.test_every_address import Browsers, body_with_ids_of, targets
from tests.security.visits import visit
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.audit import hooks, rules
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.audit.weighing import NOT_WEIGHED, OWN_BUSINESS
from noaber.hallway.clock import AMSTERDAM
from noaber.network.consents import explaining
from noaber.network.consents.models import Consent
from noaber.network.partners.models import Membership

PAGES = sorted(name for name, expected in oracle.EXPECTED.items() if expected.whom)
STAFF = ("noor", "ilse", "gerda", "sanne", "bram", "henk", "petra", "wil", "joris")


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def colleague(world: World, who: str) -> hooks.Colleague:
    at = Membership.objects.filter(account=world.accounts[who]).values_list("organisation_id", flat=True)
    return hooks.Colleague(world.accounts[who].pk, who, frozenset(at))


def is_weighed(line: AuditEntry) -> bool:
    """The lines that the weighing asks a task for."""
    return (
        line.resident_id is not None
        and line.role not in NOT_WEIGHED
        and not line.listed
        and not line.event_type.startswith(OWN_BUSINESS)
        and line.result == AuditEntry.Result.SUCCESS
        and line.action in {AuditEntry.Action.READ, AuditEntry.Action.EXECUTE}
    )


def test_every_page_that_someone_may_open_comes_with_a_tie(world: World, browsers: Browsers) -> None:
    unexplained: dict[str, set[str]] = {}
    weighed = 0
    for name in PAGES:
        for person, path in targets(world, name):
            for who in STAFF:
                if not oracle.EXPECTED[name].may_open(who, person):
                    continue
                for method, data in (("GET", {}), ("POST", body_with_ids_of(world, person or "mila"))):
                    lines = visit(browsers.of(who), method, path, data).lines
                    wrote = {line.resident_id for line in lines if line.action in {"C", "U", "D"}}
                    for line in lines:
                        if not is_weighed(line) or line.resident_id in wrote:
                            continue
                        weighed += 1
                        look = rules.Look(line.event_id, NOW.astimezone(AMSTERDAM), line.resident_id)
                        with gate.as_system("proef: is dit werk"):
                            ties = hooks.ties_of([line.resident_id])  # type: ignore[list-item]  # a line about someone
                            stood = rules.tied(colleague(world, who), look, ties)
                        if stood not in {rules.Tied.OWN, rules.Tied.ORGANISATION}:
                            where = f"{name}: {line.event_type}"
                            unexplained.setdefault(where, set()).add(f"{who} about {person}: {stood}")
    assert weighed > 30
    assert unexplained == {}


def test_a_consent_explains_a_look_as_long_as_it_lasts(world: World) -> None:
    """To the instant: before it and well after it ended nobody has work with her because of it."""
    with gate.as_system("proef"):
        consent = Consent.objects.filter(what="report", account_id=None, ended_at=None).first()
        assert consent is not None
        Consent.objects.filter(pk=consent.pk).update(ended_at=NOW + timedelta(hours=1), valid_until=None)
        ties = list(explaining.ties_of([consent.resident_id]))
    reader = hooks.Colleague(uuid4(), "Iemand", frozenset({consent.organisation_id}))
    stranger = hooks.Colleague(uuid4(), "Iemand", frozenset({uuid4()}))

    def stood(who: hooks.Colleague, at: datetime) -> rules.Tied:
        return rules.tied(who, rules.Look(uuid4(), at, consent.resident_id), ties)

    begun = consent.valid_from + timedelta(minutes=1)
    assert stood(reader, begun) is rules.Tied.ORGANISATION
    assert stood(stranger, begun) is rules.Tied.NONE
    assert stood(reader, consent.valid_from - timedelta(days=2)) is not rules.Tied.ORGANISATION
    assert stood(reader, NOW + timedelta(days=3)) is rules.Tied.PAST
