"""No Dutch is written into a page for residents, relatives or anyone without a mark for translation."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import RequestFactory
from tests.languages import extracting, pseudo, rounds
from tests.security.visits import ANONYMOUS, Browsers
from tests.security.world import World

from noaber.hallway import languages


@pytest.fixture(scope="module")
def browsers(standing_world: World) -> Browsers:
    return Browsers(standing_world)


def test_every_word_of_a_page_is_a_sentence_for_the_translators(world: World, browsers: Browsers) -> None:
    """Whatever stands outside the brackets is Dutch that nobody can translate."""
    known = extracting.everything()
    told = {(s.one, s.many) for s in known.places}
    own = rounds.own_words()
    wrong: dict[str, set[str]] = {}
    with pseudo.spoken() as said:
        pages = list(rounds.opened(world, browsers, pseudo.PSEUDO))
    for page in pages:
        if f'lang="{pseudo.PSEUDO}"' not in page.html[:400]:
            wrong.setdefault("the page itself is in Dutch", set()).add(page.where)
            continue
        html = rounds.CANARY.sub(" ", page.html)
        for text in pseudo.outside(html, own_words=own):
            wrong.setdefault(text, set()).add(page.where)
    assert pages
    assert not wrong, "\n".join(
        f"{text!r}: {', '.join(sorted(where)[:3])}" for text, where in sorted(wrong.items())
    )
    assert {page.where for page in pages if page.status >= 500} == set()
    missed = {m for m in said.asked if m not in told and not is_of_django(m[0])}
    missed = {m for m in missed if m[0] not in own}
    assert not missed, "the extraction does not find:\n" + "\n".join(sorted(one for one, _many in missed))


def is_of_django(message: str) -> bool:
    """Django and allauth bring their own translations; their sentences are in English."""
    from django.utils.translation import trans_real

    catalog = trans_real.translation("nl")._catalog  # type: ignore[attr-defined]
    return message in catalog or (message, 0) in catalog or not any(c.isalpha() for c in message)


def test_the_brackets_find_bare_words() -> None:
    """The instrument itself: bare Dutch is found, marked Dutch and names are not."""
    page = (
        '<html lang="qps"><body><h1>⟦Dag <b>Fatma</b>⟧</h1><p>Kaal</p><p lang="nl">Inloop</p>'
        '<a aria-label="Sluit">⟦x⟧</a><script>var woord</script></body></html>'
    )
    assert pseudo.outside(page, own_words=()) == ["Kaal", "Sluit"]
    assert pseudo.outside(page, own_words=("Kaal",)) == ["Sluit"]


def test_professionals_read_dutch(world: World, browsers: Browsers) -> None:
    """Whatever the browser asks for."""
    for who, path in (("sanne", "/gesprekken/"), ("ilse", "/planbord/"), (ANONYMOUS, "/inloggen/")):
        answer = browsers.of(who).get(path, headers={"Accept-Language": "tr"})
        assert b'<html lang="nl" dir="ltr"' in answer.content, path


@pytest.mark.parametrize("code", languages.codes())
def test_a_choice_is_a_link_and_stays(world: World, browsers: Browsers, code: str) -> None:
    """`?taal=` on the page itself; afterwards every page speaks it, and the address is clean again."""
    browser = browsers.of(ANONYMOUS)
    answer = browser.get(f"/aanbod/?zoek=inloop&taal={code}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/aanbod/?zoek=inloop")
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}"' in browser.get("/hulp-nu/").content.decode()


def test_her_choice_becomes_her_preference_in_every_browser(world: World, browsers: Browsers) -> None:
    """And her messages come in it. A link on another site changes nothing that is kept."""
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    browsers.of("fatma").get("/mijn/vraag/?taal=pl", headers=elsewhere)
    assert b'<html lang="nl"' in browsers.of("fatma").get("/mijn/vraag/").content
    browsers.of("fatma").get("/mijn/vraag/?taal=tr")
    assert b'<html lang="tr"' in browsers.of("fatma").get("/mijn/vraag/").content
    assert b'<html lang="nl"' in browsers.of("mila").get("/mijn/vraag/").content
    other = browsers.of("fatma")
    other.cookies[settings.LANGUAGE_COOKIE_NAME] = "uk"
    assert b'<html lang="tr"' in other.get("/mijn/vraag/").content, "her preference goes before a choice here"


def test_a_choice_never_leads_to_another_house(rf: RequestFactory) -> None:
    """Also not with two slashes."""
    asked = rf.get("/", {"taal": "tr", "zoek": "a&b"})
    asked.path = "//evil.example/"
    assert languages.without_choice(asked) == "/evil.example/?zoek=a%26b"


def test_a_language_we_do_not_have_is_no_choice(world: World, browsers: Browsers) -> None:
    """Nothing changes, and nothing breaks."""
    answer = browsers.of(ANONYMOUS).get("/hulp-nu/?taal=xx")
    assert answer.status_code == 200
    assert b'<html lang="nl"' in answer.content


def test_the_browser_is_believed_on_pages_for_anyone(world: World, browsers: Browsers) -> None:
    """As long as nobody chose."""
    for asked, got in (("pl-PL,pl;q=0.9", "pl"), ("ti", "nl"), ("", "nl"), ("uk;q=0.5,de", "uk")):
        answer = browsers.of(ANONYMOUS).get("/hulp-nu/", headers={"Accept-Language": asked})
        assert f'<html lang="{got}"' in answer.content.decode(), asked
