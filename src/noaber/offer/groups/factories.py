"""Plain functions that make groups with leaders and people, for tests and for the demo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Municipality, Organisation
from noaber.network.residents.models import Resident
from noaber.offer.groups.models import Enrolment, Group, Leader
from noaber.offer.groups.services_groups import plan_sessions


def make_group(
    place: Municipality, organisation: Organisation, title: str = "Grip op slaap", **more: Any
) -> Group:
    """An open group that began two weeks ago and meets every week on the weekday of today, 19.00 to 21.00."""
    day = clock.today()
    return Group.objects.create(
        **{
            "region": place.region,
            "municipality": place,
            "organisation": organisation,
            "title": title,
            "kind": Group.Kind.TRAINING,
            "domain": "social_domain",
            "terms": ["sleep"],
            "text": "U leert in zes avonden beter slapen.",
            "min_places": 2,
            "max_places": 6,
            "starts_on": day - timedelta(days=14),
            "ends_on": day + timedelta(days=42),
            "weekday": day.isoweekday(),
            "from_time": time(19),
            "until_time": time(21),
            "venue": "Het Trefpunt",
            "city": place.name,
            "phone": "074 000 00 00",
            "state": Group.State.OPEN,
            "changed_by_name": "Ruud Scholten",
            "changed_at": clock.now(),
            "once_key": uuid4().hex,
            **more,
        }
    )


def lead(
    group: Group,
    account: Account,
    organisation: Organisation,
    from_on: date | None = None,
    until_on: date | None = None,
    **more: Any,
) -> Leader:
    """A place as leader, up to and not including a day; by default from the first day of the group."""
    begins = from_on or group.starts_on
    return Leader.objects.create(
        **{
            "group": group,
            "account": account,
            "organisation": organisation,
            "period": DateRange(begins, until_on),
            "hours_per_week": 3,
            "added_at": clock.at(begins, 9),
            **more,
        }
    )


def with_sessions(group: Group) -> Group:
    """The same group with every session of its pattern."""
    plan_sessions(group_id=group.pk, now=clock.now())
    return group


def make_enrolment(
    group: Group, resident: Resident | None = None, *, status: str = "placed", **more: Any
) -> Enrolment:
    """Somebody in a group; without a resident she has no page. A seat is found for who needs one."""
    now: datetime = clock.now()
    with gate.as_system("iemand in een groep voor een proef"):
        held = Enrolment.objects.filter(group=group, seat__isnull=False).count()
        values: dict[str, Any] = {
            "group": group,
            "resident": resident,
            "way": Enrolment.Way.OWN if resident else Enrolment.Way.WITHOUT_PAGE,
            "status": status,
            "waits_since": now - timedelta(days=3),
            "agreed_at": now,
            "once_key": uuid4().hex,
        }
        if resident is None:
            values |= {"name": "Greet Kuipers", "phone": "0600000099", "person_key": uuid4().hex}
        if status in Enrolment.SEATED:
            values["seat"] = held + 1
        if status == Enrolment.Status.OFFERED:
            values |= {"offered_at": now, "offer_until": now + timedelta(days=3)}
        if status == Enrolment.Status.PLACED:
            values["placed_at"] = now
        return Enrolment.objects.create(**{**values, **more})
