"""Dutch words: one stem for the forms of a word, compounds in their parts, mistyped words repaired."""

from __future__ import annotations

import pytest

from noaber.engines.search.lexicon import dutch
from noaber.engines.search.sounds import sound
from noaber.engines.search.spelling import Speller
from noaber.engines.search.vocabulary import splitter, stemmer
from noaber.engines.search.words import plain, telling, words_of

ALIKE = """
    cursus cursussen | groep groepen groepje groepjes | wandelen wandelt wandeling wandelingen wandel
    slapen slaapt slaap geslapen | probleem problemen | schuld schulden | eenzaam eenzame eenzaamheid
    depressie depressies depressief depressieve | kind kinderen | stad steden | lid leden
    verlies verliezen verloren | rouw rouwen rouwt | ouder ouders | gezin gezinnen | piekeren piekert pieker
    lotgenoot lotgenoten | angst angsten angstig angstige | praten praat gepraat | les lessen
    koken kookt kook | huis huizen | brief brieven | scheiden scheiding gescheiden | maatje maatjes
    vrijwilliger vrijwilligers | mantelzorger mantelzorgers | fiets fietsen | verslaafd verslaafde verslaving
    jong jonge | oma omas | activiteit activiteiten | familie families | gokken gokt | lezen leest
    behandeling behandelingen | vriend vrienden | taal talen | avond avonden | helpen helpt | leven leeft
"""
APART = """
    kunst kuns | kaart kaar | ouder oudere | huis huid | kind kin | moeder moe
    nacht nach | sport spoor
"""


@pytest.mark.parametrize("forms", [row.split() for row in ALIKE.replace("\n", "|").split("|") if row.strip()])
def test_the_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({stemmer().stem(form) for form in forms}) == 1, [stemmer().stem(form) for form in forms]


@pytest.mark.parametrize("forms", [row.split() for row in APART.replace("\n", "|").split("|") if row.strip()])
def test_other_words_keep_other_stems(forms: list[str]) -> None:
    assert len({stemmer().stem(form) for form in forms}) == len(forms)


def test_a_stem_of_a_stem_is_not_lost_between_singular_and_plural() -> None:
    """Of the 3,000 most common words with a plural in -en, nearly all share its stem."""
    common = sorted(dutch(), key=lambda word: -dutch()[word])[:6000]
    pairs = [(word, word + "en") for word in common if len(word) > 3 and word + "en" in dutch()]
    same = [pair for pair in pairs if stemmer().stem(pair[0]) == stemmer().stem(pair[1])]
    assert len(pairs) > 800
    assert len(same) / len(pairs) > 0.85


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("slaapproblemen", ("slaap", "problemen")),
        ("wandelgroep", ("wandel", "groep")),
        ("inloopspreekuur", ("inloop", "spreekuur")),
        ("lotgenotengroep", ("lotgenoten", "groep")),
        ("verslavingszorg", ("verslaving", "zorg")),
        ("maatjesproject", ("maatjes", "project")),
        ("kinderopvang", ("kind", "opvang")),
        ("mantelzorgondersteuning", ("mantelzorg", "ondersteuning")),
        ("zelfhulpgroep", ("zelfhulp", "groep")),
        ("geldzorgen", ("geld", "zorgen")),
    ],
)
def test_a_compound_falls_apart(word: str, parts: tuple[str, ...]) -> None:
    assert splitter().parts(word) == parts


@pytest.mark.parametrize(
    "word",
    ["huisarts", "vereniging", "eenzaamheid", "gemeente", "depressie", "piekeren", "koffie", "activiteiten"],
)
def test_a_plain_word_stays_whole(word: str) -> None:
    assert splitter().parts(word) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("ei", "ij"), ("kou", "kau"), ("cafe", "kafe"), ("hond", "hont"), ("lach", "lag"), ("psychisch",
    "psiegies"),
     ("zorg", "sorg"), ("verlies", "ferlies"), ("vrouw", "vrauw"), ("pijn", "pein")],
)  # fmt: skip
def test_what_sounds_alike_has_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller([*dutch(), "slaapproblemen", "ervaringsdeskundige"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("depresie", "depressie"),
        ("dipressie", "depressie"),
        ("eensaam", "eenzaam"),
        ("eenzaamhied", "eenzaamheid"),
        ("mantelsorg", "mantelzorg"),
        ("verslaaving", "verslaving"),
        ("lodgenoten", "lotgenoten"),
        ("psygisch", "psychisch"),
        ("vreiwilliger", "vrijwilliger"),
        ("slaprobleemen", "slaapproblemen"),
        ("ervaringsdeskundege", "ervaringsdeskundige"),
        ("alcolhol", "alcohol"),
        ("therapeud", "therapeut"),
        ("wandeeln", "wandelen"),
    ],
)
def test_a_mistyped_word_is_repaired(speller: Speller, typed: str, meant: str) -> None:
    found = speller.nearest(typed, lambda word: round(10 ** max(dutch().get(word, 3.0) - 2, 0)))
    assert found
    assert found[0][0] == meant


def test_short_words_and_unknown_things_are_left_alone(speller: Speller) -> None:
    assert speller.nearest("abc", lambda _word: 1) == []
    assert speller.nearest("qqqqwwww", lambda _word: 1) == []
    assert speller.nearest("depresie", lambda _word: 0) == []


def test_added_words_can_be_meant_as_well_few_or_many() -> None:
    speller = Speller(["wandelen"])
    speller.add(["zweefvliegen"])
    assert speller.nearest("zweefvligen", lambda _word: 1)[0][0] == "zweefvliegen"
    speller.add([f"woord{i:04d}naam" for i in range(300)])
    assert speller.nearest("zweefvligen", lambda _word: 1)[0][0] == "zweefvliegen"
    assert speller.nearest("woord0123nam", lambda _word: 1)[0][0] == "woord0123naam"


def test_words_are_small_and_without_accents() -> None:
    assert plain("Café ÉÉN Çelik") == "cafe een celik"
    assert words_of("Burn-out? Oma's café, 12 jaar!") == [
        "burnout",
        "burn",
        "out",
        "oma",
        "cafe",
        "12",
        "jaar",
    ]
    assert telling(words_of("Ik wil graag met iemand wandelen")) == ["wandelen"]
