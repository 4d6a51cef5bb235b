"""Acts on members: invite, withdraw, accept, end a role, note a certificate."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.translation import gettext as _

from noaber.ground.errors import Conflict, Invalid
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts import invitations
from noaber.hallway.accounts import services as accounts
from noaber.hallway.clock import day_of
from noaber.hallway.outbox.services import publish
from noaber.hallway.post.services import queue
from noaber.network.partners.events import MembershipEnded
from noaber.network.partners.models import Certificate, Membership, Professional
from noaber.network.partners.policies import GIVEN_BY_ADMIN


@transaction.atomic
def invite_member(
    *, actor: Actor, organisation_id: UUID, email: str, name: str, role: str, now: datetime
) -> UUID:
    """Invite someone for a role at one's own organisation. The mail says nothing but who may come in."""
    _own_organisation(actor, organisation_id)
    _may_give(role)
    invitation_id, token = invitations.invite(
        email=email,
        name=name,
        role=role,
        organisation_id=organisation_id,
        invited_by=_account_of(actor),
        now=now,
    )
    link = settings.BASE_URL + reverse("partners:invitation", kwargs={"token": token})
    queue(
        key=f"invitation:{invitation_id}",
        address=email.strip().lower(),
        subject=_("Uitnodiging"),
        body=_(
            "Goedendag,\n\n"
            "Een collega nodigt u uit om samen te werken.\n"
            "Via deze link maakt u uw account:\n{link}\n\n"
            "De link werkt één keer en zeven dagen lang.\n"
            "Verwacht u dit niet? Dan hoeft u niets te doen.\n"
        ).format(link=link),
        now=now,
    )
    return invitation_id


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: UUID, now: datetime) -> None:
    """Withdraw an invitation of one's own organisation; its link stops at once."""
    gate.require_act(actor, "members.manage")
    invitations.withdraw(invitation_id, organisation_ids=_administered(actor), now=now)


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> UUID:
    """Accept as someone new: the account is made and the role begins today."""
    card = invitations.use(token, now=now)
    if accounts.account_with(card.email) is not None:
        raise Conflict(
            "account_exists",
            happened=_("Met dit mailadres is al een account."),
            why=_("U werkt al met Noaber."),
            now_what=_("Log eerst in. Open daarna de link uit de mail nog een keer."),
        )
    account_id = accounts.open_account(name=card.name, email=card.email, password=password, now=now)
    _begin(account_id, card.organisation_id, card.role, on=day_of(now))
    return account_id


@transaction.atomic
def accept_as_myself(*, actor: Actor, token: str, now: datetime) -> None:
    """Accept with the account one has. Only for the address that was invited."""
    card = invitations.use(token, now=now)
    if actor.account_id is None or accounts.account_with(card.email) != actor.account_id:
        raise gate.not_here()
    _begin(actor.account_id, card.organisation_id, card.role, on=day_of(now))


@transaction.atomic
def end_membership(*, actor: Actor, membership_id: UUID, now: datetime) -> str:
    """End a role today. From this moment it opens nothing, and every session of that person ends.

    Gives the name, for the message on screen.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=membership_id)
        .first()
    )
    if membership is None:
        raise gate.not_here()
    gate.require(actor, "end", membership, resource="membership")
    today = day_of(now)
    begun, until = membership.period.lower, membership.period.upper
    if until is not None and until <= today:
        return membership.account.name
    if begun is not None and begun < today:
        membership.period = DateRange(begun, today)
        membership.save(update_fields=["period"])
    else:
        membership.delete()
    accounts.end_sessions(membership.account_id)
    publish(
        MembershipEnded(
            account_id=membership.account_id, organisation_id=membership.organisation_id, role=membership.role
        ),
        now=now,
    )
    return membership.account.name


@transaction.atomic
def add_certificate(
    *, actor: Actor, professional_id: UUID, kind: str, obtained_on: date, expires_on: date | None, today: date
) -> None:
    """Note that a colleague finished a training."""
    person = Professional.objects.select_for_update().filter(pk=professional_id).first()
    if person is None:
        raise gate.not_here()
    gate.require(actor, "certify", person, resource="professional")
    if obtained_on > today:
        raise _wrong_date("obtained_on", _("Deze datum ligt in de toekomst."))
    if expires_on is not None and expires_on <= obtained_on:
        raise _wrong_date("expires_on", _("Het einde ligt niet na het begin."))
    Certificate.objects.get_or_create(
        professional=person, kind=kind, obtained_on=obtained_on, defaults={"expires_on": expires_on}
    )


def _begin(account_id: UUID, organisation_id: UUID, role: str, *, on: date) -> None:
    try:
        with transaction.atomic():
            Membership.objects.create(
                account_id=account_id, organisation_id=organisation_id, role=role, period=DateRange(on, None)
            )
    except IntegrityError:
        raise Conflict(
            "member_already",
            happened=_("U hebt deze rol al."),
            why=_("Iemand gaf u die eerder."),
            now_what=_("U hoeft niets te doen. Ga verder naar uw werk."),
        ) from None


def _own_organisation(actor: Actor, organisation_id: UUID) -> None:
    gate.require_act(actor, "members.manage")
    if organisation_id not in _administered(actor):
        raise gate.not_here()


def _administered(actor: Actor) -> tuple[UUID, ...]:
    return actor.organisations(Role.ORGANISATION_ADMIN)


def _account_of(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise gate.not_here()
    return actor.account_id


def _may_give(role: str) -> None:
    if role not in GIVEN_BY_ADMIN:
        raise Invalid(
            "role_not_given_here",
            happened=_("Deze rol kunt u niet geven."),
            why=_("De regio geeft hem zelf."),
            now_what=_("Kies een andere rol, of bel het netwerkbureau."),
            fields={"role": _("Kies een rol uit de lijst.")},
        )


def _wrong_date(field: str, words: str) -> Invalid:
    return Invalid(
        "certificate_dates",
        happened=_("Deze datums kunnen niet."),
        why=words,
        now_what=_("Kijk de datums na."),
        fields={field: words},
    )
