"""Pictures: what they say, what they refuse, and that no text becomes markup."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.hallway.ui import charts, svg
from noaber.hallway.ui.types import (
    Bar,
    BarList,
    Chart,
    DayStrip,
    ForecastPoint,
    LinePlot,
    MoneyBar,
    MoneyPart,
    Sparkline,
)

ATTACK = "<script>alert(1)</script>\"'&<b onmouseover=x>"
MONDAY = date(2026, 11, 16)
MONTHS = ("jan", "feb", "mrt", "apr")


def plot(**more: object) -> LinePlot:
    standard: dict[str, object] = {"title": "Het gaat vooruit", "unit": "gesprekken", "periods": MONTHS}
    return LinePlot(**{**standard, **more})  # type: ignore[arg-type]


def svgs(html: str) -> list[ElementTree.Element]:
    """Every picture in the answer, read as strict XML."""
    found = re.findall(r"<svg.*?</svg>(?!\s*<rect|</svg>)", html, re.DOTALL)
    return [ElementTree.fromstring(text) for text in found]  # noqa: S314  # our own output


@pytest.mark.parametrize(
    "spec",
    [
        plot(
            title=ATTACK,
            unit=ATTACK,
            periods=(ATTACK, "b"),
            counted=(1,),
            forecast=(ForecastPoint(2, 1, 3),),
            plan=(1, 2),
            plan_label=ATTACK,
            target=3,
            target_label=ATTACK,
            lower=1,
            lower_label=ATTACK,
            upper=4,
            upper_label=ATTACK,
            counted_until=ATTACK,
            caption=ATTACK,
        ),
        BarList(
            title=ATTACK,
            label_head=ATTACK,
            unit=ATTACK,
            bars=(Bar(ATTACK, 1, url='x" onclick="y', note=ATTACK),),
            norm=1,
            norm_label=ATTACK,
            total=1,
            total_label=ATTACK,
        ),
        Sparkline(ATTACK, (1, 2), unit=ATTACK),
        MoneyBar((MoneyPart(ATTACK, 1), MoneyPart("b", 2))),
    ],
    ids=lambda spec: type(spec).__name__,
)
def test_no_text_becomes_markup(spec: Chart) -> None:
    html = charts.draw(spec)
    assert "<script" not in html
    assert "<b " not in html
    assert 'onclick="' not in html
    assert "&lt;script&gt;" in html


def test_a_picture_needs_no_inline_style_or_id() -> None:
    html = charts.draw(plot(counted=(1, 2), target=3)) + charts.draw(DayStrip(start=MONDAY, today=MONDAY))
    assert "style=" not in html
    assert " id=" not in html


def test_a_plot_tells_its_finding_and_its_numbers_in_words() -> None:
    html = charts.draw(plot(counted=(31, 71), forecast=(ForecastPoint(95, 90, 100),), target=120, lower=100))
    wide, narrow = svgs(html)
    for picture in (wide, narrow):
        assert picture[0].text == "Het gaat vooruit"
        assert picture[1].text == (
            "Geteld: 71 gesprekken, tot en met feb. Verwacht: 95, tussen 90 en 100. "
            "Doel: 120. Ondergrens: 100."
        )
        assert picture.get("role") == "img"
    assert "only-wide" in str(wide.get("class"))
    assert "only-narrow" in str(narrow.get("class"))


def test_the_table_beside_a_plot_holds_the_same_numbers() -> None:
    forecast = (ForecastPoint(95, 90, 100),)
    html = charts.draw(plot(counted=(31, 71), forecast=forecast, plan=(30, 60, 90, 120)))
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", html)
    plain = [re.sub(r"<[^>]+>", " ", row).split() for row in rows]
    assert plain[0] == ["jan", "31", "31", "30", "geteld"]
    assert plain[1] == ["feb", "40", "71", "60", "geteld"]
    assert plain[2] == ["mrt", "24", "95", "90", "verwacht,", "90", "tot", "100"]
    assert plain[3] == ["apr", "–", "–", "120", "nog", "niet"]


def test_an_empty_plot_says_so_and_keeps_its_target() -> None:
    html = charts.draw(plot(target=723))
    assert "Nog niets geteld" in html
    assert "Doel 723" in html
    assert "<table" not in html


def test_one_point_is_a_line_from_zero_and_a_dot() -> None:
    html = charts.draw(plot(counted=(31,)))
    assert html.count('class="p-now"') == 2
    assert "31 geteld" in html
    assert 'class="p-now"' not in charts.draw(plot(counted=(31,), cumulative=False))


def test_a_share_is_read_as_a_percentage() -> None:
    html = charts.draw(plot(counted=(0.81, 0.795), upper=0.78, percent=True, cumulative=False))
    assert "79,5% geteld" in html
    assert "Bovengrens 78%" in html
    assert "100%" in html


def test_a_plot_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="4 counted and 1 expected"):
        charts.draw(plot(counted=(1, 2, 3, 4), forecast=(ForecastPoint(5, 4, 6),)))
    with pytest.raises(ValueError, match="5 planned"):
        charts.draw(plot(plan=(1, 2, 3, 4, 5)))
    with pytest.raises(ValueError, match="finite"):
        charts.draw(plot(counted=(float("nan"),)))
    with pytest.raises(ValueError, match="below zero"):
        charts.draw(plot(counted=(-1,)))


@given(
    counted=st.lists(st.floats(0, 1e12), max_size=4),
    target=st.none() | st.floats(0, 1e12),
    lower=st.none() | st.floats(0, 1e12),
)
def test_every_point_of_a_plot_lies_inside_its_picture(
    counted: list[float], target: float | None, lower: float | None
) -> None:
    for picture in svgs(charts.draw(plot(counted=tuple(counted), target=target, lower=lower))):
        _x, _y, width, height = map(float, str(picture.get("viewBox")).split())
        for shape in picture.iter("path"):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", str(shape.get("d")))]
            assert all(0 <= x <= width for x in numbers[0::2])
            assert all(0 <= y <= height for y in numbers[1::2])


@given(st.floats(1e-6, 1e15))
def test_grid_lines_are_few_and_reach_the_largest_value(largest: float) -> None:
    step = svg.nice_step(largest, whole=False)
    assert 1 <= largest / step <= 4.1


def test_grid_lines_of_counts_are_whole() -> None:
    assert svg.nice_step(0) == 1
    assert svg.nice_step(2) == 1
    assert svg.nice_step(723) == 200


# --- the strip of days ---------------------------------------------------------------------------


def strip(day: int, **more: object) -> str:
    spec = DayStrip(start=MONDAY, today=MONDAY + timedelta(days=day), **more)  # type: ignore[arg-type]
    return str(charts.draw(spec))


def said(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found.group(1)


def test_a_strip_has_fourteen_boxes_of_which_four_are_low() -> None:
    html = strip(0)
    assert html.count('height="20"') + html.count('height="10"') == 14
    assert html.count('height="10"') == 4


def test_a_holiday_is_low_too() -> None:
    assert strip(0, closed=frozenset({date(2026, 11, 18)})).count('height="10"') == 5


def test_a_strip_speaks_in_one_sentence() -> None:
    assert said(strip(3)) == "Dag 3 van 14, nog geen datum. Uiterste dag is ma 30 nov."
    assert said(strip(5, proposal=date(2026, 11, 25))) == (
        "Dag 5 van 14, voorstel op dag 9, wo 25 nov. Uiterste dag is ma 30 nov."
    )
    assert said(strip(7, booked=date(2026, 11, 26), proposal=date(2026, 11, 25))) == (
        "Dag 7 van 14, gesprek vast op dag 10, do 26 nov. Uiterste dag is ma 30 nov."
    )
    assert "gesprek gevoerd op dag 10" in said(strip(12, held=date(2026, 11, 26)))


def test_a_late_request_is_told_and_shown() -> None:
    html = strip(17)
    assert "Uiterste dag was ma 30 nov: 3\u00a0dagen te laat." in said(html)
    assert 'class="t-b t-alarm"' in html
    assert "strip-today" not in html


def test_a_conversation_that_was_held_is_no_longer_late() -> None:
    assert "te laat" not in strip(17, held=date(2026, 11, 26))


def test_days_that_the_resident_asked_for_move_the_deadline() -> None:
    html = strip(3, postponed=frozenset({date(2026, 11, 20), date(2026, 11, 23)}))
    assert said(html).startswith("Dag 3 van 16")
    assert html.count("strip-postponed") == 2


@pytest.mark.parametrize("day", range(15))
def test_the_words_under_a_strip_never_overlap(day: int) -> None:
    today, end = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)</text>', strip(day))
    half = svg.width_of(today[1], 13) / 2
    assert float(today[0]) + half < float(end[0]) - svg.width_of(end[1], 13)
    assert float(today[0]) - half >= -0.1


def test_a_strip_needs_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        strip(0, days=0)


# --- bars, small lines, money --------------------------------------------------------------------


def test_a_bar_that_is_hidden_or_unknown_is_a_dash_with_its_reason() -> None:
    bars = (Bar("Almelo", 128), Bar("Losser", 0), Bar("Tubbergen", None, note="minder dan 5"))
    html = charts.draw(BarList(title="t", label_head="Gemeente", unit="Gesprekken", bars=bars))
    assert html.count("<rect") == 1
    assert '<td class="r">0</td>' in html
    assert '<td class="r">–</td>' in html
    assert "minder dan 5" in html


def test_no_bars_is_a_sentence() -> None:
    assert "Nog niets" in charts.draw(BarList(title="t", label_head="a", unit="b", bars=()))


def test_only_zeros_draw_no_bar() -> None:
    html = charts.draw(BarList(title="t", label_head="a", unit="b", bars=(Bar("x", 0),)))
    assert "<rect" not in html


def test_a_small_line_keeps_its_gaps() -> None:
    html = charts.draw(Sparkline("Per maand", (1, 2, None, 3, 4)))
    assert html.count("p-now") == 2
    assert said(html) == "Per maand: van 1 naar 4"
    assert "nog geen reeks" in charts.draw(Sparkline("Per maand", (None,)))
    assert "<circle" in charts.draw(Sparkline("Per maand", (5,)))


def test_money_says_its_amounts_and_patterns() -> None:
    html = charts.draw(MoneyBar((MoneyPart("IZA", 127), MoneyPart("SPUK", 150))))
    assert said(html) == "IZA €\u00a0127.000, SPUK €\u00a0150.000"
    assert "gestreept" in html


def test_money_refuses_a_fourth_colour_and_a_negative_amount() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        charts.draw(MoneyBar(tuple(MoneyPart(str(i), 1) for i in range(4))))
    with pytest.raises(ValueError, match="below zero"):
        charts.draw(MoneyBar((MoneyPart("IZA", -1),)))
    assert "nog niet bekend" in charts.draw(MoneyBar((MoneyPart("IZA", 0),)))
