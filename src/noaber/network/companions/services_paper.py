"""Printing the form 'Mijn keuzes', and entering it later with the paper as proof."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from noaber.ground.errors import Invalid
from noaber.ground.identifiers import new_reference, read_reference
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.network.companions import rules
from noaber.network.companions import services_questions as paper
from noaber.network.companions.models import PaperForm
from noaber.network.residents import services as residents
from noaber.network.residents.models import HelpRequest, Resident

NO_FORM = Invalid(
    "paper_not_recognised",
    happened="Met dit nummer kan niets worden ingevoerd.",
    why="Het formulier is al ingevoerd, ouder dan twee weken, of elders afgedrukt.",
    now_what="Kijk of u een teken hebt omgewisseld. Of druk samen met haar een nieuw formulier af.",
)
ENTERED = gettext_noop("Uw keuzes op papier zijn ingevoerd")


def _fingerprint(number: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"paper:{number}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def print_form(*, actor: Actor, now: datetime) -> tuple[UUID, str]:
    """A form for her, made while a helper sits beside her. Gives its id and the number, shown once."""
    if actor.assisted_organisation_id is None or actor.resident_id is None:
        raise gate.not_here()
    number = new_reference()
    row = PaperForm(
        resident_id=actor.resident_id,
        resident_account_id=actor.signed_in_id,
        organisation_id=actor.assisted_organisation_id,
        number_hash=_fingerprint(number),
        printed_by_name=actor.assisted_by,
        printed_at=now,
        ends_at=now + rules.PAPER_LASTS,
    )
    row.save(force_insert=True)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        event_type="paper.print",
        resident_id=actor.resident_id,
        object_kind="paper_form",
        object_id=row.pk,
        part="uw keuzes op papier",
        purpose="om een formulier voor u af te drukken",
        now=now,
    )
    return row.pk, number


@transaction.atomic
def enter_form(
    *, actor: Actor, number: str, signed_on: date, answers: Mapping[str, str], now: datetime
) -> int:
    """Enter a paper form as hers, with who saw it. Returns how many answers; nothing of her is shown.

    Raises Invalid in one wording for a number that does not work here.
    """
    gate.require_act(actor, "together.begin")
    if not rules.may_be_signed_on(signed_on, today=day_of(now)):
        raise Invalid(
            "signed_on",
            happened="Deze datum kan niet.",
            now_what="Vul de dag in waarop zij tekende.",
            fields={"signed_on": "Vul de dag in waarop zij tekende, binnen de laatste twee weken."},
        )
    with gate.as_system("een formulier op papier invoeren"):
        row = (
            PaperForm.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .filter(number_hash=_fingerprint(read_reference(number) or ""), entered_at=None, ends_at__gt=now)
            .first()
        )
    if row is None or row.organisation_id not in actor.organisations(*rules.HELPERS):
        raise NO_FORM
    _apply(actor, row, answers, now)
    with gate.as_system("het formulier is ingevoerd"):
        row.signed_on, row.entered_at, row.entered_by_name = signed_on, now, actor.name
        row.choices = json.dumps(dict(answers))
        row.save(update_fields=["signed_on", "entered_at", "entered_by_name", "choices"])
    return len(answers)


def _apply(actor: Actor, row: PaperForm, answers: Mapping[str, str], now: datetime) -> None:
    """Do as she, naming the colleague who saw the paper; then the database hears again who asks."""
    her = on_paper(row, actor)
    try:
        gate.tell_database(her)
        for part in paper.parts():
            given = {q.key: answers[q.key] for q in part.questions if answers.get(q.key)}
            if given:
                part.apply(her, given, now)
        audit.record(
            actor=her,
            action=audit.Action.UPDATE,
            event_type="paper.enter",
            resident_id=row.resident_id,
            object_kind="paper_form",
            object_id=row.pk,
            part="uw keuzes op papier",
            purpose="om uw keuzes van papier in te voeren",
            basis="op papier, door u getekend",
            now=now,
        )
        thread_id = (
            HelpRequest.objects.filter(resident_id=row.resident_id)
            .order_by("-received_at")
            .values_list("pk", flat=True)
            .first()
        )
        if thread_id is not None:
            residents.tell(thread_id, at=now, words=ENTERED, kind="paper")
    finally:
        gate.tell_database(actor)


def on_paper(row: PaperForm, seen_by: Actor) -> Actor:
    """The resident, who signed on paper; her own hand is the second look."""
    grant = next(g for g in seen_by.grants if g.organisation_id == row.organisation_id)
    language = Resident.objects.filter(pk=row.resident_id).values_list("language", flat=True).first()
    return Actor(
        kind=Kind.RESIDENT,
        account_id=row.resident_account_id,
        name="Inwoner",
        resident_id=row.resident_id,
        second_factor=True,
        address=seen_by.address,
        assisted_by=seen_by.name,
        assisted_by_id=seen_by.account_id,
        assisted_organisation=row.organisation.name,
        assisted_organisation_id=row.organisation_id,
        assisted_region_id=grant.region_id,
        looked_twice=True,
        language=language or "",
    )
