"""Pure decisions about minutes and the title under which they are put."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from noaber.ground.errors import Invalid
from noaber.knowledge.funding import NEVER_FOR_GGZ, FundingTitle, load_titles, titles_for

GGZ = "ggz"
MOST_MINUTES = 480


def usual_title(group: str, on: date, usual: Mapping[str, str]) -> FundingTitle:
    """The title under which time of this group is put unless somebody chooses another."""
    wanted = load_titles().get(usual.get(group, ""))
    if wanted is not None and wanted.holds(group, on):
        return wanted
    return titles_for(group, on)[0]


def check_title(group: str, code: str, on: date) -> FundingTitle:
    """The title, when time of this group on this day may be put under it; otherwise why not."""
    title = load_titles().get(code)
    if title is None:
        raise _refused("Deze titel kennen wij niet.", "Kies een titel van de lijst.")
    if group == GGZ and title.payer in NEVER_FOR_GGZ:
        raise _refused(
            "Het ggz-deel van een gesprek valt onder de Zvw en gaat nooit mee met IZA of SPUK.",
            "Kies een Zvw-titel. Zo betaalt niemand dubbel.",
        )
    if not title.holds(group, on):
        raise _refused("Deze titel geldt niet voor deze persoon op deze dag.", "Kies een andere titel.")
    return title


def check_minutes(minutes: int) -> int:
    """Nought (was not there) up to a whole day."""
    if not 0 <= minutes <= MOST_MINUTES:
        raise Invalid(
            "minutes_out_of_range",
            happened=f"Het aantal minuten kan 0 tot {MOST_MINUTES} zijn.",
            now_what="Vul in hoe lang deze persoon erbij was. 0 betekent: was er niet.",
            fields={"minutes": f"Vul een getal van 0 tot {MOST_MINUTES} in."},
        )
    return minutes


def _refused(why: str, now_what: str) -> Invalid:
    return Invalid(
        "title_does_not_fit",
        happened="Deze tijd kan niet onder deze titel.",
        why=why,
        now_what=now_what,
        fields={"title": why},
    )
