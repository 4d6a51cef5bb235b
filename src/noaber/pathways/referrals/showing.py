"""How a referral reads on the pages of a practice. Only words; nothing is looked up here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from noaber.hallway.ui.formatting import counted, long_date, relative_day, short_date
from noaber.offer.care_programmes.queries_thought import Thought
from noaber.pathways.referrals.types import Desk, OwnReferral, ReferralRow


def what_happens(desk: Desk) -> list[tuple[str, str]]:
    """What happens when, by the rules of the region."""
    least, most = desk.professionals
    people = f"{least}" if least == most else _("%(least)s of %(most)s") % {"least": least, "most": most}
    letter = (
        _("U krijgt de brief als de inwoner dat goed vindt.")
        if desk.letter_needs_consent
        else _("U krijgt de brief, tenzij de inwoner dat niet wil.")
    )
    return [
        (_("Nu"), _("U krijgt een nummer. De inwoner krijgt een kaart om mee te kijken.")),
        (_("1 werkdag"), _("Een vaste persoon belt de inwoner. U ziet de naam.")),
        (_("Deze week"), _("De inwoner kan al starten met iets in de buurt.")),
        (
            counted(desk.norm_days, _("dag"), _("dagen")),
            _("Uiterlijk dan is het verkennend gesprek, met %(people)s mensen.") % {"people": people},
        ),
        (
            "+ " + counted(desk.report_within_days, _("dag"), _("dagen")),
            _("De inwoner leest het verslag als eerste."),
        ),
        (_("Daarna"), letter),
    ]


def card_address() -> str:
    """Where the resident signs in with her card, as it reads on paper."""
    return settings.BASE_URL.split("://", 1)[-1] + "/mijn/"


def state_of(phase: str) -> tuple[str, str]:
    """The shape and the word of where a request is, as the practice may know it."""
    return {
        "received": ("open", _("Wacht op een dag")),
        "planned": ("next", _("Gesprek gepland")),
        "talked": ("done", _("Gesprek geweest")),
        "following": ("done", _("Op weg")),
        "closed": ("done", _("Afgerond")),
    }[phase]


def row(referral: ReferralRow, *, today: date) -> dict[str, Any]:
    """One line of the list."""
    shape, word = state_of(referral.phase)
    return {
        "referral": referral,
        "shape": shape,
        "word": word,
        "when": _next_words(referral.phase, referral.next_on, today),
    }


def _next_words(phase: str, next_on: date | None, today: date) -> str:
    if next_on is None or phase == "closed":
        return ""
    if next_on < today:
        late = {
            "received": _("te laat, sinds %(day)s"),
            "planned": _("gesprek was %(day)s"),
            "talked": _("verslag is te laat, sinds %(day)s"),
            "following": _("terugkijken was %(day)s"),
        }
        return late[phase] % {"day": short_date(next_on)}
    return {
        "received": _("volgende stap %(day)s"),
        "planned": _("gesprek %(day)s"),
        "talked": _("verslag uiterlijk %(day)s"),
        "following": _("samen terugkijken %(day)s"),
    }[phase] % {"day": relative_day(next_on, today)}


def facts_of(referral: OwnReferral, *, today: date) -> list[tuple[str, str]]:
    """What the practice may know of where it stands."""
    thread = referral.thread
    rows = [
        (_("Nummer"), thread.code),
        (_("Verstuurd"), f"{long_date(referral.sent_at)}, {referral.sent_by}"),
        (_("Gemeente"), thread.municipality),
    ]
    if thread.phase in ("received", "planned"):
        days = thread.days
        waits = counted(days.since_receipt, _("dag"), _("dagen"))
        if days.postponed:
            waits = _("%(all)s, waarvan %(own)s op eigen verzoek") % {"all": waits, "own": days.postponed}
        rows.append((_("Wacht nu"), waits))
    words = _next_words(thread.phase, thread.next_on, today)
    if words:
        rows.append((_("Hierna"), words[:1].upper() + words[1:]))
    return rows


def thought_words(thought: Thought | None) -> str:
    """What the practice thinks of, as the first words of the wishes; empty without a thought."""
    if thought is None:
        return ""
    words = _("Wij denken aan %(programme)s bij %(provider)s.") % {
        "programme": thought.programme,
        "provider": thought.provider,
    }
    if thought.meanwhile:
        words += " " + _("Kan deze week al: %(meanwhile)s.") % {"meanwhile": thought.meanwhile}
    return words
