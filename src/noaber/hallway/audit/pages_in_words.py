"""What a refused page is called for the privacy officer, by the room that the page belongs to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROOMS = {
    "accounts": _("een aanmelding"),
    "audit": _("inzage in het logboek"),
    "companions": _("samen aanmelden"),
    "consents": _("toestemming van een inwoner"),
    "conversations": _("een gesprek of het planbord"),
    "evaluations": _("een terugblik"),
    "holdings": _("gegevens van een inwoner"),
    "kpis": _("de KPI's"),
    "partners": _("de mensen van een organisatie"),
    "post": _("de stand van zaken"),
    "programme": _("het programma"),
    "referrals": _("een verwijzing"),
    "relatives": _("de pagina van een naaste"),
    "resident": _("de eigen pagina van een inwoner"),
    "residents": _("de eigen pagina van een inwoner"),
}


def in_words(page: str) -> str:
    """The room of a page such as 'conversations:case' in words; the name itself when nobody gave it words."""
    return str(ROOMS.get(page.partition(":")[0], page))
