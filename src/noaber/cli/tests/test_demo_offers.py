"""The invented offers of the demo: wrong files first, then every entry that ships."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
import yaml

from noaber.cli.demo_world.offers import FOLDER, BrokenOffers, DemoOffer, check_offers, load_offers
from noaber.knowledge.codes import load_codes

REGION = Path(__file__).resolve().parents[4] / "regions" / "twente"
TOWNS = yaml.safe_load((REGION / "municipalities.yaml").read_text())["municipalities"]
PARTNERS = {p["name"] for p in yaml.safe_load((REGION / "region.yaml").read_text())["partners"]}
DAYS = {
    "maandag": "mo",
    "dinsdag": "tu",
    "woensdag": "we",
    "donderdag": "th",
    "vrijdag": "fr",
    "zaterdag": "sa",
    "zondag": "su",
}
OPENING = re.compile(rf"\b(?:elke|iedere|op) ({'|'.join(DAYS)})(ochtend|middag|avond)?", re.IGNORECASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = (FOLDER / "borne.yaml").read_text(encoding="utf-8")
    (tmp_path / "borne.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: social_basis", "kind: gezellig"),
        ("[loneliness, walk_in, informal]", "[loneliness, walk_in, formal]"),
        ("[loneliness, walk_in, informal]", "[loneliness, walk_in, informal, zero]"),
        ("phone: 088-000 ", "phone: 074-291 "),
        (".example", ".nl"),
        ("key: wensink-buurtkoffie", "key: inloop-de-brug-borne"),
        ("latitude: 52", "latitude: 12"),
        ("from: '10:00'", "from: '25:00'"),
        ("  hours:\n", "  when: In overleg\n  hours:\n"),
    ],
)
def test_a_wrong_entry_is_refused(folder: Path, old: str, new: str) -> None:
    file = folder / "borne.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert len(check_offers(folder)) >= 1
    with pytest.raises(BrokenOffers):
        load_offers(folder)


def test_the_entries_that_ship_are_right() -> None:
    assert check_offers() == ()
    assert len(load_offers()) >= 420


def test_every_kind_and_every_municipality_is_there() -> None:
    slugs = {
        m["slug"] for m in yaml.safe_load((REGION / "municipalities.yaml").read_text())["municipalities"]
    }
    counts = {slug: sum(o.municipality == slug for o in load_offers()) for slug in slugs}
    assert min(counts.values()) >= 19, counts
    assert {o.municipality for o in load_offers()} == slugs | {""}
    assert {o.kind for o in load_offers()} == set(load_codes().offer_kinds)


def test_no_text_stands_twice() -> None:
    texts = [o.text for o in load_offers()]
    assert len(texts) == len(set(texts))
    assert all(1 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 5 for text in texts)


def test_a_place_lies_in_its_municipality() -> None:
    towns = yaml.safe_load((REGION / "places.yaml").read_text())["places"]

    def km(o: DemoOffer, town: dict[str, float]) -> float:
        assert o.place is not None
        high = (o.place.latitude - town["latitude"]) * 111.2
        wide = (o.place.longitude - town["longitude"]) * 111.2 * math.cos(math.radians(52.3))
        return math.hypot(high, wide)

    for offer in load_offers():
        if offer.place is None:
            continue
        wanted = offer.place.neighbourhood or offer.place.city
        town = next(t for t in towns if t["name"] == wanted)
        assert town["municipality"] == offer.municipality, offer.key
        assert km(offer, town) < 1.5, offer.key
        assert not town["postcodes"] or offer.place.postal_code[:4] in town["postcodes"], offer.key


def test_organisations_with_a_real_name_are_partners_of_the_plan() -> None:
    towns = {
        t["name"] for t in yaml.safe_load((REGION / "municipalities.yaml").read_text())["municipalities"]
    }
    for offer in load_offers():
        name = offer.organisation
        if name.startswith("Gemeente "):
            assert name.removeprefix("Gemeente ") in towns
    assert len({o.organisation for o in load_offers()} & PARTNERS) >= 20


def test_a_day_in_the_text_is_a_day_in_the_opening_hours() -> None:
    parts = {"ochtend": ("00:00", "12:00"), "middag": ("11:30", "18:00"), "avond": ("17:00", "23:59")}
    for offer in load_offers():
        for day, part in OPENING.findall(offer.text):
            rows = [h for h in offer.hours if DAYS[day.lower()] in h.days]
            assert rows, (offer.key, day)
            if part:
                low, high = parts[part.lower()]
                assert any(low <= h.opens <= high for h in rows), (offer.key, day, part)


def test_it_closes_after_it_opens() -> None:
    assert all(h.opens < h.closes for o in load_offers() for h in o.hours)


def test_some_entries_were_not_looked_at_for_long() -> None:
    days = [o.checked_days_ago for o in load_offers()]
    assert 0.1 < sum(d > 180 for d in days) / len(days) < 0.3


def test_a_text_holds_no_number_to_call_but_those_for_danger() -> None:
    for offer in load_offers():
        numbers = set(re.findall(r"\d[\d -]{5,}\d", offer.text + offer.text_young))
        assert numbers == set(), offer.key
