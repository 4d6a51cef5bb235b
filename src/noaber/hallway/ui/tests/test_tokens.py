"""The colours of the house, measured from the file that the pages use."""

import re

import pytest

from noaber.hallway.ui import contrast


@pytest.mark.parametrize("pair", contrast.measured(), ids=lambda pair: f"{pair.front} on {pair.back}")
def test_each_pair_of_colours_reads_well_in_light_and_dark(pair: contrast.Pair) -> None:
    assert pair.light >= pair.least
    assert pair.dark >= pair.least


def test_black_on_white_measures_twenty_one() -> None:
    assert contrast.ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast.ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_light_and_dark_hold_the_same_tokens() -> None:
    assert set(contrast.colours("light")) == set(contrast.colours("dark"))


def test_the_dark_of_the_system_is_the_dark_of_choice() -> None:
    css = contrast.TOKENS.read_text("utf-8")
    chosen = re.search(contrast.THEMES["dark"], css, re.DOTALL)
    system = re.search(r"prefers-color-scheme: dark\) \{\s*:root[^{]*\{(.*?)\n  \}", css, re.DOTALL)
    assert chosen is not None
    assert system is not None
    assert chosen.group(1).split() == system.group(1).split()


def test_no_stylesheet_asks_another_server_or_uses_a_colour_outside_the_tokens() -> None:
    for path in contrast.TOKENS.parent.glob("*.css"):
        css = path.read_text("utf-8")
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", css), path.name
        if path.name != "tokens.css":
            outside = re.sub(r"@media print \{.*", "", css, flags=re.DOTALL)
            assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?=\s*[;,)])", outside), path.name


def test_each_class_that_pictures_use_has_a_style() -> None:
    styles = "".join(path.read_text("utf-8") for path in contrast.TOKENS.parent.glob("*.css"))
    for name in (
        "p-now",
        "p-next",
        "p-was",
        "p-norm",
        "p-goal",
        "p-band",
        "t-halo",
        "strip-today",
        "money-hatch",
    ):
        assert f".{name}" in styles
