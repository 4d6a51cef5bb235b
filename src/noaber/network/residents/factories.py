"""Plain functions that make residents and their threads, for tests. They work as the house itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.clock import day_of
from noaber.network.partners.models import Municipality, Organisation
from noaber.network.residents.models import HelpRequest, Involvement, Resident
from noaber.network.residents.services import give_card, involve, take_hold, tell
from noaber.network.residents.types import Card

RECEIVED_AT = datetime(2027, 6, 21, 7, 30, tzinfo=UTC)
QUESTION = "Slaapt slecht sinds zij haar werk verloor. Wil weer onder de mensen komen."
REASON = "iets maken voor een test"


def make_resident(municipality: Municipality, name: str = "Fatma Yilmaz", **more: Any) -> Resident:
    """A resident with an account of her own."""
    created_at = more.pop("created_at", RECEIVED_AT)
    account = Account.objects.create_user(name="Inwoner", created_at=created_at)
    with gate.as_system(REASON):
        return Resident.objects.create(
            account=account,
            municipality=municipality,
            created_at=created_at,
            **{"name": name, "phone": "06-00000012", **more},
        )


def make_card(resident: Resident, *, now: datetime = RECEIVED_AT) -> Card:
    """A fresh card for this resident, with its code and pin."""
    with gate.as_system(REASON):
        return give_card(resident.pk, now=now)


def make_help_request(
    resident: Resident,
    *,
    referrer: Account | None = None,
    practice: Organisation | None = None,
    planning_office: Organisation | None = None,
    question: str = QUESTION,
    received_at: datetime = RECEIVED_AT,
    **more: Any,
) -> HelpRequest:
    """A thread as it stands after a referral: received, with the parts that are given here."""
    with gate.as_system(REASON):
        number = HelpRequest.objects.count()
        thread = HelpRequest.objects.create(
            **{
                "code": f"T-{number + 1}",
                "resident": resident,
                "region_id": resident.municipality.region_id,
                "municipality": resident.municipality,
                "question": question,
                "received_at": received_at,
                "next_on": day_of(received_at) + timedelta(days=1),
                "next_step": "Uw vaste persoon belt u",
                **more,
            }
        )
        if practice is not None:
            involve(
                thread.pk,
                part=Involvement.Part.REFERRER,
                account_id=referrer.pk if referrer else None,
                organisation_id=practice.pk,
                now=received_at,
            )
        if planning_office is not None:
            involve(
                thread.pk,
                part=Involvement.Part.PLANNER,
                account_id=None,
                organisation_id=planning_office.pk,
                now=received_at,
            )
        tell(thread.pk, at=received_at, words="Uw vraag is binnen", kind="received")
    return thread


def give_holder(
    thread: HelpRequest, account: Account, organisation: Organisation, *, now: datetime = RECEIVED_AT
) -> None:
    """Let this person hold the thread."""
    with gate.as_system(REASON):
        take_hold(
            help_request_id=thread.pk,
            account_id=account.pk,
            name=account.name,
            organisation_id=organisation.pk,
            now=now,
        )


def give_part(
    thread: HelpRequest,
    part: str,
    organisation: Organisation,
    account: Account | None = None,
    *,
    now: datetime = RECEIVED_AT,
) -> None:
    """Give someone a living part in the thread, such as 'guide'."""
    with gate.as_system(REASON):
        involve(
            thread.pk,
            part=part,
            account_id=account.pk if account else None,
            organisation_id=organisation.pk,
            now=now,
        )


def as_it_stands(thread_id: UUID) -> HelpRequest:
    """The thread now, whoever asks."""
    with gate.as_system(REASON):
        return HelpRequest.objects.select_related("resident").get(pk=thread_id)


def days_ago(days: int, *, today: date) -> datetime:
    """Nine in the morning UTC that many days before `today`."""
    return datetime(today.year, today.month, today.day, 9, tzinfo=UTC) - timedelta(days=days)
