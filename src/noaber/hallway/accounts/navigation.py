"""The first page and the menu of each role."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.access.words import ROLE_WORDS
from noaber.hallway.ui.types import NavItem

ORDER = (
    Role.PLANNER,
    Role.GUIDE,
    Role.REFERRER,
    Role.HOST,
    Role.KWARTIERMAKER,
    Role.EDITOR,
    Role.GROUP_ORGANISER,
    Role.GROUP_LEADER,
    Role.PROGRAMME_MANAGER,
    Role.PRIVACY_OFFICER,
    Role.ORGANISATION_ADMIN,
    Role.OPERATOR,
)
"""Whose first page counts for someone with more than one role."""

JOURNEY = (
    Role.REFERRER,
    Role.HOST,
    Role.PLANNER,
    Role.GUIDE,
    Role.KWARTIERMAKER,
    Role.EDITOR,
    Role.GROUP_ORGANISER,
    Role.GROUP_LEADER,
    Role.PROGRAMME_MANAGER,
    Role.PRIVACY_OFFICER,
    Role.ORGANISATION_ADMIN,
    Role.OPERATOR,
)
"""The order in which a request for help meets people."""

DOES = {
    Role.REFERRER: gettext_lazy("Verwijst, en leest hoe het verder ging."),
    Role.PLANNER: gettext_lazy("Ziet wie wacht en plant het gesprek."),
    Role.GUIDE: gettext_lazy("Bereidt het gesprek voor, voert het en schrijft het verslag."),
    Role.PROGRAMME_MANAGER: gettext_lazy("Ziet of de regio doet wat is afgesproken."),
    Role.PRIVACY_OFFICER: gettext_lazy("Ziet wie wat las, en waarom."),
    Role.ORGANISATION_ADMIN: gettext_lazy("Nodigt collega's uit en beëindigt een rol."),
    Role.OPERATOR: gettext_lazy("Ziet of alles draait."),
    Role.HOST: gettext_lazy("Doet elke stap samen met een inwoner die dat wil."),
    Role.KWARTIERMAKER: gettext_lazy("Maakt een wijk gastvrij: wie er is, wat er speelt, wat er mist."),
    Role.EDITOR: gettext_lazy("Houdt de sociale kaart waar, leesbaar en vindbaar."),
    Role.GROUP_LEADER: gettext_lazy("Begeleidt een groep en houdt bij wie er is."),
    Role.GROUP_ORGANISER: gettext_lazy("Brengt mensen van meer lijsten in één groep bij elkaar."),
}
RESIDENT_DOES = gettext_lazy("Volgt haar vraag, en leest het verslag als eerste.")
RESIDENT_WORD = gettext_lazy("inwoner")
NO_ROLE_WORD = gettext_lazy("geen rol meer")
NO_ROLE_DOES = gettext_lazy("Werkte hier eerder. Ziet nu niets meer.")


def role_of(actor: Actor) -> Role | None:
    """The role whose first page this actor gets; None without a role that runs today."""
    held = {grant.role for grant in actor.grants}
    return next((role for role in ORDER if role in held), None)


def role_words(actor: Actor) -> str:
    """The first role and its organisation, such as 'planner, Netwerkbureau'."""
    role = role_of(actor)
    if role is None:
        return ""
    grant = next(g for g in actor.grants if g.role is role)
    return ", ".join(part for part in (str(ROLE_WORDS[role]), grant.organisation_name) if part)


def does(actor: Actor) -> str:
    """One sentence about what someone does here, for the demo."""
    if actor.kind is Kind.RESIDENT:
        return str(RESIDENT_DOES)
    role = role_of(actor)
    return str(DOES[role] if role else NO_ROLE_DOES)


def first_page(actor: Actor, *, region_slug: str) -> str:
    """Where someone lands after signing in; empty for someone without a role that runs today."""
    if actor.kind is Kind.RESIDENT:
        return "/mijn/vraag/"
    if actor.kind is Kind.RELATIVE:
        return "/naaste/kijken/"
    role = role_of(actor)
    if role is None:
        return ""
    pages = {
        Role.REFERRER: "/verwijzen/",
        Role.GUIDE: "/gesprekken/",
        Role.PLANNER: "/planbord/",
        Role.PROGRAMME_MANAGER: f"/regio/{region_slug}/kpis/",
        Role.PRIVACY_OFFICER: "/inzage/week/",
        Role.ORGANISATION_ADMIN: "/beheer/mensen/",
        Role.OPERATOR: "/beheer/stand/",
        Role.HOST: "/samen/",
        Role.KWARTIERMAKER: "/wijk/",
        Role.EDITOR: "/kaart/",
        Role.GROUP_LEADER: "/groepen/mijn/",
        Role.GROUP_ORGANISER: "/groepen/vormen/",
    }
    return pages[role]


def menu(actor: Actor, *, region_slug: str) -> tuple[NavItem, ...]:
    """The menu for whoever asks. Staff without the second step get none."""
    if actor.kind is Kind.RESIDENT:
        return (
            NavItem(_("Mijn vraag"), "/mijn/vraag/", "mijn_vraag"),
            NavItem(_("Mijn web"), "/mijn/web/", "mijn_web"),
            NavItem(_("Wie ziet wat"), "/mijn/wie-ziet-wat/", "wie_ziet_wat"),
            NavItem(_("Over mij"), "/mijn/voorkeuren/", "over_mij"),
            NavItem(_("In de buurt"), "/aanbod/", "aanbod"),
            NavItem(_("Hulp nu"), "/hulp-nu/", "help_now"),
        )
    if actor.kind is Kind.RELATIVE:
        return (
            NavItem(_("Mijn naaste"), "/naaste/kijken/", "naaste"),
            NavItem(_("In de buurt"), "/aanbod/", "aanbod"),
            NavItem(_("Hulp nu"), "/hulp-nu/", "help_now"),
        )
    if actor.kind is Kind.STAFF:
        return _staff_menu(actor, region_slug) if actor.second_factor else ()
    return (
        NavItem(_("Begin"), "/", "start"),
        NavItem(_("In de buurt"), "/aanbod/", "aanbod"),
        NavItem(_("Agenda"), "/agenda/", "agenda"),
        NavItem(_("Uw eigen pagina"), "/mijn/", "mijn"),
        NavItem(_("Voor professionals"), "/inloggen/", "inloggen"),
    )


def _staff_menu(actor: Actor, region_slug: str) -> tuple[NavItem, ...]:
    held = {grant.role for grant in actor.grants}
    items = [
        (Role.REFERRER, NavItem(_("Verwijzen"), "/verwijzen/", "verwijzen")),
        (Role.REFERRER, NavItem(_("Te bevestigen"), "/verwijzen/bevestigen/", "te_bevestigen")),
        (Role.REFERRER, NavItem(_("Mijn verwijzingen"), "/mijn-verwijzingen/", "mijn_verwijzingen")),
        (Role.REFERRER, NavItem(_("Praktijk"), "/praktijk/beheer/", "praktijk")),
        (Role.PLANNER, NavItem(_("Planbord"), "/planbord/", "planbord")),
        (Role.PLANNER, NavItem(_("Alarmlijst"), "/alarm/", "alarm")),
        (Role.GUIDE, NavItem(_("Gesprekken"), "/gesprekken/", "gesprekken")),
        (Role.PROGRAMME_MANAGER, NavItem(_("Overzicht"), f"/regio/{region_slug}/overzicht/", "overzicht")),
        (Role.PROGRAMME_MANAGER, NavItem(_("KPI's"), f"/regio/{region_slug}/kpis/", "kpis")),
        (Role.PROGRAMME_MANAGER, NavItem(_("Bekostiging"), "/bekostiging/", "bekostiging")),
        (Role.PROGRAMME_MANAGER, NavItem(_("Wijken"), "/wijk/", "wijk")),
        (Role.PROGRAMME_MANAGER, NavItem(_("Ervaringen"), f"/regio/{region_slug}/ervaringen/", "ervaringen")),
        (Role.PROGRAMME_MANAGER, NavItem(_("Wat er mist"), "/kaart/gaten/", "gaten")),
        (Role.PRIVACY_OFFICER, NavItem(_("Deze week"), "/inzage/week/", "inzage_week")),
        (Role.PRIVACY_OFFICER, NavItem(_("Vragen van inwoners"), "/inzage/vragen/", "inzage_vragen")),
        (Role.PRIVACY_OFFICER, NavItem(_("Inzage"), "/inzage/", "inzage")),
        (Role.PRIVACY_OFFICER, NavItem(_("Verzoeken"), "/verzoeken/", "verzoeken")),
        (Role.ORGANISATION_ADMIN, NavItem(_("Mensen"), "/beheer/mensen/", "mensen")),
        (Role.OPERATOR, NavItem(_("Stand van zaken"), "/beheer/stand/", "stand")),
    ]
    own = (
        NavItem(_("In de buurt"), "/aanbod/", "aanbod"),
        NavItem(_("Mijn aanmelding"), "/account/", "account"),
    )
    shared = [
        ({Role.EDITOR, Role.ORGANISATION_ADMIN, Role.HOST}, NavItem(_("Sociale kaart"), "/kaart/", "kaart")),
        ({Role.EDITOR}, NavItem(_("Bronnen"), "/kaart/bronnen/", "bronnen")),
        (
            {Role.EDITOR, Role.ORGANISATION_ADMIN, Role.REFERRER, Role.GUIDE},
            NavItem(_("Wegwijzers en afspraken"), "/kaart/routes/", "routes"),
        ),
        ({Role.KWARTIERMAKER}, NavItem(_("Mijn wijk"), "/wijk/", "wijk")),
        (
            {Role.REFERRER, Role.GUIDE, Role.PROGRAMME_MANAGER},
            NavItem(_("Wachttijden"), "/wachttijden/", "wachttijden"),
        ),
        (
            {Role.ORGANISATION_ADMIN},
            NavItem(_("Onze wachttijden"), "/wachttijden/ons/", "onze_wachttijden"),
        ),
        (
            {Role.HOST, Role.ORGANISATION_ADMIN},
            NavItem(_("Ons steunpunt"), "/steunpunten/ons/", "ons_steunpunt"),
        ),
        ({Role.PROGRAMME_MANAGER}, NavItem(_("Steunpunten"), "/steunpunten/dekking/", "dekking")),
        ({Role.GROUP_LEADER}, NavItem(_("Mijn groepen"), "/groepen/mijn/", "mijn_groepen")),
        ({Role.GROUP_ORGANISER}, NavItem(_("Groepen vormen"), "/groepen/vormen/", "vormen")),
        ({Role.GROUP_ORGANISER}, NavItem(_("Alle groepen"), "/groepen/bord/", "groepenbord")),
        (
            {Role.GUIDE, Role.GROUP_LEADER, Role.ORGANISATION_ADMIN},
            NavItem(_("Wacht op een groep"), "/groepen/wachtend/", "groep_wachtend"),
        ),
        (
            {Role.GROUP_ORGANISER, Role.PROGRAMME_MANAGER},
            NavItem(_("Groepsaanbod"), "/groepen/aanbod/", "groepsaanbod"),
        ),
        (
            {Role.KWARTIERMAKER, Role.PROGRAMME_MANAGER},
            NavItem(_("Activiteiten"), "/wijk/activiteiten/", "activiteiten"),
        ),
        ({Role.GUIDE, Role.REFERRER}, NavItem(_("Met ons gedeeld"), "/gedeeld/", "gedeeld")),
        ({Role.HOST, Role.GUIDE, Role.REFERRER}, NavItem(_("Samen"), "/samen/", "samen")),
        ({Role.HOST, Role.PLANNER}, NavItem(_("Brieven en telefoontjes"), "/post/brieven/", "brieven")),
    ]
    mine = [item for role, item in items if role in held] + [item for roles, item in shared if roles & held]
    return (*mine, *own)
