"""A group of Avedan that Lotte leads and in which Fatma has a place; her name is nowhere outside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests.security.moments import NOW

from noaber.hallway.access import gate
from noaber.network.residents.models import Resident
from noaber.offer.groups.factories import lead, make_enrolment, make_group
from noaber.offer.groups.models import Session

if TYPE_CHECKING:
    from tests.security.world import World

BEGAN = date(2027, 6, 3)


def fill(world: World) -> dict[str, object]:
    """The ids of the group, of a session that goes on now, of her place and of Lotte as its leader."""
    town = world.regions["twente"].municipalities.get()
    home = world.organisations["avedan"]
    group = make_group(town, home, "Groep van de wereld", starts_on=BEGAN, ends_on=date(2027, 9, 2))
    seat = lead(group, world.accounts["lotte"], home)
    session = Session.objects.create(
        group=group,
        during=DateTimeTZRange(NOW - timedelta(minutes=30), NOW + timedelta(minutes=60)),
    )
    with gate.as_system("wereld van de beveiligingstests"):
        fatma = Resident.objects.get(pk=world.cases["fatma"].resident_id)
    enrolment = make_enrolment(
        group,
        fatma,
        waits_since=NOW - timedelta(days=9),
        placed_at=NOW - timedelta(days=9),
        shares_phone=True,
    )
    return {
        "group_id": group.pk,
        "session_id": session.pk,
        "enrolment_id": enrolment.pk,
        "leader_id": seat.pk,
    }
