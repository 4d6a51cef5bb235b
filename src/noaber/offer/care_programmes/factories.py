"""Plain functions that make care programmes with reports and starts, for tests and for the demo."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from noaber.hallway import clock
from noaber.network.partners.models import Municipality, Organisation
from noaber.offer.care_programmes.keeping.asking import ask_providers, token_of
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, Provider, Start, WaitReport
from noaber.offer.care_programmes.rules import kept_weeks
from noaber.offer.care_programmes.services_lists import pseudonym

__all__ = [
    "ask_providers",
    "kept_weeks",
    "make_programme",
    "make_report",
    "make_start",
    "make_stop",
    "pseudonym",
    "token_of",
]

BEGAN = date(2020, 1, 1)


def make_programme(
    organisation: Organisation,
    name: str = "Angst en stemming",
    place: Municipality | None = None,
    **more: Any,
) -> CareProgramme:
    """A programme of specialist ggz for adults."""
    Provider.objects.get_or_create(
        organisation=organisation,
        defaults={"many_professionals": True, "owner_email": "wachttijden@aanbieder.example"},
    )
    return CareProgramme.objects.create(
        **{
            "region": organisation.region,
            "organisation": organisation,
            "reference": uuid4().hex[:12],
            "name": name,
            "care_type": "specialist_ggz",
            "setting": "3",
            "diagnosis_group": "5",
            "min_age": 18,
            "insurers": ["menzis", "zilveren_kruis"],
            "cost": "Eigen risico",
            "desk": "Aanmeldbalie",
            "phone": "0546 000 111",
            "municipality": place,
            "city": place.name if place else "",
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "began_on": BEGAN,
            "changed_at": clock.now(),
            **more,
        }
    )


def make_report(
    programme: CareProgramme, intake: float | None = 3, treatment: float | None = 8, **more: Any
) -> WaitReport:
    """What the provider itself said, of today."""
    return WaitReport.objects.create(
        **{
            "programme": programme,
            "intake_weeks": None if intake is None else Decimal(str(intake)),
            "treatment_weeks": None if treatment is None else Decimal(str(treatment)),
            "method": "third_opportunity",
            "reference_date": clock.today(),
            "inflow": 20,
            "source_words": programme.organisation.name,
            "how": WaitReport.How.FORM,
            "reported_at": clock.now(),
            **more,
        }
    )


def make_start(programme: CareProgramme, days_ago: int = 100, **more: Any) -> Start:
    """Someone who registered so many days ago and waits still."""
    return Start.objects.create(
        **{
            "programme": programme,
            "reference_hash": uuid4().hex,
            "registered_on": clock.today() - timedelta(days=days_ago),
            "source": Start.Source.FILE,
            "received_at": clock.now(),
            **more,
        }
    )


def make_stop(programme: CareProgramme, **more: Any) -> IntakeStop:
    """Nobody new is taken in for now."""
    return IntakeStop.objects.create(
        **{
            "programme": programme,
            "since": clock.today() - timedelta(days=7),
            "reason": "Te weinig behandelaren",
            "reported_at": clock.now(),
            **more,
        }
    )
