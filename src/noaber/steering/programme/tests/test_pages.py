"""What anyone may read of a region and its plans."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import make_organisation
from noaber.network.partners.models import Region
from noaber.steering.programme.fact_words import SENTENCES, sentence
from noaber.steering.programme.models import Plan, PlanItem
from noaber.steering.programme.queries import read_plan
from noaber.steering.programme.services import load_region

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
SLUGS = ("twente", "groningen", "centraal-gelderland")


@pytest.fixture
def all_regions() -> None:
    for slug in SLUGS:
        load_region(read_region(settings.REGIONS_DIR / slug), now=NOW)


def words(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").replace("&#x27;", "'")


def test_every_region_stands_in_the_list(all_regions: None) -> None:
    page = words("/regio/")
    for region in Region.objects.all():
        assert region.name in page


def test_without_a_region_the_list_says_what_to_do() -> None:
    assert "Er is nog geen regio geladen" in words("/regio/")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_of_a_region_names_its_places_plans_and_partners(all_regions: None, slug: str) -> None:
    page = words(f"/regio/{slug}/")
    region = Region.objects.get(slug=slug)
    for name in [
        *region.municipalities.values_list("name", flat=True),
        *region.organisations.values_list("name", flat=True),
        *Plan.objects.filter(region=region).values_list("title", flat=True),
    ]:
        assert name in page
    assert "nagekeken op 22 nov" in page


def test_what_someone_added_here_does_not_stand_among_the_partners_of_the_plan(all_regions: None) -> None:
    make_organisation(Region.objects.get(slug="twente"), "Huisartsenpraktijk De Linde Almelo", "gp_care")
    assert "De Linde" not in words("/regio/twente/")


def test_a_doubtful_fact_keeps_its_mark(all_regions: None) -> None:
    page = words("/regio/twente/")
    assert "Eenzaamheid buiten de drie steden: 41%. Nederland: 44%." in page
    assert "level suggests all loneliness" in page


def test_an_invented_number_shows_in_the_demo_alone(all_regions: None, settings: Any) -> None:
    settings.DEMO = True
    assert "verzonnen voor deze demo" in words("/regio/twente/")
    settings.DEMO = False
    page = words("/regio/twente/")
    assert "verzonnen voor deze demo" not in page
    assert "Crisisdienst ggz" not in page


@pytest.mark.parametrize("slug", SLUGS)
def test_every_fact_of_every_region_has_its_sentence(all_regions: None, slug: str) -> None:
    for fact in Region.objects.get(slug=slug).facts:
        assert fact["id"] in SENTENCES
        text, language = sentence(fact)
        assert language == "nl"
        assert "{" not in text
        assert "None" not in text


def test_a_fact_that_nobody_put_in_words_shows_under_its_own_name() -> None:
    assert sentence({"id": "new_fact", "value": 3}) == ("new fact: 3", "en")


def test_every_plan_opens_with_all_its_parts(all_regions: None) -> None:
    for plan in Plan.objects.select_related("region"):
        page = words(f"/regio/{plan.region.slug}/plannen/{plan.slug}/")
        shown = ["component", "work_package", "project", "cross_cutting", "milestone", "risk", "governance"]
        for item in PlanItem.objects.filter(plan=plan, kind__in=shown):
            assert item.title.rstrip("…")[:60].replace('"', "&quot;") in page, item.title


def test_the_milestones_of_a_year_stand_under_that_year_once(all_regions: None) -> None:
    years = [card.kind for card in read_plan("groningen", "uitvoeringsplan").milestones]
    assert len(years) == 58
    assert years == sorted(years)


def test_the_older_plan_is_one_step_away(all_regions: None) -> None:
    assert "volgt op" in words("/regio/groningen/plannen/uitvoeringsplan/")
    assert "afgerond" in words("/regio/groningen/plannen/mjp-2020-2023/")


@pytest.mark.parametrize(
    "path", ["/regio/nergens/", "/regio/twente/plannen/niets/", "/regio/nergens/plannen/niets/"]
)
def test_what_does_not_exist_gives_the_same_page(all_regions: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 404
    assert (
        answer.content
        == Client().get(path.replace("niets", "ook-niets").replace("nergens", "ook-nergens")).content
    )


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/regio/", 6), ("/regio/twente/", 9), ("/regio/twente/plannen/mentaal-gezond-twente/", 8)],
)
def test_a_public_page_takes_a_fixed_number_of_queries(
    all_regions: None, path: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(queries):
        words(path)
