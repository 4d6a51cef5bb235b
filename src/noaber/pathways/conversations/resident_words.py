"""How 'Mijn vraag' reads: where it is, what comes, who looked. Short sentences; nothing is looked up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.hallway.audit.queries import Look
from noaber.hallway.clock import day_of
from noaber.hallway.ui.formatting import clock_time, counted, long_date, moment, relative_day, short_date
from noaber.network.residents.types import Line
from noaber.pathways.conversations.resident_page import MyQuestion
from noaber.pathways.conversations.types import ConversationCard

RECENT = 4
STANDS_ELSEWHERE = frozenset({"asked", "answered"})
"""Her questions and their answers have a place of their own on the page."""
SHORTEST_NAME = 2
NEAR_DAYS = 14
HOUR = 60


@dataclass(frozen=True, slots=True)
class Ahead:
    """The card at the top: one thing, one day, maybe one act."""

    title: str
    text: str
    act: str = ""
    url: str = ""
    post: bool = False
    warm: bool = False
    ring: bool = False


def first_name(full: str) -> str:
    """What she is called, when the name starts with more than an initial or a title."""
    first = full.split(" ", 1)[0]
    plain = first.replace("-", "").replace("'", "").replace("’", "")
    return first if len(first) >= SHORTEST_NAME and plain.isalpha() else ""


def heading(mine: MyQuestion) -> str:
    """The heading of the page."""
    name = first_name(mine.thread.resident_name)
    if not name:
        return _("Zo staat het met uw vraag") if mine.is_open else _("Zo ging het met uw vraag")
    words = (
        _("%(name)s, zo staat het met uw vraag") if mine.is_open else _("%(name)s, zo ging het met uw vraag")
    )
    return words % {"name": name}


def lead(mine: MyQuestion) -> str:
    """One or two sentences on where she stands."""
    thread, today = mine.thread, mine.today
    if not mine.is_open:
        if thread.closed_because == "stopped_by_resident":
            return _("U stopte met uw vraag op %(day)s.") % {"day": long_date(thread.closed_at)}
        return _("Uw vraag is afgerond op %(day)s.") % {"day": long_date(thread.closed_at)}
    if mine.appointment is not None:
        return _lead_of_appointment(mine, mine.appointment)
    if mine.over is not None:
        return _("U had uw gesprek. Uw vaste persoon legt nog vast wat u samen afsprak.")
    if thread.postponed_until is not None and thread.phase in ("received", "planned"):
        return _("U wilde wachten tot %(day)s. Daarna plannen wij uw gesprek.") % {
            "day": long_date(thread.postponed_until)
        }
    if thread.phase == "received":
        return _lead_of_waiting(mine)
    if thread.phase == "talked":
        return _("U had uw gesprek. Het verslag komt nog.")
    if mine.to_decide is not None:
        return _("Uw verslag is klaar. U leest het als eerste.")
    return (
        _("U bent op weg. Op %(day)s kijken wij samen terug.") % {"day": long_date(thread.next_on)}
        if (thread.next_on and thread.next_on >= today)
        else _("U bent op weg.")
    )


def _lead_of_appointment(mine: MyQuestion, card: ConversationCard) -> str:
    which = _("eerste") if card.number == 1 else _("volgende")
    if card.starts_at <= mine.now:
        return _("Uw %(which)s gesprek is nu.") % {"which": which}
    far = (day_of(card.starts_at) - mine.today).days > NEAR_DAYS
    words = (
        _("Uw %(which)s gesprek is op %(day)s. Tot die tijd staat u er niet alleen voor.")
        if far
        else _("Uw %(which)s gesprek is %(day)s. Tot die tijd staat u er niet alleen voor.")
    )
    return words % {"which": which, "day": relative_day(card.starts_at, mine.today)}


def _lead_of_waiting(mine: MyQuestion) -> str:
    thread = mine.thread
    if mine.last is not None and mine.last.state == "no_show":
        return _("Het gesprek ging niet door. Dat kan gebeuren. Wij zoeken een nieuwe dag.")
    if mine.last is not None and mine.last.state == "cancelled":
        return _("Uw gesprek gaat niet door. Wij zoeken een nieuwe dag.")
    if thread.days.deadline_on < mine.today:
        norm = counted(thread.days.norm, "dag", "dagen")
        return _(
            "U wacht langer dan de %(days)s die wij afspraken. Dat spijt ons. Uw vraag is niet vergeten."
        ) % {"days": norm}
    return _("Wij hebben uw vraag. Uiterlijk %(day)s hebt u uw gesprek.") % {
        "day": long_date(thread.days.deadline_on)
    }


def ahead(mine: MyQuestion) -> Ahead | None:
    """The card at the top when there is no appointment to show there."""
    thread = mine.thread
    if not mine.is_open:
        return _closed(mine)
    if mine.to_decide is not None:
        return Ahead(
            title=_("Uw verslag is klaar"),
            text=_("U leest het als eerste. Daarna kiest u of uw huisarts het mag lezen."),
            act=_("Lees uw verslag"),
            url=reverse("resident:report", args=[mine.to_decide.conversation_id]),
        )
    if thread.postponed_until is not None and thread.phase in ("received", "planned"):
        return Ahead(
            title=_("Wij wachten tot %(day)s") % {"day": long_date(thread.postponed_until)},
            text=_("Dat vroeg u zelf. Daarna zoeken wij een dag. Wilt u toch eerder? Bel even."),
            ring=True,
        )
    if mine.over is not None:
        return Ahead(
            title=_("Uw gesprek was %(moment)s") % {"moment": moment(mine.over.starts_at)},
            text=_("Uw vaste persoon legt vast wat u samen afsprak. Ging het gesprek niet door? Bel even."),
            ring=True,
        )
    if thread.next_on is not None and thread.next_on < mine.today:
        return Ahead(
            title=_("Dit is blijven liggen"),
            text=_(
                "Op %(day)s zou dit gebeuren: %(step)s. Dat ging niet goed. "
                "Bel ons, dan weet u waar u aan toe bent."
            )
            % {"day": long_date(thread.next_on), "step": thread.next_step},
            warm=True,
        )
    if thread.next_on is None:
        return None
    return Ahead(title=thread.next_step, text=_by_when(mine))


def _by_when(mine: MyQuestion) -> str:
    thread = mine.thread
    today = thread.next_on == mine.today
    day = _("Dat is vandaag.") if today else _("Uiterlijk %(day)s.") % {"day": long_date(thread.next_on)}
    if thread.phase == "talked":
        return day + " " + _("U leest het als eerste. U beslist wie het mag zien.")
    if thread.phase == "following":
        return _("Op %(day)s. Dan ziet u samen of het past, of dat er iets anders nodig is.") % {
            "day": long_date(thread.next_on)
        }
    return day + " " + _("U hoeft nu niets te doen. Belt u liever zelf? Dat mag.")


def _closed(mine: MyQuestion) -> Ahead:
    if mine.take_up_until is not None:
        return Ahead(
            title=_("Van gedachten veranderd?"),
            text=_("Tot en met %(day)s kunt u weer verder. U hoeft niet uit te leggen waarom.")
            % {"day": long_date(mine.take_up_until)},
            act=_("Ik wil toch verder"),
            url=reverse("resident:take_up"),
            post=True,
        )
    return Ahead(
        title=_("Is er weer iets?"),
        text=_("Bel uw huisarts. Die kan een nieuwe vraag sturen. Wacht niet tot het erger wordt."),
    )


# --- the line: done, now, and what comes --------------------------------------------------------


def timeline(mine: MyQuestion) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Older lines to fold away, and the line itself: the last things done, what is now, and what comes."""
    done = [_done(line) for line in mine.thread.history if line.kind not in STANDS_ELSEWHERE]
    older = done[:-RECENT] if len(done) > RECENT + 1 else []
    return older, [*done[len(older) :], *_now(mine), *_coming(mine)]


def _done(line: Line) -> dict[str, str]:
    return {
        "state": "done",
        "title": line.words,
        "when": _("Gedaan op %(day)s") % {"day": long_date(line.at)},
        "text": _who(line),
    }


def _who(line: Line) -> str:
    if not line.by:
        return ""
    known = {
        "received": _("%(who)s stuurde uw vraag. U vond dat goed."),
        "planned": _("%(who)s plande dit voor u."),
        "cancelled": _("%(who)s zei dit af."),
        "report": _("%(who)s schreef het."),
        "card": _("%(who)s gaf u een nieuwe kaart. De oude werkt niet meer."),
    }
    return known[line.kind] % {"who": line.by} if line.kind in known else ""


def _now(mine: MyQuestion) -> list[dict[str, str]]:
    if not mine.is_open:
        return []
    now = {"state": "now", "when": _("Nu"), "text": ""}
    if mine.to_decide is not None:
        url = reverse("resident:report", args=[mine.to_decide.conversation_id])
        return [{**now, "title": _("Lees uw verslag"), "url": url, "link": _("Naar uw verslag")}]
    if mine.over is not None:
        return [{**now, "title": _("Wij leggen vast wat u afsprak")}]
    if mine.week and not mine.chosen:
        words = {"title": _("Kies wat u deze week al wilt doen"), "when": _("Nu. Dit hoeft niet, het mag.")}
        return [{**now, **words, "url": "#week", "link": _("Dit kan deze week al")}]
    if mine.thread.phase == "received" and mine.thread.postponed_until is None:
        return [{**now, "title": _("Wij zoeken een dag voor uw gesprek")}]
    return []


def _coming(mine: MyQuestion) -> list[dict[str, str]]:
    thread = mine.thread
    if thread.phase == "received" or mine.called_off is not None:
        deadline = thread.days.deadline_on
        when = _("Straks, uiterlijk %(day)s") % {"day": long_date(deadline)}
        return [
            _next(_("U hebt uw gesprek"), when if deadline >= mine.today else _("Zo snel mogelijk")),
            _next(_("U krijgt het verslag"), _report_when(mine, None), _reads_first()),
        ]
    if thread.phase == "planned" and mine.appointment is not None:
        starts = mine.appointment.starts_at
        when = _("Straks, %(day)s") % {"day": long_date(starts)}
        return [
            _next(_("U hebt uw gesprek"), when),
            _next(_("U krijgt het verslag"), _report_when(mine, starts), _reads_first()),
        ]
    if mine.over is not None:
        return [_next(_("U krijgt het verslag"), _report_when(mine, mine.over.starts_at), _reads_first())]
    if thread.phase == "talked":
        when = _("Straks, uiterlijk %(day)s") % {"day": long_date(thread.next_on)} if thread.next_on else ""
        return [_next(_("U krijgt het verslag"), when, _reads_first())]
    if thread.phase == "following" and thread.next_on is not None:
        return [_next(thread.next_step, _("Straks, %(day)s") % {"day": long_date(thread.next_on)})]
    return []


def _next(title: str, when: str, text: str = "") -> dict[str, str]:
    return {"state": "next", "title": title, "when": when, "text": text}


def _reads_first() -> str:
    return _("U leest het als eerste. U beslist wie het mag zien.")


def _report_when(mine: MyQuestion, starts: datetime | None) -> str:
    if starts is None:
        return _("Straks, binnen %(days)s na uw gesprek") % {
            "days": counted(mine.report_within_days, "dag", "dagen")
        }
    latest = day_of(starts) + timedelta(days=mine.report_within_days)
    return _("Straks, uiterlijk %(day)s") % {"day": long_date(latest)}


# --- the appointment, and who looked ------------------------------------------------------------


def names(card: ConversationCard) -> str:
    """'Sanne, Henk en Bram'."""
    first = [person.name.split(" ", 1)[0] for person in card.people]
    if len(first) < 2:
        return "".join(first)
    return _("%(some)s en %(last)s") % {"some": ", ".join(first[:-1]), "last": first[-1]}


def people(card: ConversationCard) -> list[dict[str, Any]]:
    """Who she will meet: name and profession, and when a peer worker joins at another moment."""
    moments = {"before": _("vooraf"), "after": _("erna")}
    return [
        {"name": p.name, "role": _(p.profession) if p.profession else "", "moment": moments.get(p.moment, "")}
        for p in card.people
    ]


def length(card: ConversationCard) -> str:
    """'ongeveer een uur' or '45 minuten'."""
    minutes = round((card.ends_at - card.starts_at).total_seconds() / 60)
    return _("ongeveer een uur") if minutes == HOUR else counted(minutes, "minuut", "minuten")


def looks(seen: tuple[Look, ...], today: date) -> list[dict[str, str]]:
    """Who looked, when and why."""
    return [
        {
            "who": look.who or _("Noaber"),
            "organisation": look.organisation,
            "when": _("vandaag om %(time)s") % {"time": clock_time(look.at)}
            if day_of(look.at) == today
            else _("op %(day)s") % {"day": short_date(look.at)},
            "why": look.purpose,
        }
        for look in seen
    ]
