"""What the log asks about colleagues: where they work, when, and how to reach them and the officer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit import hooks
from noaber.hallway.audit.events import ColleagueAsked, ColleagueReplied, LookQuestioned
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.registry import listen
from noaber.hallway.post import services as post
from noaber.network.partners.models import Membership, WorkingPattern

AROUND = timedelta(days=7)
"""A role that ended within a week before still says where somebody worked."""


def colleagues_of(region_id: UUID, at: datetime) -> Iterable[hooks.Colleague]:
    """Everyone with a role in the region around this moment, with the hours they gave for conversations."""
    day = day_of(at)
    places: dict[UUID, set[UUID]] = defaultdict(set)
    names: dict[UUID, str] = {}
    living = Membership.objects.filter(
        organisation__region_id=region_id, period__overlap=DateRange(day - AROUND, day + AROUND)
    )
    for account, organisation, name in living.values_list("account_id", "organisation_id", "account__name"):
        places[account].add(organisation)
        names[account] = name
    hours: dict[UUID, list[tuple[int, time, time]]] = defaultdict(list)
    patterns = WorkingPattern.objects.filter(professional__account_id__in=list(places))
    for each in patterns.select_related("professional"):
        if each.professional.account_id is not None:
            span = (each.weekday, each.from_time, each.until_time)
            hours[each.professional.account_id].append(span)
    return [
        hooks.Colleague(account, names[account], frozenset(where), tuple(hours[account]))
        for account, where in places.items()
    ]


def region_of(account_id: UUID | None, _resident_id: UUID | None) -> UUID | None:
    """The region where someone last had a role, so that an ex-employee who tries is seen too."""
    if account_id is None:
        return None
    newest = Membership.objects.filter(account_id=account_id).order_by("-period")
    return newest.values_list("organisation__region_id", flat=True).first()


def tell_officers(event: LookQuestioned, now: datetime) -> None:
    """A neutral mail to every privacy officer of the region."""
    _mail_officers(
        event.region_id,
        key=f"look:{event.question_id}",
        body=_("Er staat een vraag voor u klaar bij Vragen van inwoners."),
        path="/inzage/vragen/",
        now=now,
    )


def tell_officers_of_reply(event: ColleagueReplied, now: datetime) -> None:
    """The colleague said why: the officer can decide."""
    _mail_officers(
        event.region_id,
        key=f"look-reply:{event.item_id}",
        body=_("Er is een antwoord op uw navraag."),
        path=f"/inzage/week/{event.item_id}/",
        now=now,
    )


def _mail_officers(region_id: UUID, *, key: str, body: str, path: str, now: datetime) -> None:
    officers = Account.objects.filter(
        memberships__role=str(Role.PRIVACY_OFFICER),
        memberships__organisation__region_id=region_id,
        memberships__period__contains=day_of(now),
        is_active=True,
    ).distinct()
    for officer in officers:
        _mail(officer, key=f"{key}:{officer.pk}", body=body, path=path, now=now)


def ask_colleague(event: ColleagueAsked, now: datetime) -> None:
    """A neutral mail to the colleague, with the way to the page; what it is about stands only there."""
    account = Account.objects.filter(pk=event.account_id, is_active=True).first()
    if account is not None:
        body = _("De privacyfunctionaris van de regio heeft een vraag aan u.")
        _mail(
            account, key=f"look-asked:{event.item_id}", body=body, path=f"/uitleg/{event.item_id}/", now=now
        )


def _mail(account: Account, *, key: str, body: str, path: str, now: datetime) -> None:
    post.queue(
        key=key,
        address=account.email or "",
        account_id=account.pk,
        subject=_("Er staat iets voor u klaar"),
        body=f"{body}\n\n{settings.BASE_URL}{path}\n",
        now=now,
    )


def register() -> None:
    """Called once at start."""
    hooks.register_colleagues(colleagues_of)
    hooks.register_region_of("partners", region_of)
    listen(LookQuestioned, tell_officers)
    listen(ColleagueAsked, ask_colleague)
    listen(ColleagueReplied, tell_officers_of_reply)
