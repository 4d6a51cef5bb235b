"""Who types words of suicide, self-harm or danger sees who to call, however it is written."""

from __future__ import annotations

import pytest

from noaber.engines.search import Document, Index, Query
from noaber.network.partners.factories import make_region
from noaber.offer.directory import bridge, lay
from noaber.offer.directory.factories import make_service
from noaber.pathways.conversations.tests.pages import browser, text_of

DANGER = """
ik wil niet meer leven
ik wil ni meer leve
wil dood
ik wil doot
was ik maar dood
denk aan zelfmoord
denk aan zelf moord
zelfmoort gedachten
zelvmoord
suicidaal
suisidaal
suïcide
ik wil er een eind aan maken
er een ijnd aan maken
ik wil er niet meer zijn
voor de trein springen
iedereen is beter af zonder mij
mijn dochter snijdt zichzelf
ik snij mezelf
ik snei mezelf
zelfbeschadeging
mezelf pijn doen
mijn man slaat me
me man slaad me
hij mishandeld mij
ik word bedreigd
mijn vriend wil dood
me zoon praat over zelfmoort
crisisdienst
ik heb nu hulp nodig het is spoed
"""
CALM = """
ik slaap slecht
wandelen in een groep
mijn man is overleden
koffie drinken
hulp bij schulden
ik ben bang in de trein
samen leven
slagroomtaart bakken
geen zin in sport
het leven van alledag
snijbloemen
snijbloemen kopen
snijplank
strafschoppen
de noodklok
noodzaak van hulp
mest uitrijden
kunstmest
polsstok
keizersnede
spoedcursus
opnamestudio
ik zoek mannen om mee te praten
mijn zus geeft al haar geld uit
bedrijf stoppen
"""


@pytest.fixture(scope="module")
def index() -> Index:
    """A few entries; what a question means does not hang on them."""
    return Index.of(
        [Document("koor", "Koor", "Samen zingen."), Document("taal", "Taalles")], (), lay.meanings()
    )


def lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


@pytest.mark.parametrize("text", lines(DANGER))
def test_words_of_danger_are_known(index: Index, text: str) -> None:
    assert lay.is_danger(index.search(Query(text)).means)
    assert lay.is_danger(index.search(Query(text + " ", typing=True)).means)


@pytest.mark.parametrize("text", lines(CALM))
def test_calm_words_are_no_danger(index: Index, text: str) -> None:
    assert not lay.is_danger(index.search(Query(text)).means)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["ik wil niet meer leven", "denk aan zelfmoort", "me man slaad me"])
def test_the_page_shows_who_to_call_above_what_is_found(text: str) -> None:
    bridge.forget()
    make_service(make_region(), "Inloop De Brug")
    page = browser().get("/aanbod/", {"zoek": text})
    found = page.content.decode().partition('id="gevonden"')[2]
    assert "tel:112" in found
    assert "tel:113" in found
    calm = browser().get("/aanbod/", {"zoek": "koffie"}).content.decode().partition('id="gevonden"')[2]
    assert "tel:113" not in calm
    assert "113" in text_of(page)
