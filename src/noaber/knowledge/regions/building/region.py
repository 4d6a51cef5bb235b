"""A whole region."""

from __future__ import annotations

import re
import unicodedata

from noaber.knowledge.codes import Certainty, load_codes
from noaber.knowledge.reading import MapNode, Taking
from noaber.knowledge.regions.building.kpis import marks_of
from noaber.knowledge.regions.building.plans import build_plan
from noaber.knowledge.regions.building.programme import governance
from noaber.knowledge.regions.building.settings import build_settings
from noaber.knowledge.regions.folder import LoadedFolder
from noaber.knowledge.regions.types import (
    Document,
    Fact,
    Locality,
    Municipality,
    Partner,
    Plan,
    RegionFiles,
    SubRegion,
)

_FACT_LISTS = ("health_facts", "labour_market", "pilot_facts", "facts")
_PLAN_ORDER = {"running": 0, "draft": 1, "finished": 2}


def build_region(folder: LoadedFolder) -> RegionFiles:
    """A region whose files were checked before. Plans that run stand first."""
    region = Taking(_needed(folder, "region.yaml"))
    towns = Taking(_needed(folder, "municipalities.yaml"))
    municipalities = _municipalities(towns)
    bodies, bodies_rest = governance(region)
    region.keep(governance=bodies_rest)
    facts = tuple(_fact(item, name) for name in _FACT_LISTS for item in region.maps(name))
    plans = sorted((build_plan(folder, slug) for slug in folder.plan_slugs), key=_rank)
    return RegionFiles(
        slug=region.text("id"),
        name=region.text("name"),
        source=region.text("source", "; ".join(plan.source for plan in plans)),
        municipalities=municipalities,
        municipalities_note=towns.remaining(),
        sub_regions=tuple(_sub_region(item) for item in region.maps("sub_regions")),
        partners=tuple(_partner(item) for item in region.maps("partners")),
        facts=facts,
        governance=bodies,
        settings=build_settings(_needed(folder, "settings.yaml")),
        plans=tuple(plans),
        documents=(Document("region.yaml", region.remaining()),),
        fingerprint=folder.fingerprint,
        localities=_localities(folder.file("places.yaml")),
    )


def _rank(plan: Plan) -> tuple[int, str]:
    return _PLAN_ORDER.get(plan.status, 9), plan.slug


def _needed(folder: LoadedFolder, name: str) -> MapNode:
    file = folder.file(name)
    if file is None:
        raise FileNotFoundError(name)
    return file


def _municipalities(towns: Taking) -> tuple[Municipality, ...]:
    figures = towns.map("figures")
    source, year = figures.text("source"), figures.whole("year")
    certainty = Certainty(figures.text("certainty"))
    return tuple(
        Municipality(
            slug=town.text("slug"),
            name=town.text("name"),
            cbs_code=town.maybe_text("cbs_code"),
            latitude=town.maybe_float("latitude") or 0.0,
            longitude=town.maybe_float("longitude") or 0.0,
            inhabitants=town.whole("inhabitants"),
            inhabitants_year=year,
            inhabitants_source=source,
            certainty=certainty,
            sub_region=town.maybe_text("sub_region"),
            planned_start_year=town.maybe_whole("planned_start_year"),
            start_certainty=town.maybe_text("start_certainty"),
            note=town.maybe_text("note"),
        )
        for town in towns.maps("municipalities")
    )


def _localities(file: MapNode | None) -> tuple[Locality, ...]:
    if file is None:
        return ()
    places = Taking(file)
    source, certainty = places.text("source"), Certainty(places.text("certainty"))
    dated = places.text("dated")
    return tuple(
        Locality(
            municipality=place.text("municipality"),
            name=place.text("name"),
            latitude=place.maybe_float("latitude") or 0.0,
            longitude=place.maybe_float("longitude") or 0.0,
            postcodes=place.texts("postcodes"),
            source=source,
            certainty=certainty,
            dated=dated,
        )
        for place in places.maps("places")
    )


def _sub_region(item: Taking) -> SubRegion:
    return SubRegion(item.text("id"), item.text("name"), item.maybe_text("part_of"), item.remaining())


def _partner(item: Taking) -> Partner:
    name, domain_text = item.text("name"), item.text("domain")
    domain = load_codes().domain_named(domain_text)
    return Partner(
        slug=item.maybe_text("slug") or slug_of(name),
        name=name,
        domain=domain.code if domain else "unknown",
        domain_text=domain_text,
        roles=item.texts("roles"),
        source=item.maybe_text("source"),
        note=item.maybe_text("note"),
        doubt=item.maybe_text("doubt"),
        remaining=item.remaining(),
    )


def slug_of(name: str) -> str:
    """A slug from a name: 'Leo Kannerhuis / Youz' becomes 'leo-kannerhuis-youz'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _fact(item: Taking, group: str) -> Fact:
    doubt, note = item.maybe_text("doubt"), item.maybe_text("note")
    return Fact(
        id=item.text("id"),
        group=group,
        value=item.tree("value"),
        unit=item.maybe_text("unit"),
        source=item.maybe_text("source"),
        marks=marks_of(doubt=doubt, note=note),
        remaining=item.remaining(),
    )
