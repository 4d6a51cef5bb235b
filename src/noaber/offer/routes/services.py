"""Acts on wayfinders: keep one with her consent, and let go of one at once."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.translation import gettext as _

from noaber.ground.identifiers import contains_bsn
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.clock import day_of
from noaber.knowledge.languages import LANGUAGES
from noaber.knowledge.offer_terms import load_terms
from noaber.network.partners.models import Membership, Municipality, Organisation
from noaber.offer.routes import errors, rules
from noaber.offer.routes.models import Wayfinder, WayfinderConsent
from noaber.offer.routes.types import NewWayfinder

_PHONE = re.compile(r"^[+0-9][0-9 ()./-]{5,29}$")
LONGEST = {"name": 120, "phone": 30, "email": 254, "hours": 120, "neighbourhoods": 200, "knows": 300}


@transaction.atomic
def keep_wayfinder(
    *,
    actor: Actor,
    wayfinder: NewWayfinder,
    now: datetime,
    once_key: str,
    wayfinder_id: UUID | None = None,
    version: int = 0,
) -> UUID:
    """Write a wayfinder down, or change what was written; her consent is noted each time it changes.

    Her mail address ties her to her role at the organisation, when she has one: it ends together. Without a
    role she is asked again within a year. The same `once_key` twice is one wayfinder.

    Raises:
        Conflict: someone else edited her since `version`.
        Invalid: fields that cannot be kept, each with its reason.
        Missing: not an organisation or a municipality of this actor's.
    """
    gate.require_act(actor, "wayfinders.keep")
    organisation = _own_organisation(actor, wayfinder.organisation_id)
    row = _row(actor, organisation, wayfinder_id, version, once_key)
    if row is None:
        return Wayfinder.objects.get(once_key=once_key, region_id=organisation.region_id).pk
    account_id = _account_behind(wayfinder.email, organisation.pk, now)
    faults = _faults(wayfinder, tied=account_id is not None)
    if faults:
        raise errors.not_right(faults)
    places = _places(organisation.region_id, wayfinder)
    news = row._state.adding or (row.degree, row.agreed_on) != (wayfinder.degree, wayfinder.agreed_on)
    for key in ("name", "phone", "email", "hours", "neighbourhoods", "knows"):
        setattr(row, key, rules.cleaned(getattr(wayfinder, key)))
    for key in ("degree", "said", "agreed_on", "begins_on", "ends_on", "whole_region"):
        setattr(row, key, getattr(wayfinder, key))
    row.organisation, row.account_id, row.municipality = organisation, account_id, places[0]
    row.languages, row.terms = list(wayfinder.languages), list(wayfinder.terms)
    row.recorded_at = row.recorded_at or now
    row.version = 1 if row._state.adding else row.version + 1
    row.save()
    row.also_in.set(places[1:])
    if news:
        _note_consent(actor, row, now)
    return row.pk


def _row(
    actor: Actor, organisation: Organisation, wayfinder_id: UUID | None, version: int, once_key: str
) -> Wayfinder | None:
    """The row to write on; None when this form came before."""
    if wayfinder_id is None:
        known = Wayfinder.objects.filter(once_key=once_key, region_id=organisation.region_id).exists()
        return None if known else Wayfinder(region_id=organisation.region_id, once_key=once_key)
    rows = Wayfinder.objects.select_for_update().filter(withdrawn_at__isnull=True)
    row = gate.get(actor, "keep", rows, resource="wayfinder", pk=wayfinder_id)
    if row.region_id != organisation.region_id:
        raise gate.not_here()
    if row.version != version:
        raise errors.changed_meanwhile()
    return row


def _own_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """An organisation for which this actor may name wayfinders: of her region, or her own."""
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None or not (
        row.region_id in actor.regions(Role.EDITOR) or row.pk in actor.organisations(Role.ORGANISATION_ADMIN)
    ):
        raise gate.not_here()
    return row


def _account_behind(email: str, organisation_id: UUID, now: datetime) -> UUID | None:
    if not email.strip():
        return None
    roles = Membership.objects.filter(organisation_id=organisation_id, period__contains=day_of(now))
    return (
        roles.filter(account__email=email.strip().lower(), account__is_active=True)
        .values_list("account_id", flat=True)
        .first()
    )


def _places(region_id: UUID, wayfinder: NewWayfinder) -> list[Municipality]:
    wanted = list(dict.fromkeys([wayfinder.municipality_id, *wayfinder.also_in]))
    found = Municipality.objects.filter(region_id=region_id).in_bulk(wanted)
    if len(found) != len(wanted):
        raise gate.not_here()
    return [found[pk] for pk in wanted]


def _faults(new: NewWayfinder, *, tied: bool) -> dict[str, str]:
    faults = {
        key: _("Dit is te lang. Er passen %(longest)s tekens.") % {"longest": longest}
        for key, longest in LONGEST.items()
        if len(getattr(new, key)) > longest
    }
    faults |= {
        key: _("Haal het burgerservicenummer weg. Wij bewaren dat niet.")
        for key in ("name", "neighbourhoods", "knows", "hours")
        if contains_bsn(getattr(new, key))
    }
    if not rules.cleaned(new.name):
        faults["name"] = _("Vul een naam in.")
    if not _PHONE.match(new.phone.strip()):
        faults["phone"] = _("Dit is geen telefoonnummer. Gebruik cijfers, zoals 053-1234567.")
    if new.email.strip() and not _is_mail(new.email.strip()):
        faults["email"] = _("Dit is geen mailadres. Gebruik een adres zoals naam@voorbeeld.nl.")
    choose = _("Kies een van de mogelijkheden.")
    if new.degree not in (Wayfinder.Degree.PROFESSIONALS, Wayfinder.Degree.PUBLIC):
        faults["degree"] = _("Zonder toestemming noemen wij niemand. Vraag het, en kies aan wie.")
    if new.said not in Wayfinder.Said.values:
        faults["said"] = choose
    if not set(new.terms) <= set(load_terms()):
        faults["terms"] = choose
    if not set(new.languages) <= {code for code, _word in LANGUAGES}:
        faults["languages"] = choose
    return faults | _wrong_days(new, tied=tied)


def _wrong_days(new: NewWayfinder, *, tied: bool) -> dict[str, str]:
    if new.ends_on is not None and new.ends_on <= new.begins_on:
        return {"ends_on": _("Het einde is niet later dan het begin.")}
    if tied:
        return {}
    last = new.begins_on + rules.LONGEST_WITHOUT_ROLE
    if new.ends_on is None or new.ends_on > last:
        return {
            "ends_on": _(
                "Met dit mailadres werkt hier niemand in Noaber. Kies dan een laatste dag, binnen een jaar."
            )
        }
    return {}


def _is_mail(text: str) -> bool:
    try:
        EmailValidator()(text)
    except ValidationError:
        return False
    return True


def _note_consent(actor: Actor, row: Wayfinder, now: datetime) -> None:
    by = next((g.organisation_name for g in actor.grants if g.region_id == row.region_id), "Noaber")
    WayfinderConsent.objects.create(
        wayfinder=row, at=now, degree=row.degree, said=row.said, by_organisation=by[:200]
    )


@transaction.atomic
def withdraw_wayfinder(*, actor: Actor, wayfinder_id: UUID, now: datetime) -> None:
    """She is named no more, anywhere, from this moment; nothing of her is kept. Twice is once."""
    row = gate.get(
        actor, "withdraw", Wayfinder.objects.select_for_update(), resource="wayfinder", pk=wayfinder_id
    )
    if row.withdrawn_at is None:
        if row.account_id is not None and row.account_id == actor.account_id:
            row.said = Wayfinder.Said.SELF
        _empty(row, now)
        _note_consent(actor, row, now)


def _empty(row: Wayfinder, now: datetime) -> None:
    row.name = row.phone = row.email = row.knows = row.neighbourhoods = row.hours = row.degree = ""
    row.terms, row.languages, row.account_id, row.withdrawn_at = [], [], None, now
    row.version += 1
    row.save()


@transaction.atomic
def forget_wayfinders(
    *, account_id: UUID | None = None, organisation_id: UUID | None = None, now: datetime
) -> int:
    """Empty the rows of whoever works there no more, or whose last day has passed; how many there were."""
    rows = Wayfinder.objects.select_for_update().filter(withdrawn_at__isnull=True)
    if account_id is not None and organisation_id is not None:
        rows = rows.filter(account_id=account_id, organisation_id=organisation_id)
    today, emptied = day_of(now), 0
    for row in rows:
        works = row.account_id is None or _works(row.account_id, row.organisation_id, now)
        if not works or (row.ends_on is not None and row.ends_on <= today):
            _empty(row, now)
            WayfinderConsent.objects.create(
                wayfinder=row, at=now, degree="", said=row.said, by_organisation="Noaber"
            )
            emptied += 1
    return emptied


def _works(account_id: UUID, organisation_id: UUID, now: datetime) -> bool:
    return Membership.objects.filter(
        account_id=account_id,
        organisation_id=organisation_id,
        period__contains=day_of(now),
        account__is_active=True,
    ).exists()
