"""One request for help walks through the house, in a real browser, from the GP to a counted result."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.journeys import walk
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE

KPI = "11"
COUNTED = """
    SELECT count(*) FROM conversations_conversation c
    JOIN conversations_outcome o ON o.conversation_id = c.id
    JOIN partners_region r ON r.id = c.region_id
    WHERE r.slug = 'twente' AND c.state = 'held' AND c.number = 1
      AND extract(year FROM c.held_at AT TIME ZONE 'Europe/Amsterdam') = 2027
"""
"""KPI 11 counted by hand, from its definition in the plan; this world has no second conversation in 2027."""


@pytest.mark.parametrize(
    ("name", "viewport", "scripts"),
    [
        pytest.param("Willemijn Terpstra", DESK, True, id="on a desk"),
        pytest.param("Aaltje Roskam", PHONE, True, id="on a phone"),
        pytest.param("Geesje Lubbers", DESK, False, id="without JavaScript"),
    ],
)
def test_from_the_gp_to_a_counted_result(
    visiting: Visit, house: House, name: str, viewport: dict[str, int], scripts: bool
) -> None:
    """Refer, look, book, talk, write, read first, agree, read the letter, count."""
    how: dict[str, Any] = {"viewport": viewport, "scripts": scripts}
    with visiting(HELD_AT, **how) as joris:
        joris.enters_as("Joris Veen")
        before = walk.counted(joris, KPI)

    with visiting(REFERRED_AT, **how) as noor, visiting(REFERRED_AT, viewport=PHONE, scripts=scripts) as she:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, name, email="inwoner@voorbeeld.example")
        walk.opens_own_page(she, sent)
        walk.chooses_for_this_week(she)
        with visiting(REFERRED_AT, **how) as ilse:
            ilse.enters_as("Ilse Kamp")
            booked = walk.books_first(ilse, sent.number)
        she.go("/mijn/vraag/")
        she.sees(booked.when, "Kunt u dan niet?")
        _everybody_was_invited(house, booked)
        _is_held_and_written(visiting, house, how, booked, name)
        noor.moves_to(HELD_AT)
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.does_not_see(walk.REPORT)
        noor.sees("Er is geen brief voor u")
        she.moves_to(HELD_AT)
        walk.decides(she, walk.MAY_READ)
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.sees("Brief over het gesprek", walk.REPORT)
        noor.keep("brief")
        she.go("/mijn/wie-keek-mee/")
        she.sees("Noor de Wit", "Ilse Kamp", booked.people[0])

    with visiting(HELD_AT, **how) as joris:
        joris.enters_as("Joris Veen")
        assert walk.counted(joris, KPI) == before + 1
        shown = walk.shown_evidence(joris, KPI)
        joris.does_not_see(name)
    assert len(shown) == len(set(shown)) == before + 1
    assert house.number(COUNTED) == before + 1


def _everybody_was_invited(house: House, booked: walk.Booked) -> None:
    (conversation,) = house.rows(
        "SELECT id::text AS id FROM conversations_conversation WHERE help_request_id = %s",
        booked.help_request_id,
    )
    entries = house.invitations(conversation["id"], method="REQUEST", sequence=0, rows=len(booked.people) + 1)
    for entry in entries:
        assert "SUMMARY:Afspraak" in entry
        assert entry.count("ATTENDEE") == 1


def _is_held_and_written(
    visiting: Visit, house: House, how: dict[str, Any], booked: walk.Booked, name: str
) -> None:
    guide = booked.people[0]
    house.open_demo_door(guide)
    with visiting(REFERRED_AT, **how) as holder:
        holder.enters_as(guide)
        path = walk.prepares(holder, name)
        holder.moves_to(HELD_AT)
        walk.records(holder, path)
        walk.writes_report(holder)


def test_the_command_line_and_the_page_say_the_same(visiting: Visit, house: House) -> None:
    """KPIs 9 to 14 on their pages, from ./noaber metrics, and KPI 11 counted by hand."""
    told = json.loads(house.command("metrics", "--region", "twente", "--json"))
    by_number = {kpi["number"]: kpi for kpi in told["kpis"]}
    assert by_number[KPI]["value"] == house.number(COUNTED)
    with visiting(HELD_AT) as joris:
        joris.enters_as("Joris Veen")
        for number in ("9", "10", "11", "12", "13", "14"):
            kpi = by_number[number]
            assert kpi["definition"]
            assert kpi["n"] == len(walk.shown_evidence(joris, number))
            if kpi["numerator"] is None:
                assert kpi["value"] == walk.counted(joris, number)
            else:
                joris.go(f"/regio/twente/kpis/{number}/")
                joris.sees(f"{kpi['numerator']} van {kpi['n']} gesprekken")
