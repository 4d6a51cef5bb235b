"""What this room holds of a resident: who she is, how she signs in, and the one thread.

After erasing, the rows of resident and request stay without any word, name or number: counts of the region
hang on them. Nobody is related to them any more, so nobody finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext_noop

from noaber.hallway.accounts import services as accounts
from noaber.hallway.drafts import services as drafts
from noaber.hallway.holdings import registry
from noaber.hallway.holdings.events import ErasureAnswered
from noaber.hallway.holdings.types import Holding
from noaber.hallway.languages import DUTCH, speaking
from noaber.hallway.outbox.registry import listen
from noaber.hallway.post import services as post
from noaber.knowledge.languages import language_name
from noaber.network.residents.handlers import READY, READY_TITLE
from noaber.network.residents.models import (
    AccessCard,
    HelpRequest,
    Involvement,
    MeanwhileChoice,
    Postponement,
    Preferences,
    Question,
    Resident,
    Sending,
    ThreadEntry,
)
from noaber.network.residents.reaching import reach
from noaber.network.residents.telling import told
from noaber.network.residents.wishes import MODES, time_words

ERASED = "erased"
FIRST_STOP = gettext_noop("Uw vraag loopt nog. Wij wissen pas als die is afgerond, of als u zelf stopt.")
Items = Sequence[Mapping[str, Any]]


def _person(resident_id: UUID) -> Items:
    rows = Resident.objects.select_related("municipality").filter(pk=resident_id)
    return [
        {
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "language": language_name(row.language),
            "municipality": row.municipality.name,
            "known_since": row.created_at,
        }
        for row in rows
    ]


def _erase_person(resident_id: UUID, now: datetime) -> int:
    person = Resident.objects.select_for_update().filter(pk=resident_id).first()
    if person is None or not (person.name or person.phone or person.email or person.account_id):
        return 0
    if person.account_id:
        keys = Sending.objects.filter(resident=person).values_list("key", flat=True)
        post.forget(person.account_id, keys=list(keys))
        drafts.forget(person.account_id)
        accounts.close(person.account_id)
    person.name = person.phone = person.email = ""
    person.language, person.account_id = "nl", None
    person.save(update_fields=["name", "phone", "email", "language", "account"])
    return 1


def _in_dutch(row: Preferences) -> tuple[str, list[str]]:
    """How and when she would like to talk, in words; the copy stands in Dutch as all of it."""
    with speaking(DUTCH):
        return str(MODES.get(row.mode, "")), time_words(tuple(row.times))


def _wishes(resident_id: UUID) -> Items:
    return [
        {
            "mode": _in_dutch(row)[0],
            "times": _in_dutch(row)[1],
            "gender": row.get_gender_display(),
            "person": row.person,
            "post_address": row.post_address,
            "may_mail": row.may_mail,
            "may_text": row.may_text,
            "may_ring": row.may_ring,
            "may_post": row.may_post,
            "may_leave_message": row.may_leave_message,
            "changed_at": row.changed_at,
        }
        for row in Preferences.objects.filter(resident_id=resident_id)
    ]


def _erase_wishes(resident_id: UUID, now: datetime) -> int:
    return Preferences.objects.filter(resident_id=resident_id).delete()[0]


def _sendings(resident_id: UUID) -> Items:
    rows = Sending.objects.filter(resident_id=resident_id).order_by("queued_at")
    return [{"channel": row.channel, "at": row.queued_at} for row in rows]


def _erase_sendings(resident_id: UUID, now: datetime) -> int:
    mine = Sending.objects.filter(resident_id=resident_id)
    post.forget(None, keys=list(mine.values_list("key", flat=True)))
    return mine.delete()[0]


def _cards(resident_id: UUID) -> Items:
    rows = AccessCard.objects.filter(resident_id=resident_id).order_by("created_at")
    return [{"given_at": row.created_at, "ended_at": row.revoked_at} for row in rows]


def _erase_cards(resident_id: UUID, now: datetime) -> int:
    return AccessCard.objects.filter(resident_id=resident_id).delete()[0]


def _threads(resident_id: UUID) -> Items:
    rows = HelpRequest.objects.filter(resident_id=resident_id).exclude(closed_because=ERASED)
    rows = rows.select_related("municipality", "holder", "holder_organisation").order_by("received_at")
    return [_thread(row) for row in rows]


def _thread(row: HelpRequest) -> Mapping[str, Any]:
    return {
        "code": row.code,
        "question": row.question,
        "wishes": row.wishes,
        "mode": row.mode,
        "language": language_name(row.language),
        "municipality": row.municipality.name,
        "phase": row.get_phase_display(),
        "received_at": row.received_at,
        "closed_at": row.closed_at,
        "holder": row.holder.name if row.holder else "",
        "holder_organisation": row.holder_organisation.name if row.holder_organisation else "",
        "next_on": row.next_on,
        "next_step": told(row.next_step),
        "meanwhile": row.meanwhile,
        "who_may_see_it": [
            {
                "part": i.get_part_display(),
                "name": i.account.name if i.account else "",
                "organisation": i.organisation.name,
                "since": i.since,
                "until": i.until,
            }
            for i in row.involvements.select_related("account", "organisation").order_by("since")
        ],
        "postponed": [
            {"from_on": p.from_on, "until_on": p.until_on, "asked_at": p.asked_at}
            for p in row.postponements.order_by("asked_at")
        ],
        "chosen_meanwhile": [
            {"what": c.service_name, "at": c.chosen_at} for c in row.meanwhile_choices.order_by("chosen_at")
        ],
        "history": [
            {"at": e.at, "words": told(e.words, e.values), "by": e.by}
            for e in row.entries.order_by("at", "pk")
        ],
    }


def _erase_threads(resident_id: UUID, now: datetime) -> int:
    changed = 0
    rows = HelpRequest.objects.select_for_update().filter(resident_id=resident_id)
    for row in rows.exclude(closed_because=ERASED):
        Involvement.objects.filter(help_request=row).delete()
        ThreadEntry.objects.filter(help_request=row).delete()
        MeanwhileChoice.objects.filter(help_request=row).delete()
        Postponement.objects.filter(help_request=row).delete()
        row.code = f"X-{token_hex(6)}"
        row.question = row.wishes = row.mode = row.next_step = row.meanwhile = ""
        row.language = "nl"
        row.phase, row.closed_at = HelpRequest.Phase.CLOSED, row.closed_at or now
        row.closed_because = ERASED
        row.holder = row.holder_organisation = row.next_on = None
        row.save()
        changed += 1
    return changed


def _questions(resident_id: UUID) -> Items:
    rows = Question.objects.filter(help_request__resident_id=resident_id).select_related("answered_by")
    return [
        {
            "question": row.words,
            "asked_at": row.asked_at,
            "answer": row.answer,
            "answered_at": row.answered_at,
            "by": row.answered_by.name if row.answered_by else "",
        }
        for row in rows.order_by("asked_at")
    ]


def _erase_questions(resident_id: UUID, now: datetime) -> int:
    return Question.objects.filter(help_request__resident_id=resident_id).delete()[0]


def _still_open(resident_id: UUID, now: datetime) -> Sequence[str]:
    rows = HelpRequest.objects.filter(resident_id=resident_id, phase__in=HelpRequest.OPEN)
    return [FIRST_STOP] if rows.exists() else []


def _aged(before: datetime) -> Sequence[UUID]:
    """Residents whose every request is closed, and of whom the last line of history is older than this.

    Every act leaves a line in the history, so the last line is the last change of the record.
    """
    rows = HelpRequest.objects.exclude(closed_because=ERASED).values("resident_id")
    rows = rows.annotate(last=Max("entries__at"), ended=Max("closed_at"), received=Max("received_at"))
    living = HelpRequest.objects.filter(phase__in=HelpRequest.OPEN).values("resident_id")
    old = rows.exclude(resident_id__in=living).filter(received__lt=before).exclude(ended__gte=before)
    return [row["resident_id"] for row in old.exclude(last__gte=before)]


def region_of(resident_id: UUID) -> UUID | None:
    """The region of a resident's newest request."""
    newest = HelpRequest.objects.filter(resident_id=resident_id).order_by("-received_at")
    return newest.values_list("region_id", flat=True).first()


def find(code: str, regions: Iterable[UUID]) -> UUID | None:
    """The resident of the request with this code, in one of these regions."""
    rows = HelpRequest.objects.filter(code=code.strip().upper(), region_id__in=list(regions))
    return rows.exclude(closed_because=ERASED).values_list("resident_id", flat=True).first()


def tell_her_of_the_answer(event: ErasureAnswered, now: datetime) -> None:
    """A neutral message that something can be read, the way she allowed."""
    reach(
        event.resident_id,
        key=f"erasure:{event.request_id}",
        subject=READY_TITLE,
        body=READY,
        values={"url": f"{settings.BASE_URL}/mijn/"},
        now=now,
    )


def register() -> None:
    """Called once at start."""
    listen(ErasureAnswered, tell_her_of_the_answer)
    registry.register_residents(region_of, find)
    for holding in HOLDINGS:
        registry.register(holding)


HOLDINGS = (
    Holding(
        key="residents.person",
        words=gettext_noop("Uw naam en hoe wij u bereiken"),
        retention="contact",
        models=("residents.Resident", "accounts.Account"),
        collect=_person,
        erase=_erase_person,
        standard="Patient",
        obstacles=_still_open,
    ),
    Holding(
        key="residents.preferences",
        words=gettext_noop("Uw wensen"),
        retention="contact",
        models=("residents.Preferences",),
        collect=_wishes,
        erase=_erase_wishes,
    ),
    Holding(
        key="residents.sendings",
        words=gettext_noop("Langs welke weg wij u iets stuurden"),
        retention="session",
        models=("residents.Sending",),
        collect=_sendings,
        erase=_erase_sendings,
    ),
    Holding(
        key="residents.cards",
        words=gettext_noop("Uw kaarten om u aan te melden"),
        retention="session",
        models=("residents.AccessCard",),
        collect=_cards,
        erase=_erase_cards,
        obstacles=_still_open,
    ),
    Holding(
        key="residents.thread",
        words=gettext_noop("Uw vraag en wat er gebeurde"),
        retention="wgbo_record",
        models=(
            "residents.HelpRequest",
            "residents.Involvement",
            "residents.Postponement",
            "residents.ThreadEntry",
            "residents.MeanwhileChoice",
        ),
        collect=_threads,
        erase=_erase_threads,
        standard="CarePlan",
        obstacles=_still_open,
        aged=_aged,
    ),
    Holding(
        key="residents.questions",
        words=gettext_noop("Wat u ons vroeg"),
        retention="wgbo_record",
        models=("residents.Question",),
        collect=_questions,
        erase=_erase_questions,
        standard="Communication",
        obstacles=_still_open,
    ),
)
