"""The pages of this room and the frame around every page. None of them needs a database."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.test import RequestFactory

from noaber.ground.errors import Conflict, Forbidden, Missing
from noaber.hallway.ui import context, views
from noaber.hallway.ui.types import Frame, HelpLine, NavItem

PAGES = [views.start, views.help_now, views.about, views.privacy, views.accessibility, views.style_guide]
FAILURES = ["400", "403", "404", "409", "413", "429", "500", "503"]
GP_POST = {
    "kind": "gp_out_of_hours",
    "name": "Huisartsenpost",
    "phone": "088-000 0101",
    "hours": "avond",
    "checked_on": "2026-11-22",
    "invented_for_demo": True,
}


def asked(frame: object = None, query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/{query}")
    if frame is not None:
        request.frame = frame  # type: ignore[attr-defined]
    return request


def html_of(view: Callable[[HttpRequest], HttpResponse], frame: object = None, query: str = "") -> str:
    return view(asked(frame, query)).content.decode()


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_each_page_has_one_heading_a_skip_link_and_nothing_inline(
    view: Callable[[HttpRequest], HttpResponse],
) -> None:
    html = html_of(view)
    assert html.count("<h1") == 1
    assert 'href="#content"' in html
    assert 'id="content"' in html
    assert 'lang="nl"' in html
    assert "– Noaber</title>" in html
    for forbidden in (" style=", "<style", "onclick=", "javascript:"):
        assert forbidden not in html
    assert not re.search(r"<script(?![^>]*src=)", html)


@pytest.mark.parametrize("view", PAGES, ids=lambda view: view.__name__)
def test_no_id_stands_twice_on_a_page(view: Callable[[HttpRequest], HttpResponse]) -> None:
    found = re.findall(r'\sid="([^"]+)"', html_of(view))
    assert len(found) == len(set(found))


def test_headings_never_skip_a_level_in_the_style_guide() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(views.style_guide))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_page_shows_where_to_find_help_even_without_a_frame() -> None:
    html = html_of(views.about)
    assert 'href="tel:112"' in html
    assert 'href="tel:113"' in html


def test_a_region_that_forgot_112_still_shows_it() -> None:
    html = html_of(views.about, Frame(region_name="Twente", help_numbers=(GP_POST,)))  # type: ignore[arg-type]
    assert 'href="tel:112"' in html
    assert 'href="tel:0880000101"' in html
    assert "<b>Noaber</b> <span>Twente</span>" in html


def test_help_now_tells_hours_the_day_it_was_checked_and_what_is_invented() -> None:
    html = html_of(views.help_now, Frame(help_numbers=(GP_POST,)))  # type: ignore[arg-type]
    assert "Nagekeken op zondag 22 november 2026" in html
    assert "Verzonnen nummer" in html
    assert "Avond." in html


def test_the_menu_marks_where_you_are() -> None:
    frame = Frame(nav=(NavItem("Start", "/", "start"), NavItem("Aanbod", "/aanbod/", "offer")))
    html = html_of(views.start, frame)
    assert html.count('aria-current="page"') == 2  # the wide menu and the folded one
    assert '<a href="/" aria-current="page">Start</a>' in html


def test_the_demo_shows_its_day_and_the_way_to_another_user() -> None:
    html = html_of(views.start, Frame(demo=True, today=date(2027, 7, 1), switch_url="/demo/"))
    assert "Vandaag is donderdag 1 juli 2027 (demo)" in html
    assert 'href="/demo/"' in html
    assert "(demo)" not in html_of(views.start, Frame(demo=False))


def test_someone_signed_in_sees_their_name_and_the_way_out() -> None:
    html = html_of(views.about, Frame(actor_name="Noor de Wit", actor_role="Huisarts", sign_out_url="/uit/"))
    assert "Noor de Wit" in html
    assert 'action="/uit/"' in html
    assert ">NW<" in html


def test_residents_and_visitors_can_leave_at_once_and_professionals_have_no_such_link() -> None:
    leave = Frame(leave_url="https://weer.example")
    assert 'data-leave="https://weer.example" href="/weg/"' in html_of(views.start, leave)
    assert "data-leave" not in loader.render_to_string("ui/pro.html", {}, asked(leave))


def test_a_frame_may_be_any_object_with_some_of_the_names() -> None:
    made = context.frame(asked(SimpleNamespace(region_name="Groningen")))
    assert made["region_name"] == "Groningen"
    assert made["nav"] == ()
    assert [number.phone for number in made["help_line"]] == ["112", "113"]


def test_the_header_shows_one_number_of_a_kind() -> None:
    two = (HelpLine("gp_out_of_hours", "Een", "1"), HelpLine("gp_out_of_hours", "Twee", "2"))
    assert [number.name for number in context.for_every_page(two)] == [
        "Alarmnummer",
        "113 Zelfmoordpreventie",
        "Een",
    ]


@pytest.mark.parametrize("theme", ["licht", "donker", "paars"])
def test_the_style_guide_opens_in_the_theme_that_was_asked(theme: str) -> None:
    html = html_of(views.style_guide, query=f"?thema={theme}&voor=inwoner")
    assert ('data-theme="dark"' in html.split("<head>")[0]) == (theme == "donker")
    assert 'class="resident guide"' in html


@pytest.mark.parametrize("code", FAILURES)
def test_each_failure_page_says_what_happened_and_offers_a_way_on(code: str) -> None:
    html = loader.render_to_string(f"{code}.html", {})
    assert html.count("<h1") == 1
    assert "tel:112" in html
    assert 'class="btn"' in html


def test_absent_and_forbidden_look_the_same_to_the_byte() -> None:
    pages = {
        loader.render_to_string("404.html", {"failure": failure}, asked(Frame()))
        for failure in (
            Missing("referral.missing", happened="Er is geen verwijzing V-1."),
            Forbidden("referral.forbidden", happened="Die verwijzing is van een ander."),
            None,
        )
    }
    assert len(pages) == 1


def test_a_conflict_is_told_in_its_own_words() -> None:
    failure = Conflict(
        "slot.taken", happened="Deze tijd is net bezet.", why="Een ander koos hem.", now_what="Kies."
    )
    html = loader.render_to_string("409.html", {"failure": failure}, asked())
    for words in ("Deze tijd is net bezet.", "Een ander koos hem.", "Kies."):
        assert words in html


def test_the_page_for_a_dead_database_hands_back_what_was_typed_and_escapes_it() -> None:
    html = loader.render_to_string("503.html", {"typed": [("q", "Slaapt slecht\n<script>")]})
    assert "Slaapt slecht<br>&lt;script&gt;" in html
    assert "0800 0113" in html


def test_the_page_for_a_bug_gives_only_a_reference() -> None:
    assert "ab12cd34" in loader.render_to_string("500.html", {"reference": "ab12cd34"})
