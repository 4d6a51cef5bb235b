"""What the region misses: counted without a person, read by who steers, and answered with another word."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from noaber.hallway import clock
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.offer.directory import hooks, queries
from noaber.offer.directory.factories import make_service
from noaber.offer.directory.models import Gap, Synonym
from noaber.offer.directory.queries_search import find
from noaber.offer.directory.types_search import Wanted
from noaber.offer.directory.upkeep import gaps, rules_gaps
from noaber.offer.directory.upkeep.rules_gaps import Month, question_of, state_of

PERSONAL = [
    ("hulp voor Kevin Jansen", "hulp voor"),
    ("mevrouw van der Berg zoekt maatje", "zoekt maatje"),
    ("bel mij 06 12345678 schulden", "schulden"),
    ("0612345678", ""),
    ("mail fatma@voorbeeld.nl rouw", "rouw"),
    ("mijn bsn is 111222333 hulp", ""),
    ("kerkstraat 12 almelo inloop", "inloop"),
    ("7607AA inloop", "inloop"),
    ("FATMA YILMAZ angst", "angst"),
    ("ik heet annelies, ik zoek praatgroep", "ik zoek praatgroep"),
    ("https://voorbeeld.nl/fatma depressie", "depressie"),
    ("geboren 12-03-1980 slapen", "slapen"),
]


@pytest.mark.parametrize(("typed", "kept"), PERSONAL)
def test_nothing_of_a_person_is_kept_of_a_question(typed: str, kept: str) -> None:
    found = question_of(typed, known=gaps.known_words())
    for word in (
        "kevin",
        "jansen",
        "berg",
        "06",
        "12",
        "fatma",
        "yilmaz",
        "annelies",
        "111222333",
        "1980",
        "@",
    ):
        assert word not in found
    assert set(kept.split()) <= set(found.split())


def test_a_plain_question_stays_whole() -> None:
    known = gaps.known_words()
    for question in ("maatje die hetzelfde heeft meegemaakt", "gratis eten in de buurt", "hulp bij schulden"):
        assert question_of(question, known=known) == question


@given(st.text(max_size=300))
def test_whatever_is_typed_only_known_words_in_small_letters_stay(text: str) -> None:
    found = question_of(text)
    assert len(found) <= rules_gaps.LONGEST
    assert len(found.split()) <= rules_gaps.MOST_WORDS
    assert not any(sign.isdigit() or sign in "@\x00" for sign in found)
    assert not set(found.split()) & rules_gaps.names()


def test_a_question_that_comes_back_after_it_was_solved_is_open_again() -> None:
    months = [date(2027, n, 1) for n in (1, 2, 3)]

    def of(*states: str) -> str:
        return state_of([Month(m, 1, s) for m, s in zip(months, states, strict=False)])

    assert of("open") == "open"
    assert of("taken", "open") == "taken"
    assert of("solved", "open") == "open"
    assert of("words", "open") == "words"
    assert of("open", "solved") == "solved"


def test_twelve_months_end_with_this_one() -> None:
    months = rules_gaps.months_back(date(2027, 2, 28))
    assert (months[0], months[-1], len(months)) == (date(2026, 3, 1), date(2027, 2, 1), 12)


# --- the pages -------------------------------------------------------------------------------------------


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def miss(region: Region, text: str, times: int = 1, months_ago: int = 0) -> None:
    at = clock.now() - timedelta(days=30 * months_ago)
    for _n in range(times):
        gaps.note_gap(region_id=region.pk, kind="nothing", text=text, municipality_id=None, now=at)


def enter_as(client: Client, region: Region, role: Role) -> Client:
    enter(client, make_staff(make_organisation(region, "Bureau", "gemeente"), "Anouk", role))
    return client


def test_a_gap_is_counted_per_month_and_an_empty_question_is_none(region: Region) -> None:
    miss(region, "hulp bij schulden", 3)
    miss(region, "Hulp bij SCHULDEN!", 1)
    miss(region, "0612345678", 1)
    (row,) = Gap.objects.all()
    assert (row.question, row.times) == ("hulp bij schulden", 4)


def test_the_region_reads_its_gaps_the_most_asked_first(client: Client, region: Region) -> None:
    miss(region, "hulp bij schulden", 2)
    miss(region, "samen koken", 5, months_ago=2)
    page = enter_as(client, region, Role.EDITOR).get("/kaart/gaten/")
    assert [row["line"].question for row in page.context["rows"]] == ["samen koken", "hulp bij schulden"]
    assert "<svg" in page.content.decode()


def test_who_steers_reads_and_changes_nothing(client: Client, region: Region) -> None:
    miss(region, "samen koken")
    enter_as(client, region, Role.PROGRAMME_MANAGER)
    page = client.get("/kaart/gaten/").content.decode()
    assert "samen koken" in page
    assert "Wat doen wij ermee" not in page
    gap = Gap.objects.get()
    answer = client.post("/kaart/gaten/", {"gap": str(gap.pk), "state": "taken"})
    assert answer.status_code == 404
    gap.refresh_from_db()
    assert gap.state == "open"
    assert client.get("/kaart/woorden/").status_code == 404


def test_an_editor_of_another_region_sees_none(client: Client, region: Region) -> None:
    miss(region, "samen koken")
    enter_as(client, make_region("groningen", "Groningen"), Role.EDITOR)
    assert "samen koken" not in client.get("/kaart/gaten/").content.decode()
    gap = Gap.objects.get()
    assert client.post("/kaart/gaten/", {"gap": str(gap.pk), "state": "taken"}).status_code == 404


def test_the_file_is_safe_for_a_spreadsheet(client: Client, region: Region) -> None:
    miss(region, "samen koken")
    Gap.objects.update(note='=HYPERLINK("https://kwaad.example")')
    answer = enter_as(client, region, Role.EDITOR).get("/kaart/gaten/lijst.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "samen koken;niets gevonden" in text
    assert "'=HYPERLINK" in text


def test_another_word_makes_it_findable_at_once(client: Client, region: Region) -> None:
    make_municipality(region)
    made = make_service(region, "Praatgroep na verlies", description="Over rouw praten.")
    assert find(region.pk, Wanted(text="flapdrol")).total == 0
    Gap.objects.create(region=region, kind="nothing", question="flapdrol", month=clock.today().replace(day=1))
    gap = Gap.objects.get()
    enter_as(client, region, Role.EDITOR)
    wrong = client.post("/kaart/gaten/", {"gap": str(gap.pk), "state": "words", "means": ""})
    assert wrong.status_code == 422
    done = client.post("/kaart/gaten/", {"gap": str(gap.pk), "state": "words", "means": "rouw"})
    assert done.status_code == 303
    found = find(region.pk, Wanted(text="flapdrol"))
    assert [hit.service_id for hit in found.hits] == [made.pk]
    gap.refresh_from_db()
    assert gap.state == "words"


def test_words_are_added_changed_and_forgotten_each_with_its_revision(client: Client, region: Region) -> None:
    enter_as(client, region, Role.EDITOR)
    before = queries.revision(region.pk)
    client.post("/kaart/woorden/", {"word": " Gék ", "means": "psychische klachten, verward"})
    (row,) = Synonym.objects.all()
    assert (row.word, row.means) == ("gek", ["psychische klachten", "verward"])
    assert row.revision == queries.revision(region.pk) > before
    client.post("/kaart/woorden/", {"word": "gek", "means": "in de war"})
    row.refresh_from_db()
    assert row.means == ["in de war"]
    client.post("/kaart/woorden/", {"weg": "gek"})
    row.refresh_from_db()
    assert row.removed
    assert row.revision == queries.revision(region.pk)
    assert "gek" not in client.get("/kaart/woorden/").content.decode().split("<tbody>")[-1][:200]


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("", "rouw"),
        ("rouw", ""),
        ("rouw", "rouw"),
        ("x" * 70, "rouw"),
        ("rouw", ",".join("abcdefghijklmnop")),
    ],
)
def test_a_word_that_says_nothing_is_refused_with_what_to_do(
    client: Client, region: Region, word: str, means: str
) -> None:
    enter_as(client, region, Role.EDITOR)
    answer = client.post("/kaart/woorden/", {"word": word, "means": means})
    assert answer.status_code == 422
    assert not Synonym.objects.exists()


def test_what_other_rooms_see_missing_stands_on_the_same_list(client: Client, db: None) -> None:
    region = make_region()

    def find(region_id: UUID, now: datetime) -> tuple[hooks.Lack, ...]:
        if region_id != region.pk:
            return ()
        since = clock.today() - timedelta(days=9)
        return (hooks.Lack("aannamestop", "Trauma bij Dimence", "Almelo", since, 2.0, "/wachttijden/x/"),)

    hooks.register_lacking(find)
    try:
        page = enter_as(client, region, Role.EDITOR).get("/kaart/gaten/").content.decode()
        file = client.get(reverse("directory:gaps_csv")).content.decode()
        elsewhere = enter_as(Client(), make_region("groningen", "Noord"), Role.EDITOR).get("/kaart/gaten/")
    finally:
        hooks._lacking.remove(find)
    assert "Trauma bij Dimence" in page
    assert "aannamestop" in file
    assert "Trauma bij Dimence" not in elsewhere.content.decode()
