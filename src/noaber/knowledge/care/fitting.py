"""Reads which areas of life fit a diagnosis group."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.care.tables import FOLDER, BrokenCare
from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import Report, Taking, read_source
from noaber.knowledge.reading.shapes import Items, Lookup, MomentText, Record, Words

SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
        "dated": MomentText(exact=True),
        "fits": Lookup(
            Items(Words(form=r"[a-z_]+", form_advice="Gebruik een code van offer_terms."), least=1)
        ),
    }
)


@cache
def fitting_terms(folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """Per diagnosis group the codes of `offer_terms` that fit, the closest first. Raises `BrokenCare`."""
    report = Report("fitting.yaml")
    node = read_source(folder / "fitting.yaml", report)
    if node is not None:
        SHAPE.check(node, "", report)
    if node is None or report.count:
        raise BrokenCare("; ".join(str(problem) for problem in report.problems))
    return MappingProxyType({code: tuple(terms) for code, terms in Taking(node).tree("fits").items()})
