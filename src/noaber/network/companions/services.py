"""Acts of a helper beside her: begin, end, keep what she typed, digits by phone."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.errors import Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Grant, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.post import services as post
from noaber.network.companions import rules
from noaber.network.companions.models import OtherWay, PhoneDigits, TimeTogether
from noaber.network.companions.types import Beside, Kept
from noaber.network.partners.models import Membership
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest, Involvement, Resident
from noaber.network.residents.services_card import open_card

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "her_pin", "pin", "code", "password"})
MOST_KEPT = 200_000

NO_DIGITS = Invalid(
    "digits_not_recognised",
    happened="Deze vier cijfers kloppen niet.",
    why="Misschien hoorde u een cijfer verkeerd, of zijn de tien minuten om.",
    now_what="Vraag haar de cijfers nog een keer voor te lezen. Of stuur nieuwe cijfers.",
)
PIN_OF_YOURS = Invalid(
    "pin_of_the_practice",
    happened="Met deze pincode kunt u niet samen beginnen.",
    why="Uw eigen praktijk gaf haar deze pincode. Dan is niet zeker dat zij erbij is.",
    now_what="Laat haar zelf een pincode kiezen op haar eigen pagina. Of stuur haar vier cijfers.",
)


def helper_grant(actor: Actor) -> Grant:
    """The role with which this colleague helps; the one of host first."""
    gate.require_act(actor, "together.begin")
    held = [g for role in rules.HELPERS for g in actor.grants if g.role is role]
    return held[0]


def beside_her(
    row: TimeTogether,
    *,
    region_id: UUID | None,
    address: str = "",
    twice: bool = False,
    also: tuple[UUID, ...] = (),
) -> Actor:
    """The resident as an actor, with the helper named and in her own language. `also`: where he works."""
    with gate.as_system("de taal van de inwoner"):
        hers = Resident.objects.filter(pk=row.resident_id).values_list("language", flat=True).first()
    return Actor(
        kind=Kind.RESIDENT,
        account_id=row.resident_account_id,
        name="Inwoner",
        resident_id=row.resident_id,
        second_factor=True,
        address=address,
        assisted_by=row.helper_name,
        assisted_by_id=row.helper_id,
        assisted_organisation=row.organisation.name,
        assisted_organisation_id=row.organisation_id,
        assisted_region_id=region_id,
        assisted_also=also,
        looked_twice=twice,
        language=hers or "",
    )


def begin_with_card(*, actor: Actor, code: str, pin: str, now: datetime) -> Beside:
    """Begin with her card and the pin that she typed or said. Raises Invalid in one wording.

    The count of wrong tries must survive the refusal, so the caller may not roll this transaction back.
    """
    helper_grant(actor)
    opened = open_card(code=code, pin=pin, now=now)
    if knows_pin_of_card(actor, opened.resident_id, own=opened.own):
        raise PIN_OF_YOURS
    with gate.as_system("samen beginnen met haar kaart"):
        person = Resident.objects.get(pk=opened.resident_id)
    return _begin(actor, person, how=TimeTogether.How.CARD, now=now)


def knows_pin_of_card(actor: Actor, resident_id: UUID, *, own: bool) -> bool:
    """Whether this helper could have been told the pin of her card: by a referral of any place of work."""
    with gate.as_system("wie haar pincode kent"):
        referrers = Involvement.objects.filter(
            help_request__resident_id=resident_id, part=Involvement.Part.REFERRER
        )
        gave = frozenset(referrers.values_list("organisation_id", flat=True))
        mine = Membership.objects.filter(account_id=actor.signed_in_id)
        worked_at = frozenset(mine.values_list("organisation_id", flat=True))
    return rules.gave_this_pin(own=own, worked_at=worked_at, gave=gave)


@transaction.atomic
def _begin(actor: Actor, person: Resident, *, how: str, now: datetime) -> Beside:
    if person.account_id is None:
        raise residents.NO_ENTRY
    grant = helper_grant(actor)
    kept = _kept_rows(actor.signed_in_id, person.pk, now).exists()
    row = TimeTogether.objects.create(
        resident=person,
        resident_account_id=person.account_id,
        helper_id=actor.signed_in_id,
        helper_name=actor.name,
        organisation_id=grant.organisation_id,
        how=how,
        started_at=now,
        ends_at=now + rules.LASTS,
    )
    her = beside_her(row, region_id=grant.region_id, address=actor.address, also=actor.organisations())
    _log(her, row, event_type="together.begin", purpose="om samen met u uw pagina's te doen", now=now)
    _tell_open_thread(her, person.pk, now)
    return Beside(row.pk, person.pk, row.ends_at, has_kept_words=kept)


def _log(actor: Actor, row: TimeTogether, *, event_type: str, purpose: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.EXECUTE,
        event_type=event_type,
        resident_id=row.resident_id,
        object_kind="time_together",
        object_id=row.pk,
        part="de tijd samen",
        purpose=purpose,
        basis="met uw kaart en pincode" if row.how == TimeTogether.How.CARD else "met cijfers op uw nummer",
        now=now,
    )


def _tell_open_thread(actor: Actor, resident_id: UUID, now: datetime) -> None:
    """One line in the history of her open request."""
    with gate.as_system("de geschiedenis noemt wie hielp"):
        mine = HelpRequest.objects.filter(resident_id=resident_id, phase__in=HelpRequest.OPEN)
        thread_id = mine.order_by("-received_at").values_list("pk", flat=True).first()
        if thread_id is not None:
            residents.tell(
                thread_id,
                at=now,
                words=gettext_noop("U deed iets samen met %(helper)s"),
                values={"helper": actor.helper_words},
                by=actor.helper_words,
                kind="together",
            )


def running(actor: Actor, time_id: UUID, *, now: datetime) -> TimeTogether | None:
    """This colleague's time together, when it still runs and the role at that organisation still lasts."""
    row = TimeTogether.objects.select_related("organisation").filter(pk=time_id).first()
    if row is None or row.helper_id != actor.account_id:
        return None
    if row.organisation_id not in actor.organisations(*rules.HELPERS):
        return None
    return row if rules.is_running(ends_at=row.ends_at, ended_at=row.ended_at, now=now) else None


@transaction.atomic
def end(*, actor: Actor, time_id: UUID, now: datetime) -> None:
    """End the time together; what was kept for a next try goes. Twice is once."""
    row = TimeTogether.objects.select_for_update(of=("self",)).filter(pk=time_id, ended_at=None).first()
    if row is None:
        return
    row.ended_at = min(now, row.ends_at)
    row.save(update_fields=["ended_at"])
    TimeTogether.objects.filter(resident_id=row.resident_id, helper_id=row.helper_id).exclude(kept="").update(
        kept=""
    )
    if actor.kind is Kind.RESIDENT:
        _log(actor, row, event_type="together.end", purpose="om de tijd samen af te sluiten", now=now)


@transaction.atomic
def wrong_pin(*, time_id: UUID, now: datetime) -> bool:
    """Count a wrong pin at a second look. True when the time together ended because of it."""
    row = TimeTogether.objects.select_for_update(of=("self",)).get(pk=time_id)
    row.failures += 1
    if row.failures >= rules.WRONG_PINS and row.ended_at is None:
        row.ended_at = min(now, row.ends_at)
    row.save(update_fields=["failures", "ended_at"])
    return row.ended_at is not None


@transaction.atomic
def keep_typed(*, time_id: UUID, path: str, fields: Mapping[str, list[str]]) -> bool:
    """Keep, sealed, what she had typed when the time was over; for her next time with the same helper."""
    typed = [
        (name, value)
        for name, values in fields.items()
        for value in values
        if name not in NOT_KEPT and "password" not in name
    ]
    text = json.dumps({"path": path, "fields": typed})
    if not typed or len(text) > MOST_KEPT:
        return False
    row = TimeTogether.objects.select_for_update(of=("self",)).filter(pk=time_id).first()
    if row is None:
        return False
    row.kept = text
    row.save(update_fields=["kept"])
    return True


def _kept_rows(helper_id: UUID, resident_id: UUID, now: datetime):  # type: ignore[no-untyped-def]
    return TimeTogether.objects.filter(
        helper_id=helper_id, resident_id=resident_id, ends_at__gt=now - rules.KEPT_FOR
    ).exclude(kept="")


def kept_words(actor: Actor, *, now: datetime) -> Kept | None:
    """What she had typed when the last time together was over, for her and the same helper."""
    if actor.assisted_by_id is None or actor.resident_id is None:
        raise gate.not_here()
    row = _kept_rows(actor.assisted_by_id, actor.resident_id, now).order_by("-ends_at").first()
    if row is None:
        return None
    found = json.loads(row.kept)
    return Kept(path=found["path"], fields=tuple((n, v) for n, v in found["fields"]))


@transaction.atomic
def throw_away_kept(actor: Actor, *, now: datetime) -> None:
    """She does not want it any more."""
    if actor.assisted_by_id is None or actor.resident_id is None:
        raise gate.not_here()
    _kept_rows(actor.assisted_by_id, actor.resident_id, now).update(kept="")


# --- by phone --------------------------------------------------------------------------------


def _fingerprint(row_id: UUID, digits: str) -> str:
    text = f"digits:{row_id}:{digits}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _person_behind(code: str, name: str, grant: Grant) -> Resident | None:
    """Whose open request has this number and this family name, in the helper's own region."""
    with gate.as_system("terugbellen op het bekende nummer"):
        thread = (
            HelpRequest.objects.select_related("resident")
            .filter(code=code.strip().upper(), region_id=grant.region_id, phase__in=HelpRequest.OPEN)
            .first()
        )
    if thread is None or not _same_name(thread.resident.name, name):
        return None
    return thread.resident if thread.resident.phone else None


def _same_name(known: str, said: str) -> bool:
    """The last word of the name, without capitals."""
    ours, theirs = known.casefold().split(), said.casefold().split()
    return bool(ours and theirs) and ours[-1] == theirs[-1]


@transaction.atomic
def send_digits(*, actor: Actor, code: str, name: str, now: datetime) -> UUID:
    """Send four digits to the number that is known of her. Whoever it is, the answer is the same.

    A number without text messages hears them spoken by the gateway.
    """
    grant = helper_grant(actor)
    person = _person_behind(code, name, grant)
    row = PhoneDigits(
        resident=person,
        helper_id=actor.signed_in_id,
        organisation_id=grant.organisation_id,
        made_at=now,
        ends_at=now + rules.DIGITS_LAST,
    )
    digits = f"{secrets.randbelow(10_000):04d}"
    row.digits_hash = _fingerprint(row.pk, digits)
    row.save(force_insert=True)
    if person is not None and _not_too_often(person, now):
        post.queue(
            key=f"digits:{row.pk}",
            address=person.phone,
            subject="Cijfers",
            body=f"{digits}",
            channel="text",
            now=now,
        )
    return row.pk


def _not_too_often(person: Resident, now: datetime) -> bool:
    sent = PhoneDigits.objects.filter(resident=person, made_at__gt=now - timedelta(hours=1)).count()
    return sent <= rules.DIGITS_PER_HOUR


def begin_with_digits(*, actor: Actor, digits_id: UUID, digits: str, now: datetime) -> Beside:
    """Begin with the digits that she read aloud. Raises Invalid in one wording; the count must survive."""
    helper_grant(actor)
    row = (
        PhoneDigits.objects.select_for_update(of=("self",))
        .filter(pk=digits_id, helper_id=actor.signed_in_id, used_at=None)
        .first()
    )
    if row is None or now >= row.ends_at or row.failures >= rules.WRONG_DIGITS:
        raise NO_DIGITS
    right = hmac.compare_digest(row.digits_hash, _fingerprint(row.pk, digits.strip().replace(" ", "")))
    if not right or row.resident_id is None:
        row.failures += 1
        row.save(update_fields=["failures"])
        raise NO_DIGITS
    row.used_at = now
    row.save(update_fields=["used_at"])
    with gate.as_system("samen beginnen aan de telefoon"):
        person = Resident.objects.get(pk=row.resident_id)
    return _begin(actor, person, how=TimeTogether.How.PHONE, now=now)


def times_today(actor: Actor, *, since: datetime) -> int:
    """How often this colleague helped since `since`; a count, no names."""
    return TimeTogether.objects.filter(helper_id=actor.signed_in_id, started_at__gte=since).count()


# --- another way to reach her -------------------------------------------------------------------


@transaction.atomic
def name_other_way(
    *,
    resident_id: UUID,
    who: str,
    phone: str = "",
    address: str = "",
    organisation_id: UUID | None = None,
    now: datetime,
) -> None:
    """Keep, sealed, through whom she wants to be reached. The caller asked her, and access."""
    with gate.as_system("via wie wij haar bereiken"):
        OtherWay.objects.update_or_create(
            resident_id=resident_id,
            defaults={
                "who": who,
                "phone": phone,
                "address": address,
                "organisation_id": organisation_id,
                "changed_at": now,
            },
        )
