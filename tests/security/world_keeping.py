"""One entry of Dirk's organisation, with a report of a visitor, an answer of the owner, a gap and a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from noaber.hallway.access import gate
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import CheckRequest, ErrorReport, Gap, Synonym

if TYPE_CHECKING:
    from datetime import datetime

    from tests.security.world import World


def fill(world: World, now: datetime) -> dict[str, object]:
    """Their ids, by the name that stands in addresses."""
    region = world.regions["twente"]
    with gate.as_system("wereld van de beveiligingstests"):
        entry = make_service(region, "Groep van Dimence", organisation=world.organisations["dimence"])
        report = ErrorReport.objects.create(service=entry, about="hours", words="Dicht", reported_at=now)
        answer = CheckRequest.objects.create(
            service=entry,
            token_hash="f" * 64,
            asked_at=now.replace(year=2026),
            expires_at=now,
            answered_at=now,
            answer="changed",
            words="Nieuwe tijden",
        )
        Gap.objects.create(
            region=region, kind="nothing", question="samen koken", month=now.date().replace(day=1)
        )
        Synonym.objects.create(region=region, word="gek", means=["verward"], changed_at=now)
    return {"service_id": entry.pk, "report_id": report.pk, "request_id": answer.pk}
