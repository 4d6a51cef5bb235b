"""The words for kinds, states and ways, in the language of who reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from noaber.offer.groups.models import Enrolment, Group
from noaber.offer.groups.types import Standing

KINDS = {
    Group.Kind.OPEN: _("Open groep"),
    Group.Kind.TRAINING: _("Training"),
    Group.Kind.TREATMENT: _("Behandelgroep"),
    Group.Kind.VOORZORG: _("Voorzorg, voor wie wacht"),
    Group.Kind.SELF_HELP: _("Zelfhulpgroep"),
}
FORMS = {
    Group.Form.LIVE: _("Op een plek"),
    Group.Form.ONLINE: _("Online"),
    Group.Form.HYBRID: _("Op een plek of online"),
}
STANDINGS = {
    Standing.PROPOSED: _("Voorgesteld"),
    Standing.OPEN: _("Begint nog"),
    Standing.FULL: _("Vol, er is een wachtlijst"),
    Standing.RUNNING: _("Loopt"),
    Standing.CLOSED: _("Neemt niemand meer aan"),
    Standing.ENDED: _("Is geweest"),
    Standing.CANCELLED: _("Gaat niet door"),
}
MARKS = {
    Standing.PROPOSED: "next",
    Standing.OPEN: "done",
    Standing.FULL: "care",
    Standing.RUNNING: "done",
    Standing.CLOSED: "open",
    Standing.ENDED: "open",
    Standing.CANCELLED: "stop",
}
OWN = {
    Enrolment.Status.ASKED: _("U bent aangemeld. Wij bellen u."),
    Enrolment.Status.WAITING: _("U staat op de wachtlijst."),
    Enrolment.Status.OFFERED: _("Er is een plek voor u vrij."),
    Enrolment.Status.PLACED: _("U doet mee."),
    Enrolment.Status.DECLINED: _("U wilde deze plek niet."),
    Enrolment.Status.EXPIRED: _("U liet niets horen. De plek ging naar de volgende."),
    Enrolment.Status.WITHDRAWN: _("U bent niet meer aangemeld."),
    Enrolment.Status.REFUSED: _("Deze groep past nu niet bij u. Bel ons gerust."),
    Enrolment.Status.LEFT: _("U bent gestopt."),
    Enrolment.Status.FINISHED: _("U deed mee tot het eind."),
}
OWN_MARKS = {
    Enrolment.Status.ASKED: "next",
    Enrolment.Status.WAITING: "open",
    Enrolment.Status.OFFERED: "now",
    Enrolment.Status.PLACED: "done",
}
STAFF = {
    Enrolment.Status.ASKED: _("Nog bellen"),
    Enrolment.Status.WAITING: _("Wacht"),
    Enrolment.Status.OFFERED: _("Plek aangeboden"),
    Enrolment.Status.PLACED: _("Doet mee"),
    Enrolment.Status.DECLINED: _("Wilde niet"),
    Enrolment.Status.EXPIRED: _("Liet niets horen"),
    Enrolment.Status.WITHDRAWN: _("Afgemeld"),
    Enrolment.Status.REFUSED: _("Past niet"),
    Enrolment.Status.LEFT: _("Gestopt"),
    Enrolment.Status.FINISHED: _("Afgerond"),
}
WAYS = {
    Enrolment.Way.OWN: _("meldde zichzelf aan"),
    Enrolment.Way.WITHOUT_PAGE: _("meldde zichzelf aan, zonder eigen pagina"),
    Enrolment.Way.REFERRED: _("aangemeld door een organisatie"),
    Enrolment.Way.FORMED: _("van een wachtlijst"),
    Enrolment.Way.MOVED: _("uit een andere groep"),
}
AHEAD = {
    Enrolment.Ahead.LANGUAGE_OR_AGE: _("De plek past bij taal of leeftijd"),
    Enrolment.Ahead.TIME: _("Wie langer wacht, kan niet op deze tijd"),
    Enrolment.Ahead.UNREACHED: _("Wie langer wacht, was niet te bereiken"),
    Enrolment.Ahead.URGENT: _("Langer wachten is voor deze persoon niet goed"),
    Enrolment.Ahead.RETURNS: _("Deze persoon was eerder in deze groep"),
}
DIRECTIONS = {"up": _("Opschalen"), "on": _("Zo doorgaan"), "down": _("Afbouwen")}
HOURS_ON = {
    "session": _("Bijeenkomst"),
    "preparation": _("Voorbereiding en nawerk"),
    "travel": _("Reistijd"),
    "other": _("Iets anders"),
}
WEEKDAYS = {
    1: _("maandag"),
    2: _("dinsdag"),
    3: _("woensdag"),
    4: _("donderdag"),
    5: _("vrijdag"),
    6: _("zaterdag"),
    7: _("zondag"),
}
