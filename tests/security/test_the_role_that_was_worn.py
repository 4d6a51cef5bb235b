"""Each line in her log says in which role someone looked, also of who has more than one."""

from __future__ import annotations

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.security import oracle
from tests.security.moments import NOW
from tests.security.test_every_address import Browsers, body_with_ids_of, targets
from tests.security.visits import visit
from tests.security.world import World

from noaber.hallway.access import gate
from noaber.hallway.access.types import Kind, Role
from noaber.network.partners.models import Membership

PAGES = sorted(name for name, expected in oracle.EXPECTED.items() if expected.whom)
STAFF = ("noor", "ilse", "gerda", "sanne", "bram", "henk", "petra", "wil")
NOT_SAID = {"audit:explain"}
"""Who is asked why she looked answers as the person she is; the line names all her roles."""


@pytest.fixture
def browsers(world: World) -> Browsers:
    """Everyone who works here has a second role that opens nothing of a resident."""
    with gate.as_system("proef: iedereen een tweede rol"):
        for who in STAFF:
            at = Membership.objects.filter(account=world.accounts[who]).first()
            assert at is not None
            Membership.objects.create(
                account=world.accounts[who],
                organisation=at.organisation,
                role=Role.OPERATOR,
                period=DateRange(NOW.date().replace(year=2020), None),
            )
    return Browsers(world)


def test_every_line_of_who_has_two_roles_says_which_one_was_worn(world: World, browsers: Browsers) -> None:
    bare: dict[str, set[str]] = {}
    seen_lines = 0
    for name in PAGES:
        for person, path in targets(world, name):
            for who in STAFF:
                if not oracle.EXPECTED[name].may_open(who, person):
                    continue
                for method, data in (("GET", {}), ("POST", body_with_ids_of(world, person or "mila"))):
                    for line in visit(browsers.of(who), method, path, data).lines:
                        if line.resident_id is None or line.role in {"together", str(Kind.RESIDENT)}:
                            continue
                        seen_lines += 1
                        if not line.acting_role or line.acting_role == str(Role.OPERATOR):
                            bare.setdefault(f"{name}: {line.event_type}", set()).add(f"{who} {line.role}")
    assert seen_lines > 50
    assert {where: who for where, who in bare.items() if where.split(": ")[0] not in NOT_SAID} == {}
