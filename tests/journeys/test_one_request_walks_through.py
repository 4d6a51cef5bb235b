"""One request for help walks through the house, in a real browser, from the GP to a counted result."""

from __future__ import annotations

import pytest
from tests.journeys import walk
from tests.journeys.conftest import Visit
from tests.journeys.house import HELD_AT, REFERRED_AT, House
from tests.journeys.visitor import DESK, PHONE


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
    how = {"viewport": viewport, "scripts": scripts}
    with visiting(HELD_AT, **how) as joris:
        joris.enters_as("Joris Veen")
        before = walk.counted(joris, "11")

    with visiting(REFERRED_AT, **how) as noor, visiting(REFERRED_AT, viewport=PHONE, scripts=scripts) as she:
        noor.enters_as("Noor de Wit")
        sent = walk.refers(noor, name, email="inwoner@voorbeeld.example")
        walk.opens_own_page(she, sent)
        she.sees("Dit kan deze week al", "Wie keek mee")
        with visiting(REFERRED_AT, **how) as ilse:
            ilse.enters_as("Ilse Kamp")
            booked = walk.books_first(ilse, sent.number)
        guide = booked.people[0]
        house.open_demo_door(guide)
        with visiting(REFERRED_AT, **how) as holder:
            holder.enters_as(guide)
            path = walk.prepares(holder, name)
            holder.moves_to(HELD_AT)
            walk.records(holder, path)
            walk.writes_report(holder)
        noor.moves_to(HELD_AT)
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.sees("Er is geen brief voor u")
        she.moves_to(HELD_AT)
        walk.decides(she, walk.MAY_READ)
        noor.go(f"/mijn-verwijzingen/{sent.referral_id}/")
        noor.sees(walk.REPORT)

    with visiting(HELD_AT, **how) as joris:
        joris.enters_as("Joris Veen")
        assert walk.counted(joris, "11") == before + 1
