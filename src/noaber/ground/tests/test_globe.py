"""Distance over the globe."""

from __future__ import annotations

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.globe import EARTH_KM, km_between

LATITUDE, LONGITUDE = st.floats(-90, 90), st.floats(-180, 180)


def test_almelo_to_enschede_is_some_twenty_kilometres() -> None:
    assert km_between(52.357, 6.662, 52.221, 6.894) == pytest.approx(21.8, abs=0.3)


def test_half_the_globe_is_the_longest_way() -> None:
    assert km_between(0, 0, 0, 180) == pytest.approx(pi * EARTH_KM)
    assert km_between(90, 0, -90, 12) == pytest.approx(pi * EARTH_KM)


@given(LATITUDE, LONGITUDE, LATITUDE, LONGITUDE)
def test_there_is_as_far_as_back(a: float, b: float, c: float, d: float) -> None:
    assert km_between(a, b, c, d) == pytest.approx(km_between(c, d, a, b), abs=1e-9)
    assert 0 <= km_between(a, b, c, d) <= pi * EARTH_KM + 1e-6
    assert km_between(a, b, a, b) == 0
