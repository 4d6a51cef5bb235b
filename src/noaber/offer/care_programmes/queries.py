"""Care programmes with their waits, for pages and for other rooms. Nothing here is about a person.

What stands behind a figure is in `queries_behind`, waits over a region in `queries_region`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from noaber.hallway.access import gate
from noaber.hallway.clock import day_of
from noaber.knowledge.waits import limits_on
from noaber.network.partners.models import Municipality
from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes import showing
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, Start, WaitReport
from noaber.offer.care_programmes.rules_figures import Steps
from noaber.offer.care_programmes.types import SORTS, Found, ProgrammeRow, Wanted

FAR = 1e9


def living(region_id: UUID, today: date) -> QuerySet[CareProgramme]:
    """The programmes of a region in which one can start on this day."""
    return (
        CareProgramme.objects.filter(region_id=region_id, began_on__lte=today)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today))
        .select_related("organisation", "municipality")
        .order_by("organisation__name", "name", "pk")
    )


def programmes(region_id: UUID, wanted: Wanted, *, now: datetime) -> Found:
    """What fits, ranked; what cannot be ranked (intake stop, no figure, too old) stands beside it."""
    today = day_of(now)
    place = _place(region_id, wanted.municipality)
    near = (wanted.latitude, wanted.longitude)
    if near == (None, None) and place is not None:
        near = (place.latitude, place.longitude)
    chosen = _fitting(living(region_id, today), wanted, place)
    found = [row for row in rows(chosen, today=today, near=near) if _near_enough(row, wanted)]
    if wanted.open_only:
        found = [row for row in found if row.ranks]
    order = wanted.sort if wanted.sort in SORTS else SORTS[0]
    return Found(
        ranked=tuple(sorted((row for row in found if row.ranks), key=lambda row: _key(row, order))),
        beside=tuple(sorted((row for row in found if not row.ranks), key=lambda row: _key(row, order))),
    )


def one(programme_id: UUID, *, now: datetime) -> ProgrammeRow:
    """One programme, also one that has ended.

    Raises:
        Missing: there is no such programme.
    """
    row = CareProgramme.objects.select_related("organisation", "municipality").filter(pk=programme_id).first()
    if row is None:
        raise gate.not_here()
    return rows([row], today=day_of(now))[0]


def of_organisations(organisation_ids: Iterable[UUID], *, now: datetime) -> tuple[ProgrammeRow, ...]:
    """All programmes of these providers, also ended ones, which come last."""
    today = day_of(now)
    chosen = (
        CareProgramme.objects.filter(organisation_id__in=list(organisation_ids))
        .select_related("organisation", "municipality")
        .order_by("organisation__name", "name", "pk")
    )
    return tuple(sorted(rows(chosen, today=today), key=lambda row: row.ended_on is not None))


def rows(
    chosen: Iterable[CareProgramme],
    *,
    today: date,
    near: tuple[float | None, float | None] = (None, None),
) -> list[ProgrammeRow]:
    """These programmes whole, in their order; three questions to the database for all of them together."""
    held = list(chosen)
    behind = read_behind([row.pk for row in held], today)
    return [showing.row_of(row, behind[row.pk], today, near=near) for row in held]


def read_behind(programme_ids: Sequence[UUID], today: date) -> dict[UUID, showing.Behind]:
    """The newest reports, the intake stops and the starts of the window of each programme."""
    reports, stops = defaultdict[UUID, list[WaitReport]](list), defaultdict[UUID, list[IntakeStop]](list)
    for report in newest_reports(programme_ids):
        reports[report.programme_id].append(report)
    for stop in IntakeStop.objects.filter(programme_id__in=programme_ids).order_by("-since"):
        stops[stop.programme_id].append(stop)
    people = people_of(programme_ids, since=figures.window(today, limits_on(today).starts_months)[0])
    return {pk: showing.Behind(reports[pk], stops[pk], people.get(pk, ())) for pk in programme_ids}


def newest_reports(programme_ids: Sequence[UUID]) -> QuerySet[WaitReport]:
    """The living reports of the newest date that counts, and any doubted one of that day or later."""
    sound = WaitReport.objects.filter(superseded_at__isnull=True, questioned=False)
    last = sound.filter(programme=OuterRef("programme")).order_by("-reference_date")
    return (
        WaitReport.objects.filter(programme_id__in=programme_ids, superseded_at__isnull=True)
        .annotate(last=Subquery(last.values("reference_date")[:1]))
        .filter(Q(last__isnull=True) | Q(reference_date__gte=F("last")))
    )


def people_of(programme_ids: Sequence[UUID], *, since: date) -> dict[UUID, list[Steps]]:
    """The days of everyone who registered, had the intake or began since a day, per programme."""
    found: dict[UUID, list[Steps]] = defaultdict(list)
    read = Start.objects.filter(programme_id__in=programme_ids).filter(
        Q(registered_on__gte=since) | Q(intake_on__gte=since) | Q(treatment_on__gte=since)
    )
    days = ("programme_id", "registered_on", "intake_on", "treatment_on", "left_on")
    for pk, registered, intake, treatment, left in read.values_list(*days):
        found[pk].append(Steps(registered, intake, treatment, left))
    return found


def _place(region_id: UUID, slug: str) -> Municipality | None:
    return Municipality.objects.filter(region_id=region_id, slug=slug).first() if slug else None


def _fitting(
    chosen: QuerySet[CareProgramme], wanted: Wanted, place: Municipality | None
) -> QuerySet[CareProgramme]:
    """Narrow to what fits; what a programme does not tell, does not exclude."""
    if wanted.care_type:
        chosen = chosen.filter(care_type=wanted.care_type)
    if wanted.setting:
        chosen = chosen.filter(setting=wanted.setting)
    if wanted.diagnosis:
        chosen = chosen.filter(diagnosis_group__in=[wanted.diagnosis, ""])
    if wanted.age is not None:
        chosen = chosen.filter(Q(min_age__isnull=True) | Q(min_age__lte=wanted.age))
        chosen = chosen.filter(Q(max_age__isnull=True) | Q(max_age__gte=wanted.age))
    if wanted.insurer:
        chosen = chosen.filter(Q(insurers=[]) | Q(insurers__contains=[wanted.insurer]))
    if wanted.online:
        chosen = chosen.exclude(mode=CareProgramme.Mode.LIVE)
    if wanted.municipality and wanted.within_km is None:
        here = Q(municipality=place) if place else Q(pk__in=[])
        chosen = chosen.filter(here | Q(mode=CareProgramme.Mode.ONLINE))
    return chosen


def _near_enough(row: ProgrammeRow, wanted: Wanted) -> bool:
    if wanted.within_km is None or row.mode == CareProgramme.Mode.ONLINE:
        return True
    return row.distance_km is not None and row.distance_km <= wanted.within_km


def _key(row: ProgrammeRow, order: str) -> tuple[object, ...]:
    claim = row.claim
    if order == "distance":
        first = FAR if row.distance_km is None else row.distance_km
    elif order == "name":
        return (row.provider.casefold(), row.name.casefold())
    else:
        weeks = (claim.intake_weeks if order == "intake" else claim.total_weeks) if claim else None
        first = FAR if weeks is None else weeks
    return (first, row.provider.casefold(), row.name.casefold())
