"""places.yaml: towns, villages and neighbourhoods, to find what is near. A region may do without."""

from __future__ import annotations

from noaber.knowledge.reading.shapes import Items, MomentText, Number, Record, Words
from noaber.knowledge.regions.shapes.common import CERTAINTY, SLUG, TEXT

PLACES = Record(
    required={
        "source": TEXT,
        "certainty": CERTAINTY,
        "dated": MomentText(exact=True),
        "places": Items(
            Record(
                required={
                    "name": TEXT,
                    "municipality": SLUG,
                    "latitude": Number(50.7, 53.7),
                    "longitude": Number(3.2, 7.3),
                    "postcodes": Items(
                        Words(
                            what="de vier cijfers van een postcode",
                            form=r"[1-9][0-9]{3}",
                            form_advice="Zet vier cijfers tussen aanhalingstekens.",
                        )
                    ),
                }
            ),
            least=1,
        ),
    },
)
