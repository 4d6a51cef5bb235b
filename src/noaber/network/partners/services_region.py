"""A region comes to life from its files: settings, municipalities and partners.

Safe to run twice and by two people at once: one of them waits, and equal files change nothing. What people
added by hand stays. What the files no longer name is reported; it goes only when nothing refers to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from noaber.ground.plain import as_json
from noaber.hallway.access import gate
from noaber.knowledge.regions.types import Locality as LocalityFile
from noaber.knowledge.regions.types import Municipality as MunicipalityFile
from noaber.knowledge.regions.types import Partner as PartnerFile
from noaber.knowledge.regions.types import RegionFiles
from noaber.network.partners.models import Locality, Municipality, Organisation, Region

LOADER = "3"
"""Raise this when the loader stores the same files in another way: every region is then loaded again."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something the files no longer name. `kept` when other rows still refer to it."""

    kind: str
    slug: str
    name: str
    kept: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading did. With `changed` False the files were loaded before and nothing was touched."""

    region: str
    changed: bool
    municipalities: int
    organisations: int
    added: tuple[str, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()


def load_region(files: RegionFiles, *, now: datetime) -> LoadReport:
    """Bring the region, its municipalities and its partners in line with the files, in one transaction."""
    with transaction.atomic(), gate.as_system("een regio uit haar bestanden laden"):
        wait_for_turn(files.slug)
        mark = fingerprint(files)
        region = Region.objects.filter(slug=files.slug).first()
        if region is not None and region.fingerprint == mark:
            return _report(region, changed=False)
        planned_before = _planned_roles(region)
        region = _save_region(files, mark, now)
        added_places, lost_places = _save_municipalities(region, files.municipalities)
        _save_localities(region, files.localities)
        added_partners, lost_partners = _save_partners(region, files.partners, planned_before)
        return _report(
            region,
            changed=True,
            added=(*added_places, *added_partners),
            withdrawn=(*lost_places, *lost_partners),
        )


def wait_for_turn(slug: str) -> None:
    """One loader of a region at a time; the others wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"noaber.region:{slug}"])


def fingerprint(files: RegionFiles) -> str:
    """Changes with any file of the region and with the way in which we store them."""
    return hashlib.sha256(f"{LOADER}:{files.fingerprint}".encode()).hexdigest()


def _report(region: Region, *, changed: bool, **more: Any) -> LoadReport:
    return LoadReport(
        region=region.slug,
        changed=changed,
        municipalities=region.municipalities.count(),
        organisations=region.organisations.count(),
        **more,
    )


def _save_region(files: RegionFiles, mark: str, now: datetime) -> Region:
    settings = as_json(files.settings)
    region, _ = Region.objects.update_or_create(
        slug=files.slug,
        defaults={
            "name": files.name,
            "source": files.source,
            "settings": settings,
            "help_numbers": settings["help_numbers"],
            "facts": as_json(files.facts),
            "document": {
                "sub_regions": as_json(files.sub_regions),
                "governance": as_json(files.governance),
                "municipalities": as_json(files.municipalities),
                "municipalities_note": as_json(files.municipalities_note),
                "partners": as_json(files.partners),
                "documents": as_json(files.documents),
            },
            "fingerprint": mark,
            "loaded_at": now,
        },
    )
    return region


def _save_municipalities(
    region: Region, places: Iterable[MunicipalityFile]
) -> tuple[list[str], list[Withdrawn]]:
    named: list[str] = []
    added: list[str] = []
    official = _official_centres(region)
    for place in places:
        latitude, longitude = official.get(place.slug, (place.latitude, place.longitude))
        _, created = Municipality.objects.update_or_create(
            region=region,
            slug=place.slug,
            defaults={
                "name": place.name,
                "inhabitants": place.inhabitants,
                "inhabitants_note": f"{place.inhabitants_source} ({place.inhabitants_year})"[:200],
                "latitude": latitude,
                "longitude": longitude,
            },
        )
        named.append(place.slug)
        if created:
            added.append(place.slug)
    gone = region.municipalities.exclude(slug__in=named)
    Locality.objects.filter(municipality__in=gone).delete()
    return added, [_withdraw(row, "municipality", row.slug, row.name) for row in gone]


def _official_centres(region: Region) -> dict[str, tuple[float, float]]:
    """The centres that came from an official file: those stay."""
    rows = region.localities.filter(kind=Locality.Kind.MUNICIPALITY, imported=True)
    return {
        row.municipality.slug: (row.latitude, row.longitude) for row in rows.select_related("municipality")
    }


def _save_localities(region: Region, places: Iterable[LocalityFile]) -> None:
    """Replace the places of the files; what came from an official file stays as it is."""
    towns = {row.slug: row for row in region.municipalities.all()}
    region.localities.filter(imported=False).delete()
    Locality.objects.bulk_create(
        (
            Locality(
                region=region,
                municipality=towns[place.municipality],
                name=place.name,
                postcodes=list(place.postcodes),
                latitude=place.latitude,
                longitude=place.longitude,
                source=f"{place.source} ({place.certainty}, {place.dated})"[:300],
            )
            for place in places
        ),
        ignore_conflicts=True,
    )


def _save_partners(
    region: Region, partners: Iterable[PartnerFile], planned_before: dict[str, set[str]]
) -> tuple[list[str], list[Withdrawn]]:
    named: list[str] = []
    added: list[str] = []
    for partner in partners:
        organisation, created = Organisation.objects.get_or_create(
            region=region, slug=partner.slug, defaults={"name": partner.name, "domain": partner.domain}
        )
        organisation.name = partner.name
        organisation.domain = partner.domain
        organisation.roles = _roles(
            organisation.roles, partner.roles, planned_before.get(partner.slug, set())
        )
        organisation.note = " ".join(part for part in (partner.note, partner.doubt) if part)
        organisation.from_plan = True
        organisation.save()
        named.append(partner.slug)
        if created:
            added.append(partner.slug)
    gone = region.organisations.filter(from_plan=True).exclude(slug__in=named)
    return added, [_withdraw_partner(row) for row in gone]


def _planned_roles(region: Region | None) -> dict[str, set[str]]:
    """Which roles each partner had from the files as they were loaded before."""
    partners = region.document.get("partners", []) if region is not None else []
    return {partner["slug"]: set(partner["roles"]) for partner in partners}


def _roles(held: list[str], from_file: Iterable[str], planned_before: set[str]) -> list[str]:
    """The roles of the plan first; roles that were given here by hand stay."""
    planned = list(from_file)
    return planned + [role for role in held if role not in planned and role not in planned_before]


def _withdraw_partner(row: Organisation) -> Withdrawn:
    found = _withdraw(row, "organisation", row.slug, row.name)
    if found.kept:
        row.from_plan = False
        row.save(update_fields=["from_plan"])
    return found


def _withdraw(row: Model, kind: str, slug: str, name: str) -> Withdrawn:
    """Delete what nothing refers to; keep and report the rest."""
    kept = _is_referenced(row)
    if not kept:
        row.delete()
    return Withdrawn(kind=kind, slug=slug, name=name, kept=kept)


def _is_referenced(row: Model) -> bool:
    """Whether any row of any room points here, found from the tables themselves."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.related_model is not None and not isinstance(relation.related_model, str)
    )
