"""Somebody on the pool of Dimence, a group that she was asked for, and a frozen report. No name in it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.groups.fit_gap import rules
from noaber.offer.groups.models_forming import FitGapReport, FormingQuestion, GroupProposal, WaitingFor

if TYPE_CHECKING:
    from tests.security.world import World

DAY = date(2027, 6, 1)


def fill(world: World) -> dict[str, object]:
    """The ids of a person who waits (Fatma, by the mark of Dimence), of a proposal and of a report."""
    region = world.regions["twente"]
    town = region.municipalities.get()
    home = world.organisations["dimence"]
    document = {
        "region": region.name,
        "as_of": DAY.isoformat(),
        "total": {"present": 0, "coming": 0, "wanted": None, "missing": None, "waiting": None, "why": ""},
        "lines": [],
        "groups": [],
        "lacks": [],
        "questions": [],
    }
    with gate.as_system("wereld van de beveiligingstests"):
        waiting = WaitingFor.objects.create(
            region=region,
            organisation=home,
            reference="D-100",
            reference_key="k" * 64,
            resident_id=world.cases["fatma"].resident_id,
            kind="training",
            theme="mood",
            municipality=town,
            latitude=52.36,
            longitude=6.66,
            day_parts=["tue_evening"],
            age_band="26_40",
            since=DAY,
            travel_km=10,
            consented_on=DAY,
            recorded_by_name="Dirk Bekend",
            recorded_at=clock.at(DAY, 9),
            once_key="world",
        )
        proposal = GroupProposal.objects.create(
            region=region,
            kind="training",
            theme="mood",
            title="Uit de put",
            language="nl",
            municipality=town,
            venue="Het Trefpunt",
            day_part="tue_evening",
            starts_on=date(2027, 8, 3),
            from_time=time(19),
            minutes=120,
            sessions=8,
            min_places=6,
            max_places=10,
            deadline=date(2027, 7, 20),
            carried_by=home,
            cost_by="participants",
            cents_per_hour=7500,
            leader_hours=3,
            made_by_name="Ruud Bekend",
            made_at=clock.at(DAY, 9),
            once_key="world",
        )
        asked = FormingQuestion.objects.create(proposal=proposal, waiting=waiting, organisation=home)
    report = FitGapReport.objects.create(
        region=region,
        number=1,
        as_of=DAY,
        document=document,
        fingerprint=rules.fingerprint(document),
        signed_by_function="programmamanager",
        frozen_at=clock.at(DAY, 9),
        frozen_by_name="Joris Bekend",
        once_key="world",
    )
    return {
        "waiting_id": waiting.pk,
        "asked_id": asked.pk,
        "proposal_id": proposal.pk,
        "report_id": report.pk,
    }
