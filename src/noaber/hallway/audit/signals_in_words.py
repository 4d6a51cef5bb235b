"""What a signal says to the privacy officer, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(signal: Mapping[str, Any]) -> str:
    """The sentence for one signal as it is kept in the queue."""
    count, more = int(signal["count"]), str(signal["more"])
    words = {
        "acquaintance": _("De inwoner gaf aan deze collega te kennen."),
        "surname": _("Heeft dezelfde achternaam als de inwoner, en weinig anderen hebben die."),
        "street": _("Woont in dezelfde straat als de inwoner."),
        "colleague": _("De inwoner heet als iemand die bij dezelfde organisatie werkt."),
        "returns": _("Keek op drie of meer dagen bij dezelfde inwoner."),
        "no_task": _without_task(count, more),
        "night": ngettext(
            "Keek %(n)s nacht tussen 22 en 6 uur, buiten de eigen werktijd.",
            "Keek %(n)s nachten tussen 22 en 6 uur, buiten de eigen werktijd.",
            count,
        ),
        "weekend": ngettext(
            "Keek %(n)s dag in het weekend, buiten de eigen werktijd.",
            "Keek %(n)s dagen in het weekend, buiten de eigen werktijd.",
            count,
        ),
        "many_above": _("Opende %(n)s dossiers op één dag. Gewoonlijk zijn het er %(usual)s."),
        "many": _("Opende %(n)s dossiers op één dag, ook zonder werk daarin."),
        "denied": ngettext(
            "Vroeg %(n)s keer een pagina die er niet is of niet mag.",
            "Vroeg %(n)s keer een pagina die er niet is of niet mag.",
            count,
        ),
    }
    if signal["code"] == "surname" and int(signal["weight"]) <= COMMON_SURNAME:
        return _("Heeft dezelfde achternaam als een inwoner. Die naam komt vaak voor, of er was werk.")
    return words[signal["code"]] % {"n": count, "usual": more}


COMMON_SURNAME = 2


def _without_task(count: int, more: str) -> str:
    if more == "past":
        return ngettext(
            "Had geen werk meer met %(n)s inwoner: dat was voorbij.",
            "Had geen werk meer met %(n)s inwoners: dat was voorbij.",
            count,
        )
    if more == "closed":
        return ngettext(
            "Keek bij %(n)s inwoner van wie de vraag al meer dan 30 dagen dicht was.",
            "Keek bij %(n)s inwoners van wie de vraag al meer dan 30 dagen dicht was.",
            count,
        )
    return ngettext("Had geen werk met %(n)s inwoner.", "Had geen werk met %(n)s inwoners.", count)
