"""What every template must keep to."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = sorted((Path(__file__).parents[2] / "src").rglob("templates/**/*.html"))


def test_a_link_that_rings_is_written_by_the_filter_alone() -> None:
    """`|tel` gives the whole address; with 'tel:' before it the telephone rings nobody."""
    assert len(TEMPLATES) > 100
    wrong = [path.name for path in TEMPLATES if "tel:{{" in path.read_text().replace(" ", "")]
    assert wrong == []
