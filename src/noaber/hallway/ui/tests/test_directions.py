"""A page from right to left is the mirror image: no stylesheet says left or right."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from noaber.hallway.ui import contrast, pictograms
from noaber.hallway.ui.formatting import clock_time, counted, long_date, moment, number, phone, relative_day

SHEETS = sorted(p for p in contrast.TOKENS.parent.glob("*.css") if p.name != "paper.css")
"""All but the sheets of paper: a letter behind a window keeps its sides in every language."""
SIDES = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|text-align:\s*(?:left|right)|"
    r"float:\s*(?:left|right)|(?<![-\w])(?:inset|padding|margin):(?:\s+[^\s;}]+){4}"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_stylesheet_says_left_or_right(sheet) -> None:  # type: ignore[no-untyped-def]
    css = re.sub(r'\[dir="rtl"\][^}]*\}', "", sheet.read_text("utf-8"))
    uneven = [hit for hit in SIDES.findall(css) if not _is_even(hit)]
    assert not uneven


def _is_even(rule: str) -> bool:
    """Four sides of which left and right are equal."""
    sides = rule.partition(":")[2].split()
    return len(sides) > 3 and sides[1] == sides[3]


DAY = date(2027, 3, 4)
NOON = datetime(2027, 3, 4, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "day", "large"),
    [
        ("nl", "donderdag 4 maart", "1.446,5"),
        ("nl-x-easy", "donderdag 4 maart", "1.446,5"),
        ("en", "Thursday 4 March", "1,446.5"),
        ("tr", "4 Mart Perşembe", "1.446,5"),
        ("ar", "الخميس 4 مارس", "1,446.5"),
        ("pl", "4 marca (czwartek)", "1\u00a0446,5"),
        ("uk", "4 березня (четвер)", "1\u00a0446,5"),
    ],
)
def test_days_and_numbers_read_as_the_language_writes_them(code: str, day: str, large: str) -> None:

    with override(code):
        assert long_date(DAY) == day
        assert number(1446.5, 1) == large
        assert "14" in clock_time(NOON)
        assert "14" in moment(NOON)
        assert relative_day(DAY, DAY)
        assert "3" in counted(3, "dag", "dagen")


def test_a_phone_number_keeps_its_order_between_arabic_words() -> None:

    with override("ar"):
        assert phone("0546000530") == "\u20660546\u00a000\u00a005\u00a030\u2069"
        assert phone("") == ""
    with override("tr"):
        assert phone("0546000530") == "0546\u00a000\u00a005\u00a030"


def test_pictures_stand_in_easy_dutch_alone_and_say_nothing_aloud() -> None:

    assert len(pictograms.DRAWN) >= 20
    with override("nl"):
        assert pictograms.pictogram("phone") == ""
    with override("nl-x-easy"):
        for name in pictograms.DRAWN:
            assert 'aria-hidden="true"' in pictograms.pictogram(name)
        assert pictograms.pictogram("nergens") == ""
    assert set(pictograms.OF_MENU.values()) <= set(pictograms.DRAWN)
