"""Two of the cast in groups of the demo: one takes part, one was offered a place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from noaber.hallway import clock
from noaber.network.partners.models import Region
from noaber.offer.groups.models import Enrolment, Group

Status = Enrolment.Status


def somebody_takes_part(region: Region, threads: dict[str, Any], today: date) -> None:
    """Fatma takes part in one group; Mila was offered a place in another and may answer."""
    chosen = {
        "Fatma Yilmaz": ("Beter slapen", Status.PLACED),
        "Mila Jansen": ("Wachtkamer open", Status.OFFERED),
    }
    for name, (title, status) in chosen.items():
        thread = threads.get(name)
        groups = Group.objects.filter(region=region, title=title, state="open").order_by("starts_on")
        group = next((one for one in groups if _seat(one) is not None), None)
        if thread is None or group is None:
            continue
        at = clock.at(today - timedelta(days=9), 20)
        offered = clock.at(today - timedelta(days=1), 10)
        Enrolment.objects.create(
            group=group,
            resident=thread.resident,
            way=Enrolment.Way.OWN,
            status=status,
            seat=_seat(group),
            waits_since=at,
            agreed_at=at,
            placed_at=at if status == Status.PLACED else None,
            offered_at=offered if status == Status.OFFERED else None,
            offer_until=offered + timedelta(days=3) if status == Status.OFFERED else None,
            shares_phone=True,
            once_key=f"demo:cast:{slugify(name)}",
        )


def _seat(group: Group) -> int | None:
    held = set(Enrolment.objects.filter(group=group, seat__isnull=False).values_list("seat", flat=True))
    return next((n for n in range(1, group.max_places + 1) if n not in held), None)
