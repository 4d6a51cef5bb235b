"""Looking up members, invitations and colleagues of the organisations that one administers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts import invitations
from noaber.hallway.accounts.services import account_with
from noaber.knowledge.codes.tables import load_codes
from noaber.network.partners.models import Membership, Organisation, Professional
from noaber.network.partners.policies import GIVEN_BY_ADMIN
from noaber.network.partners.types import (
    CertificateLine,
    Colleague,
    InvitationOnScreen,
    Member,
    OpenInvitation,
    PeopleOfOrganisation,
)


def people_of(actor: Actor, *, now: datetime, today: date) -> PeopleOfOrganisation:
    """Members, former members, open invitations and colleagues, where this actor administers."""
    gate.require_act(actor, "members.manage")
    mine = actor.organisations(Role.ORGANISATION_ADMIN)
    organisations = dict(Organisation.objects.filter(pk__in=mine).order_by("name").values_list("pk", "name"))
    rows = Membership.objects.filter(organisation_id__in=mine).select_related("account", "organisation")
    members = [_member(row) for row in rows.order_by("account__name", "role", "pk")]
    return PeopleOfOrganisation(
        organisations=tuple(organisations.items()),
        members=tuple(m for m in members if m.until_on is None or m.until_on > today),
        former=tuple(m for m in members if m.until_on is not None and m.until_on <= today),
        invitations=tuple(
            OpenInvitation(
                id=card.id,
                name=card.name,
                email=card.email,
                role=card.role,
                organisation=organisations[card.organisation_id],
                expires_at=card.expires_at,
            )
            for card in invitations.open_for(mine, now=now)
        ),
        colleagues=_colleagues(mine, today),
    )


def _member(row: Membership) -> Member:
    return Member(
        id=row.pk,
        name=row.account.name,
        email=row.account.email or "",
        role=row.role,
        organisation=row.organisation.name,
        from_on=row.period.lower,
        until_on=row.period.upper,
        may_end=row.role in GIVEN_BY_ADMIN,
    )


def _colleagues(organisations: tuple[UUID, ...], today: date) -> tuple[Colleague, ...]:
    people = (
        Professional.objects.filter(organisation_id__in=organisations)
        .exclude(ends_on__lte=today)
        .prefetch_related("certificates")
        .order_by("name", "pk")
    )
    return tuple(_colleague(person) for person in people)


def _colleague(person: Professional) -> Colleague:
    lines = sorted(person.certificates.all(), key=lambda c: (c.kind, c.obtained_on))
    profession = load_codes().professions.get(person.profession)
    return Colleague(
        id=person.pk,
        name=person.name,
        profession=profession.label if profession else person.profession,
        certificates=tuple(CertificateLine(c.kind, c.obtained_on, c.expires_on) for c in lines),
    )


def colleague(actor: Actor, professional_id: UUID) -> Colleague:
    """One colleague, for who keeps certificates."""
    people = Professional.objects.prefetch_related("certificates")
    return _colleague(gate.get(actor, "certify", people, resource="professional", pk=professional_id))


def member_to_end(actor: Actor, membership_id: UUID) -> Member:
    """The membership someone is about to end."""
    rows = Membership.objects.select_related("account", "organisation")
    return _member(gate.get(actor, "end", rows, resource="membership", pk=membership_id))


def invitation_behind(token: str, *, now: datetime) -> InvitationOnScreen:
    """What someone who was invited reads before accepting."""
    card = invitations.behind(token, now=now)
    organisation = Organisation.objects.filter(pk=card.organisation_id).values_list("name", flat=True).first()
    return InvitationOnScreen(
        name=card.name,
        email=card.email,
        role=card.role,
        organisation=organisation or "",
        has_account=account_with(card.email) is not None,
    )
