"""Who is asking, and in which role. Held by every room; free of Django."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What someone does in the network, given by a membership that begins and ends."""

    REFERRER = "referrer"
    GUIDE = "guide"
    PLANNER = "planner"
    PROGRAMME_MANAGER = "programme_manager"
    PRIVACY_OFFICER = "privacy_officer"
    ORGANISATION_ADMIN = "organisation_admin"
    OPERATOR = "operator"
    HOST = "host"
    KWARTIERMAKER = "kwartiermaker"
    EDITOR = "editor"
    GROUP_LEADER = "group_leader"
    GROUP_ORGANISER = "group_organiser"


class Kind(StrEnum):
    """What sort of someone it is."""

    ANONYMOUS = "anonymous"
    RESIDENT = "resident"
    RELATIVE = "relative"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one organisation in one region, valid today."""

    role: Role
    organisation_id: UUID
    region_id: UUID
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, with everything the decision table asks about them.

    `assisted_by` and its companions are set while a helper does things together with a resident on the
    helper's own device. The actor is then the resident (kind, account and rights are hers); every line in
    the log and in the history names the helper. `looked_twice`: her own pin was typed again for this act.
    `assisted_also`: every organisation where the helper works, for what one of those gains.
    """

    kind: Kind = Kind.ANONYMOUS
    account_id: UUID | None = None
    name: str = ""
    resident_id: UUID | None = None
    relative_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    second_factor: bool = False
    purpose: str = ""
    address: str = field(default="", compare=False)
    language: str = field(default="", compare=False)
    assisted_by: str = ""
    assisted_by_id: UUID | None = None
    assisted_organisation: str = ""
    assisted_organisation_id: UUID | None = None
    assisted_region_id: UUID | None = None
    assisted_also: tuple[UUID, ...] = ()
    looked_twice: bool = False
    profession: str = ""

    @property
    def helper_words(self) -> str:
        """The helper and the organisation, such as 'Henk Oude Vrielink, Ixta Noa'; empty without a helper."""
        return ", ".join(part for part in (self.assisted_by, self.assisted_organisation) if part)

    @property
    def signed_in_id(self) -> UUID:
        """The account of someone who is signed in. LookupError where an act let nobody through."""
        if self.account_id is None:
            raise LookupError("this act needs someone who is signed in")
        return self.account_id

    def has(self, *roles: Role) -> bool:
        """Holds one of these roles today, with the second factor where staff need it."""
        return self.second_factor and any(grant.role in roles for grant in self.grants)

    def organisations(self, *roles: Role) -> tuple[UUID, ...]:
        """The organisations where one of these roles is held; all of them without an argument."""
        if not self.second_factor:
            return ()
        return tuple({g.organisation_id for g in self.grants if not roles or g.role in roles})

    def regions(self, *roles: Role) -> tuple[UUID, ...]:
        """The regions in which one of these roles is held."""
        if not self.second_factor:
            return ()
        return tuple({g.region_id for g in self.grants if not roles or g.role in roles})

    def role_words(self) -> str:
        """The roles for the log, sorted so that equal sets read equal."""
        if self.kind is not Kind.STAFF:
            return str(self.kind)
        return "+".join(sorted({str(g.role) for g in self.grants})) or "none"

    def acting_for(self, purpose: str) -> Actor:
        """The same actor with the purpose of this act."""
        return replace(self, purpose=purpose)


ANONYMOUS = Actor()


def system(purpose: str) -> Actor:
    """A job of the house itself. It names why it runs."""
    return Actor(kind=Kind.SYSTEM, name="Noaber", second_factor=True, purpose=purpose)
