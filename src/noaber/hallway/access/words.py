"""What a role is called on screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.hallway.access.types import Kind, Role

ROLE_WORDS = {
    Role.REFERRER: _("verwijzer"),
    Role.GUIDE: _("gespreksvoerder"),
    Role.PLANNER: _("planner"),
    Role.PROGRAMME_MANAGER: _("programmamanager"),
    Role.PRIVACY_OFFICER: _("privacyfunctionaris"),
    Role.ORGANISATION_ADMIN: _("beheerder van de organisatie"),
    Role.OPERATOR: _("technisch beheerder"),
    Role.HOST: _("gastvrouw of gastheer"),
    Role.KWARTIERMAKER: _("kwartiermaker"),
    Role.EDITOR: _("redacteur van de sociale kaart"),
    Role.GROUP_LEADER: _("groepsbegeleider"),
    Role.GROUP_ORGANISER: _("organisator van groepen"),
}
KIND_WORDS = {
    str(Kind.RESIDENT): _("inwoner"),
    str(Kind.RELATIVE): _("uw naaste"),
    str(Kind.SYSTEM): _("het programma zelf"),
    str(Kind.ANONYMOUS): _("iemand die niet was ingelogd"),
    "none": _("geen rol"),
    "together": _("samen met u"),
}


def roles_in_log(codes: str) -> str:
    """'gespreksvoerder, planner' for the 'guide+planner' that the log keeps."""
    known = {str(role): word for role, word in ROLE_WORDS.items()} | KIND_WORDS
    return ", ".join(str(known.get(code, code)) for code in codes.split("+") if code)
