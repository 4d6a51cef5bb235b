"""Where is it? Bad words first, then postcodes, villages and slips of the pen; and official files."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber.ground.errors import Invalid
from noaber.hallway import clock
from noaber.knowledge.geography import Area, AreaKind
from noaber.knowledge.regions import read_region
from noaber.network.partners import rules_places, services_region
from noaber.network.partners.models import Locality, Municipality, Region
from noaber.network.partners.queries_places import localities, where_is
from noaber.network.partners.services_geography import take_geography

REGIONS = Path(__file__).resolve().parents[5] / "regions"


@pytest.fixture
def twente(db: None) -> Region:
    services_region.load_region(read_region(REGIONS / "twente"), now=clock.now())
    return Region.objects.get(slug="twente")


def area(
    kind: AreaKind, code: str, name: str, municipality: str = "", at: tuple[float, float] = (52.36, 6.66)
) -> Area:
    return Area(kind, code, name, municipality, at[0], at[1], 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "x",
        "Amsterdam",
        "9712",
        "0000 AA",
        "7511 ABC",
        "\x00",
        "a" * 5000,
        "'; DROP TABLE",
        "الملو",
    ],
)
def test_what_is_not_here_is_not_found(twente: Region, text: str) -> None:
    assert where_is(twente.pk, text) is None


@pytest.mark.parametrize(
    ("text", "name", "municipality", "certain"),
    [
        ("Glanerbrug", "Glanerbrug", "enschede", True),
        ("  GLANERBRUG ", "Glanerbrug", "enschede", True),
        ("glanerbrugg", "Glanerbrug", "enschede", False),
        ("Enschede", "Enschede", "enschede", True),
        ("enscede", "Enschede", "enschede", False),
        ("hengello", "Hengelo", "hengelo", False),
        ("oldezaal", "Oldenzaal", "oldenzaal", False),
        ("nijferdal", "Nijverdal", "hellendoorn", False),
        ("nyverdal", "Nijverdal", "hellendoorn", False),
        ("westerhaar", "Westerhaar-Vriezenveensewijk", "twenterand", True),
        ("sint isidorushoeve", "Sint Isidorushoeve", "haaksbergen", True),
        ("Hof van Twente", "Hof van Twente", "hof-van-twente", True),
        ("de lutte, losser", "De Lutte", "losser", True),
        ("omgeving Delden", "Delden", "hof-van-twente", True),
        ("7511 AB", "7511 Enschede", "enschede", True),
        ("7511ab", "7511 Enschede", "enschede", True),
        ("7548", "7548 Boekelo", "enschede", True),
        ("7545", "7545 Enschede", "enschede", True),
    ],
)
def test_a_place_or_postcode_is_found(
    twente: Region, text: str, name: str, municipality: str, certain: bool
) -> None:
    found = where_is(twente.pk, text)
    assert found is not None
    assert (found.name, found.municipality, found.certain) == (name, municipality, certain)


def test_two_names_equally_near_are_not_guessed() -> None:
    assert rules_places.meant("enter", ["Entar", "Entir"]) is None
    assert rules_places.meant("haarl", ["Haarle", "Haarlo"]) is None


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("goor", "goor", 0),
        ("goor", "gor", 1),
        ("goor", "ogor", 1),
        ("losser", "lozzer", 2),
        ("a", "bcdef", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert rules_places.steps(one, other, 2) == slips


def test_the_region_of_another_does_not_answer(twente: Region) -> None:
    services_region.load_region(read_region(REGIONS / "groningen"), now=clock.now())
    groningen = Region.objects.get(slug="groningen")
    assert where_is(groningen.pk, "Glanerbrug") is None
    assert where_is(groningen.pk, "9712 AA") is not None


def test_loading_twice_gives_each_place_once_and_says_where_it_comes_from(twente: Region) -> None:
    before = len(localities(twente.pk))
    Region.objects.update(fingerprint="")
    services_region.load_region(read_region(REGIONS / "twente"), now=clock.now())
    rows = localities(twente.pk)
    assert len(rows) == before > 85
    assert all("assumed" in row.source and not row.imported for row in rows)
    assert {row.municipality for row in rows} == set(Municipality.objects.values_list("slug", flat=True))


def test_a_file_of_another_region_changes_nothing(twente: Region) -> None:
    before = list(Locality.objects.order_by("pk").values())
    with pytest.raises(Invalid) as caught:
        take_geography(
            region_id=twente.pk,
            areas=[area(AreaKind.MUNICIPALITY, "0014", "Groningen", "0014", (53.2, 6.5))],
            source="x",
        )
    assert caught.value.code == "geography_elsewhere"
    assert list(Locality.objects.order_by("pk").values()) == before


def test_official_areas_go_before_our_own_and_stay_after_loading_again(twente: Region) -> None:
    areas = [
        area(AreaKind.MUNICIPALITY, "0141", "Almelo", "0141", (52.3601, 6.6701)),
        area(AreaKind.POSTCODE, "7605", "7605", at=(52.3511, 6.6711)),
        area(AreaKind.POSTCODE, "9712", "9712", at=(53.2, 6.5)),
        area(AreaKind.PLACE, "", "Mariaparochie-Zuid", "Tubbergen", (52.38, 6.70)),
        area(AreaKind.MUNICIPALITY, "0014", "Groningen", "0014", (53.2, 6.5)),
    ]
    for _ in range(2):
        report = take_geography(region_id=twente.pk, areas=areas, source="gebieden.geojson")
        assert (report.municipalities, report.postcodes, report.places, report.elsewhere) == (1, 1, 1, 2)
    Region.objects.update(fingerprint="")
    services_region.load_region(read_region(REGIONS / "twente"), now=clock.now())

    almelo = Municipality.objects.get(slug="almelo")
    assert (almelo.latitude, almelo.longitude) == (52.3601, 6.6701)
    found = where_is(twente.pk, "7605 XX")
    assert found is not None
    assert (found.latitude, found.longitude, found.name) == (52.3511, 6.6711, "7605 Almelo")
    assert where_is(twente.pk, "mariaparochie zuid") is not None
    assert Locality.objects.filter(imported=True).count() == 3


def test_a_municipality_that_the_files_no_longer_name_takes_its_places_along(twente: Region) -> None:
    gone = Municipality.objects.create(region=twente, slug="oud", name="Oud")
    Locality.objects.create(
        region=twente, municipality=gone, name="Oud", latitude=52.3, longitude=6.6, source="x", imported=True
    )
    Region.objects.update(fingerprint="")
    report = services_region.load_region(read_region(REGIONS / "twente"), now=clock.now())
    assert [(row.slug, row.kept) for row in report.withdrawn] == [("oud", False)]
