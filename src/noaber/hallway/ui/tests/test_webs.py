"""The web: a picture that speaks, holes stay holes, and nothing is added up."""

from __future__ import annotations

import re

import pytest

from noaber.hallway.ui.charts import draw
from noaber.hallway.ui.types import WebPlot

SIDES = ("Mijn lichaam", "Mijn gevoel", "Wat telt voor mij", "Fijn leven", "Meedoen", "Elke dag")


def web(**how: object) -> str:
    given = {
        "title": "Uw web van 1 juli",
        "sides": SIDES,
        "now": (5, 6, 7, 5, 3, 6),
        "now_label": "Nu, 1 juli",
    }
    return str(draw(WebPlot(**{**given, **how})))  # type: ignore[arg-type]


def test_the_picture_has_a_title_a_description_and_the_name_of_every_side() -> None:
    drawn = web()
    assert "<title>Uw web van 1 juli</title>" in drawn
    assert "Web met 6 kanten, van 0 in het midden tot 10 aan de rand." in drawn
    for side in SIDES:
        assert all(word in drawn for word in side.split())


def test_the_web_of_before_is_a_line_of_dots_beside_the_one_of_now() -> None:
    drawn = web(was=(4, 3, 6, 4, 4, 4), was_label="Toen, 2 juni")
    assert 'class="p-was"' in drawn
    assert 'class="p-now"' in drawn
    assert "nu 5, toen 4" in drawn
    assert "Toen, 2 juni" in drawn


def test_a_side_that_was_left_empty_stays_a_hole() -> None:
    drawn = web(now=(5, None, 7, None, 3, 6))
    assert drawn.count('class="p-dot"') == 4
    assert "leeg" in drawn
    assert "Z" not in re.findall(r'd="([^"]*)" class="p-now"', drawn)[-1]


def test_an_empty_web_can_be_drawn_and_says_so() -> None:
    drawn = web(now=(None,) * 6)
    assert drawn.count("leeg") == 6


def test_many_sides_are_left_to_the_table() -> None:
    assert web(sides=tuple(map(str, range(13))), now=(1,) * 13) == ""


@pytest.mark.parametrize(
    "how", [{"now": (5, 6)}, {"now": (11, 6, 7, 5, 3, 6)}, {"now": (-1, 6, 7, 5, 3, 6)}, {"sides": ("een",)}]
)
def test_what_cannot_be_drawn_is_refused(how: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="web"):
        web(**how)


def test_words_of_a_person_are_escaped() -> None:
    assert "<b>" not in web(title="<b>", now_label="<b>")


def test_nothing_is_added_up_or_judged() -> None:
    drawn = web(was=(4, 3, 6, 4, 4, 4), was_label="Toen")
    assert not re.search(r"gemiddeld|totaal|score|warm|alarm|f-ok", drawn)
    assert "32" not in re.sub(r'="[^"]*"', "", drawn)
