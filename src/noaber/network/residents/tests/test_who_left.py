"""Whoever left the organisation holds nothing, plans nothing, and nobody is left behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import inline, publish
from noaber.network.partners.events import MembershipEnded
from noaber.network.partners.models import Membership
from noaber.network.partners.queries import conversation_pool
from noaber.network.residents.factories import as_it_stands
from noaber.network.residents.queries import alarms
from noaber.pathways.conversations.factories import book_first, make_world, refer

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)


def leaves(account_id: UUID | None, now: datetime) -> Membership:
    assert account_id is not None
    membership = Membership.objects.get(account_id=account_id)
    membership.period = DateRange(membership.period.lower, day_of(now))
    membership.save()
    return membership


def holder_of(help_request_id: UUID) -> UUID | None:
    return as_it_stands(help_request_id).holder_id


def test_a_request_held_by_someone_whose_role_ran_out_stands_on_the_alarm_list() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        book_first(world, sent.help_request_id, now=NOW)
    before = alarms(world.speak_as(world.ilse, NOW), now=NOW)
    leaves(holder_of(sent.help_request_id), NOW)
    after = alarms(world.speak_as(world.ilse, NOW), now=NOW)
    assert [a.lacks for a in before if "houder" in a.lacks] == []
    assert [a for a in after if "houder" in a.lacks and "gespreksvoerder werkt hier niet meer" in a.lacks]


def test_ending_a_role_lets_go_of_what_was_held() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
        book_first(world, sent.help_request_id, now=NOW)
        left = leaves(holder_of(sent.help_request_id), NOW)
        event = MembershipEnded(
            account_id=left.account_id, organisation_id=left.organisation_id, role=left.role
        )
        publish(event, now=NOW + timedelta(hours=1))
    found = alarms(world.speak_as(world.ilse, NOW), now=NOW)
    assert [a.id for a in found if "houder" in a.lacks] == [sent.help_request_id]


def test_someone_who_left_is_never_proposed() -> None:
    world = make_world()
    leaves(world.sanne.pk, NOW)
    names = {p.name for p in conversation_pool(world.region.pk, day_of(NOW))}
    assert names == {"Bram Kamphuis", "Henk Oude Vrielink"}
