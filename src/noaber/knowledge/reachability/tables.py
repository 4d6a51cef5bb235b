"""Reads how far is near enough and how inhabitants are spread, by the day from which that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.shapes import Items, Lookup, MomentText, Number, Record, Whole, Words

TABLE = Path(__file__).with_name("reachability.yaml")


class BrokenReachability(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to travel: metres of road per metre of the crow, and about how fast."""

    code: str
    label: str
    detour: float
    km_per_hour: float
    why: str


@dataclass(frozen=True, slots=True)
class Reachability:
    """What holds on a day. Weights say how inhabitants are spread over the places of a municipality."""

    evening_from: time
    usual_mode: str
    usual_km: int
    km_offered: tuple[int, ...]
    modes: Mapping[str, Mode]
    per_postcode: float
    per_postcode_of_town: float
    without_postcode: float
    why_so_spread: str
    certainty: str
    reference: str


_CODE = Words(form=r"[a-z]{2,20}", form_advice="Gebruik kleine letters.")
_WEIGHT = Number(least=0.01, most=10)
SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
        "dated": MomentText(exact=True),
        "periods": Lookup(
            Record(
                required={
                    "evening_from": Words(form=r"([01]\d|2[0-3]):[0-5]\d", form_advice="Schrijf uu:mm."),
                    "usual_mode": _CODE,
                    "usual_km": Whole(least=1, most=100),
                    "km_offered": Items(Whole(least=1, most=100), least=1),
                    "modes": Items(
                        Record(
                            required={
                                "code": _CODE,
                                "label": Words(),
                                "detour": Number(least=1, most=10),
                                "km_per_hour": Number(least=1, most=200),
                                "why": Words(),
                            }
                        ),
                        least=1,
                    ),
                    "people": Record(
                        required={
                            "per_postcode": _WEIGHT,
                            "per_postcode_of_town": _WEIGHT,
                            "without_postcode": _WEIGHT,
                            "why": Words(),
                        }
                    ),
                }
            ),
            key_form=r"\d{4}-\d{2}-\d{2}",
            key_what="een datum als 2026-03-31",
        ),
    }
)


def check_reachability() -> tuple[FileProblem, ...]:
    """Every mistake in the table, line by line; empty when it can be used."""
    return tuple(_read()[1].problems)


def reachability_on(day: date) -> Reachability:
    """What holds on a day; before the first period the first."""
    found = _periods()
    return found[max((since for since in found if since <= day), default=min(found))]


@cache
def _periods() -> Mapping[date, Reachability]:
    table, report = _read()
    if table is None:
        raise BrokenReachability("; ".join(str(problem) for problem in report.problems))
    head = (table.text("certainty"), table.text("reference"))
    periods = table.map("periods")
    return MappingProxyType(
        {
            date.fromisoformat(since): _period(periods.map(since), *head)
            for since in tuple(periods.remaining())
        }
    )


def _period(one: Taking, certainty: str, reference: str) -> Reachability:
    people = one.map("people")
    return Reachability(
        evening_from=time.fromisoformat(one.text("evening_from")),
        usual_mode=one.text("usual_mode"),
        usual_km=one.whole("usual_km"),
        km_offered=tuple(int(km) for km in one.tree("km_offered")),
        modes=MappingProxyType({mode.code: mode for mode in map(_mode, one.maps("modes"))}),
        per_postcode=people.maybe_float("per_postcode") or 1.0,
        per_postcode_of_town=people.maybe_float("per_postcode_of_town") or 1.0,
        without_postcode=people.maybe_float("without_postcode") or 1.0,
        why_so_spread=people.text("why"),
        certainty=certainty,
        reference=reference,
    )


def _mode(one: Taking) -> Mode:
    return Mode(
        code=one.text("code"),
        label=one.text("label"),
        detour=one.maybe_float("detour") or 1.0,
        km_per_hour=one.maybe_float("km_per_hour") or 1.0,
        why=one.text("why"),
    )


def _read() -> tuple[Taking | None, Report]:
    report = Report(TABLE.name)
    node = read_source(TABLE, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report
