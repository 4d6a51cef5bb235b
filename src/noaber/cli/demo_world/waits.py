"""Sixty invented care programmes with two years of monthly reports and start lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.random import Generator

from noaber.cli.demo_world.staff import organisation
from noaber.hallway import clock
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.care_programmes.factories import ask_providers, kept_weeks, pseudonym
from noaber.offer.care_programmes.models import CareProgramme, IntakeStop, Provider, Start, WaitReport
from noaber.offer.directory import services as directory
from noaber.offer.directory.models import Service
from noaber.offer.directory.types_record import PlaceRecord, ServiceRecord

DATA = Path(__file__).with_name("waits.yaml")
SEED = 20270701
MONTHS = 24
BEGAN_DAYS = 1500
LEAVES = 0.12
"""Share of people who withdraw or go elsewhere before the treatment."""
OTHER_SOURCE = ("landelijk-overzicht", "Landelijk overzicht (verzonnen)")
EXCLUSIONS = {
    "specialist_ggz": "Niet bij acuut gevaar: bel de crisisdienst. Niet als elders een behandeling loopt.",
    "basis_ggz": "Niet bij een vermoeden van een ernstige stoornis of bij verslaving die voorop staat.",
    "social_domain": "Alleen voor wie in de gemeente woont.",
}
CRITERIA = {
    "specialist_ggz": "Verwijsbrief van de huisarts, met het vermoeden en met wat al is geprobeerd.",
    "basis_ggz": "Verwijsbrief van de huisarts. Licht tot matig, en veilig thuis.",
    "social_domain": "Aanmelden via de gemeente.",
}
COST = {
    "specialist_ggz": "De zorgverzekering betaalt. Eigen risico geldt.",
    "basis_ggz": "De zorgverzekering betaalt. Eigen risico geldt.",
    "social_domain": "De gemeente betaalt. Soms een eigen bijdrage.",
}


def load() -> list[dict[str, Any]]:
    """The invented providers with their programmes."""
    return list(yaml.safe_load(DATA.read_text("utf-8"))["providers"])


def fill(region: Region, *, today: date, scale: float = 1.0) -> None:
    """All of it, in a handful of statements; a small scale has shorter start lists. Twice is once."""
    if CareProgramme.objects.filter(region=region).exists():
        return
    rng = np.random.default_rng(SEED)
    places = {place.slug: place for place in Municipality.objects.filter(region=region)}
    reports: list[WaitReport] = []
    starts: list[Start] = []
    for number, told in enumerate(load()):
        provider = _provider(region, told, number)
        entries = _entries(region, provider, told, today)
        for row in told["programmes"]:
            place = places.get(row.get("place", {}).get("municipality", ""))
            programme = _programme(provider, told, row, place, entries, today)
            path = _path(rng, row)
            reports += _reports(programme, told, row, path, rng, today)
            starts += _starts(programme, row, path, rng, today, min(1.0, max(0.25, scale)))
    WaitReport.objects.bulk_create(reports, batch_size=1000)
    Start.objects.bulk_create(starts, batch_size=2000)
    ask_providers(now=clock.at(today - timedelta(days=1), 8, 10))


def _provider(region: Region, told: Mapping[str, Any], number: int) -> Organisation:
    home = organisation(region, told["name"], "ggz")
    Provider.objects.update_or_create(
        organisation=home,
        defaults={
            "agb": f"9400{number:04d}",
            "kvk": f"0000{number:04d}",
            "many_professionals": told["many"],
            "owner_email": f"wachttijden@{told['slug']}.example",
        },
    )
    return home


def _entries(region: Region, home: Organisation, told: Mapping[str, Any], today: date) -> list[Service]:
    """What the directory has of this provider; an invented practice gets an entry of its own."""
    found = list(
        Service.objects.filter(region=region, organisation=home, kind__startswith="ggz").order_by("name")
    )
    if found or not told.get("new"):
        return found
    place = told["programmes"][0].get("place")
    spot = (
        [
            PlaceRecord(
                **{key: place[key] for key in place if key != "municipality"},
                municipality=place["municipality"],
            )
        ]
        if place
        else []
    )
    made, _ = directory.keep_record(
        region_id=region.pk,
        record=ServiceRecord(
            name=told["name"],
            kind="ggz_multidisciplinary" if told["many"] else "ggz_monodisciplinary",
            organisation_id=home.pk,
            organisation=home.name,
            municipality=place["municipality"] if place else "",
            text="Behandeling bij psychische klachten. Uw huisarts verwijst u.",
            terms=("mood", "second"),
            mode="live" if place else "online",
            phone="088-000 3000",
            cost=COST["specialist_ggz"],
            needs_referral=True,
            places=tuple(spot),
            assured_on=today - timedelta(days=30),
            assured_by=home.name,
        ),
        now=clock.at(today - timedelta(days=30), 9),
    )
    return list(Service.objects.filter(pk=made))


def _programme(
    home: Organisation,
    told: Mapping[str, Any],
    row: Mapping[str, Any],
    place: Municipality | None,
    entries: list[Service],
    today: date,
) -> CareProgramme:
    spot = row.get("place", {})
    entry = next((one for one in entries if place and one.municipality_id == place.pk), None)
    closed = told.get("closing")
    made = CareProgramme.objects.create(
        region=home.region,
        organisation=home,
        reference=row["key"],
        name=row["name"],
        care_type=row["type"],
        setting=row.get("setting", ""),
        diagnosis_group=row.get("diagnosis", ""),
        min_age=row["ages"][0],
        max_age=row["ages"][1],
        insurers=told["insurers"],
        insurers_note=told.get("note", ""),
        cost=told.get("note") or COST[row["type"]],
        offer="Eerst een intake, daarna een plan dat u samen maakt.",
        exclusions=EXCLUSIONS[row["type"]],
        referral_criteria=CRITERIA[row["type"]],
        desk="Aanmeldbalie",
        phone="088-000 3000",
        email=f"aanmelden@{told['slug']}.example",
        website=f"https://www.{told['slug']}.example",
        mode=row.get("mode", "live"),
        street=spot.get("street", ""),
        postal_code=spot.get("postal_code", ""),
        city=spot.get("city", ""),
        latitude=spot.get("latitude"),
        longitude=spot.get("longitude"),
        municipality=place,
        service=entry or (entries[0] if entries else None),
        began_on=today - timedelta(days=BEGAN_DAYS),
        ended_on=today - timedelta(days=closed) if closed else None,
        ended_why="De praktijk is gestopt." if closed else "",
        changed_at=clock.at(today - timedelta(days=BEGAN_DAYS), 9),
    )
    stop = row.get("stop")
    if stop:
        since = today - timedelta(days=stop["days"])
        IntakeStop.objects.create(
            programme=made, since=since, reason=stop["reason"], reported_at=clock.at(since, 10)
        )
    return made


# --- how long it took, month by month ----------------------------------------------------------------------


def _path(rng: Generator, row: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Weeks to the intake and to the treatment for each of the last months, the oldest first."""
    found = []
    for back in range(MONTHS, -1, -1):
        moved = row["per_year"] * back / 12
        season = 0.6 * np.sin((back + 2) / 12 * 2 * np.pi)
        share = row["intake"] / max(row["intake"] + row["treatment"], 1)
        intake = max(0.3, row["intake"] - moved * share + season + rng.normal(0, 0.3))
        treatment = max(0.3, row["treatment"] - moved * (1 - share) + rng.normal(0, 0.4))
        found.append((float(intake), float(treatment)))
    return found


def _report_days(today: date, late: int) -> Iterator[tuple[int, date]]:
    """The monthly reference dates, with how many months back, the oldest first."""
    for back in range(MONTHS, -1, -1):
        yield back, today - timedelta(days=late + round(back * 30.4))


def _reports(
    programme: CareProgramme,
    told: Mapping[str, Any],
    row: Mapping[str, Any],
    path: list[tuple[float, float]],
    rng: Generator,
    today: date,
) -> list[WaitReport]:
    late = row.get("late") or int(rng.integers(2, 22))
    made = []
    for (back, day), (intake, treatment) in zip(_report_days(today, late), path, strict=True):
        if programme.ended_on is not None and day >= programme.ended_on:
            continue
        told_intake = max(0.0, round(intake + told["bias"] / 2, 0 if told["many"] else 1))
        told_treatment = max(0.0, round(treatment + told["bias"] / 2, 0 if told["many"] else 1))
        made.append(
            _report(
                programme,
                told_intake,
                told_treatment,
                day,
                inflow=int(rng.poisson(row["inflow"] * 2)),
                waiting=int(row["inflow"] * (intake + treatment) / 4.3) if told["many"] else None,
                method="third_opportunity" if told["many"] else "realised",
                how=("mail", "file", "form")[int(rng.integers(3))],
            )
        )
        if back == 0:
            made += _odd_ones(programme, row, day, today)
    return made


def _odd_ones(
    programme: CareProgramme, row: Mapping[str, Any], day: date, today: date
) -> Iterator[WaitReport]:
    """Another source that says something else of the same day, and a figure that nobody believes."""
    other = row.get("other")
    if other:
        source, words = OTHER_SOURCE
        yield _report(
            programme,
            other["intake"],
            other["treatment"],
            day,
            source=source,
            source_words=words,
            how="source",
        )
    if row.get("claimed"):
        yield _report(programme, row["claimed"], 2, today - timedelta(days=1), questioned=True, how="file")


def _report(programme: CareProgramme, intake: float, treatment: float, day: date, **more: Any) -> WaitReport:
    return WaitReport(
        **{
            "programme": programme,
            "intake_weeks": kept_weeks(intake),
            "treatment_weeks": kept_weeks(treatment),
            "method": "third_opportunity",
            "reference_date": day,
            "source_words": programme.organisation.name,
            "how": "form",
            "reported_at": clock.at(day, 10),
            **more,
        }
    )


def _starts(
    programme: CareProgramme,
    row: Mapping[str, Any],
    path: list[tuple[float, float]],
    rng: Generator,
    today: date,
    scale: float,
) -> list[Start]:
    """Everyone who registered in two years: waits around the path, some leave, the last ones wait still."""
    wanted = row.get("starts")
    made: list[Start] = []
    if wanted == 0:
        return made
    for back, (intake, treatment) in zip(range(MONTHS, -1, -1), path, strict=True):
        many = wanted and (1 if back in (2, 5, 8) else 0)
        for _ in range(int(rng.poisson(row["inflow"] * scale)) if many is None else many):
            registered = today - timedelta(days=round(back * 30.4) + int(rng.integers(0, 30)))
            ready = registered + timedelta(days=round(float(rng.gamma(6, intake * 7 / 6))))
            begins = ready + timedelta(days=round(float(rng.gamma(5, treatment * 7 / 5))))
            leaves = rng.random() < LEAVES
            gone = registered + timedelta(days=int(rng.integers(3, 90)))
            left = gone if leaves and gone < begins else None
            if programme.ended_on is not None and registered >= programme.ended_on:
                continue
            made.append(_start(programme, len(made), registered, ready, begins, left, today))
    return made


def _start(
    programme: CareProgramme,
    number: int,
    registered: date,
    ready: date,
    begins: date,
    left: date | None,
    today: date,
) -> Start:
    intake = ready if ready <= today and (left is None or ready <= left) else None
    return Start(
        programme=programme,
        reference_hash=pseudonym(programme.organisation_id, f"{programme.reference}-{number}"),
        registered_on=registered,
        intake_on=intake,
        treatment_on=begins if begins <= today and left is None else None,
        left_on=left if left is not None and left <= today else None,
        source=Start.Source.FILE,
        received_at=clock.at(min(today, registered + timedelta(days=30)), 7),
    )
