"""Emptying the name and numbers of who had no page of her own, once they served."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.knowledge.groups import rules_on
from noaber.offer.groups.models import Enrolment


@transaction.atomic
def empty_names(*, now: datetime) -> int:
    """Empty who left, was refused or finished so many days ago; how many were emptied."""
    long_ago = now - timedelta(days=rules_on(day_of(now)).names_kept_days)
    with gate.as_system("namen legen van wie zonder eigen pagina meedeed"):
        return (
            Enrolment.objects.filter(resident__isnull=True, emptied_at__isnull=True)
            .filter(~Q(status__in=Enrolment.LIVING), ended_at__lte=long_ago)
            .update(name="", phone="", email="", person_key="", emptied_at=now)
        )
