"""Her preferences: read them, change them. Only she changes them, or someone together with her."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.network.residents.models import HelpRequest, Preferences, Resident
from noaber.network.residents.telling import tell
from noaber.network.residents.types import Wishes
from noaber.network.residents.wishes import clean_times

CHANGED = gettext_noop("U veranderde hoe wij u bereiken en helpen")
MOVABLE = (HelpRequest.Phase.RECEIVED, HelpRequest.Phase.PLANNED)
ADDRESSES = ("email", "phone", "post_address")
LONGEST_ADDRESS = 300


def preferences_of(person: Resident) -> Preferences:
    """Her preferences, or what counts without them."""
    return getattr(person, "preferences", None) or Preferences(resident=person)


def wishes_of_row(person: Resident, *, spoken: str = "") -> Wishes:
    """The row as others may hold it: a way without an address is closed.

    `spoken` is the language of her conversation.
    """
    row = preferences_of(person)
    return Wishes(
        mode=row.mode,
        language=person.language,
        spoken=spoken or person.language,
        times=tuple(row.times),
        gender=row.gender,
        person=row.person,
        phone=person.phone,
        email=person.email,
        post_address=row.post_address,
        may_mail=row.may_mail and bool(person.email),
        may_text=row.may_text and bool(person.phone),
        may_ring=row.may_ring and bool(person.phone),
        may_post=row.may_post and bool(row.post_address),
        may_leave_message=row.may_leave_message,
    )


def _own(actor: Actor, *, lock: bool = False) -> Resident:
    if actor.resident_id is None:
        raise gate.not_here()
    rows = Resident.objects.select_related("preferences").filter(pk=actor.resident_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise gate.not_here()
    return found


def own_wishes(actor: Actor, *, now: datetime) -> Wishes:
    """Her own preferences, for herself."""
    person = _own(actor)
    audit.record(
        actor=actor,
        action=audit.Action.READ,
        event_type="preferences.read",
        resident_id=person.pk,
        object_kind="resident",
        object_id=person.pk,
        part="uw voorkeuren",
        purpose="om uw eigen voorkeuren te zien",
        basis="eigen gegevens",
        now=now,
    )
    return wishes_of_row(person, spoken=_spoken(person.pk))


def _spoken(resident_id: UUID) -> str:
    newest = HelpRequest.objects.filter(resident_id=resident_id).order_by("-received_at")
    return newest.values_list("language", flat=True).first() or ""


def check_wishes(wishes: Wishes) -> None:
    """Refuse what cannot work: a way that is allowed without an address, or a citizen service number."""
    wrong = {}
    if wishes.may_mail and not wishes.email:
        wrong["email"] = _("Vul uw e-mailadres in, of zet mail uit.")
    if wishes.may_post and not wishes.post_address:
        wrong["post_address"] = _("Vul uw adres in, of zet post uit.")
    if (wishes.may_text or wishes.may_ring) and not wishes.phone:
        wrong["phone"] = _("Vul uw telefoonnummer in, of zet bellen en sms uit.")
    for name in ("person", "post_address"):
        if contains_bsn(getattr(wishes, name)):
            wrong[name] = _("Haal het burgerservicenummer weg. Wij bewaren dat niet.")
    if wrong:
        raise Invalid(
            "preferences_do_not_fit",
            happened=_("Dit past nog niet bij elkaar."),
            now_what=_("Verander het hieronder."),
            fields=wrong,
        )


@transaction.atomic
def save_wishes(*, actor: Actor, wishes: Wishes, now: datetime) -> bool:
    """Keep her preferences. What is already queued for a way she closes does not go. False: nothing changed.

    With a helper beside her, a new address or number asks her own pin first. Raises `Invalid` with `fields`.
    """
    person = _own(actor, lock=True)
    wishes = replace(wishes, times=clean_times(wishes.times))
    check_wishes(wishes)
    before = wishes_of_row(person, spoken=_spoken(person.pk))
    if before == wishes and hasattr(person, "preferences"):
        return False
    if any(getattr(before, name) != getattr(wishes, name) for name in ADDRESSES):
        gate.look_twice_at_all(actor)
    person.email, person.phone, person.language = wishes.email, wishes.phone, wishes.language
    person.save(update_fields=["email", "phone", "language"])
    Preferences.objects.update_or_create(
        resident=person,
        defaults={
            "mode": wishes.mode,
            "times": list(wishes.times),
            "gender": wishes.gender,
            "person": wishes.person,
            "post_address": wishes.post_address,
            "may_mail": wishes.may_mail,
            "may_text": wishes.may_text,
            "may_ring": wishes.may_ring,
            "may_post": wishes.may_post,
            "may_leave_message": wishes.may_leave_message,
            "changed_at": now,
        },
    )
    _carry_on(person.pk, wishes, now)
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="preferences.change",
        resident_id=person.pk,
        object_kind="resident",
        object_id=person.pk,
        part="uw voorkeuren",
        purpose="om uw voorkeuren te bewaren",
        now=now,
    )
    return True


def _carry_on(resident_id: UUID, wishes: Wishes, now: datetime) -> None:
    """Whoever plans or holds her open request reads the new wishes, and that they are new."""
    still_open = HelpRequest.objects.filter(resident_id=resident_id, phase__in=HelpRequest.OPEN)
    for thread in still_open:
        if thread.phase in MOVABLE:
            HelpRequest.objects.filter(pk=thread.pk).update(mode=wishes.mode, language=wishes.spoken)
        tell(thread.pk, at=now, words=CHANGED, kind="preferences")


def remember_language(actor: Actor, code: str) -> None:
    """She chose another language on a page: from now on pages and messages come in it."""
    if actor.resident_id is not None:
        Resident.objects.filter(pk=actor.resident_id).update(language=code)
