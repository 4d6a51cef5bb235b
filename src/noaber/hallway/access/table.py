"""The one decision table: which relation may do what with which thing. Default is no; deny wins.

A room describes its resource once: the model, and each relation as a condition on its rows. From those
rows come lists (`visible`) and single decisions (`require`), so that a list and a page cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from noaber.ground.errors import Forbidden, Missing
from noaber.hallway.access.types import Actor, Kind, Role

M = TypeVar("M", bound=Model)

Relation = Callable[[Actor], Q | None]
"""Rows to which an actor stands in this relation; None when the actor cannot stand in it at all."""

NOBODY = Q(pk__in=[])


class Effect(StrEnum):
    """What a row of the table does."""

    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: who (relation) may or may not do what (action) with which resource."""

    resource: str
    action: str
    relation: str
    effect: Effect = Effect.ALLOW
    because: str = ""


@dataclass(frozen=True, slots=True)
class ActRule:
    """One row for an act that starts from nothing, such as sending a referral."""

    action: str
    roles: frozenset[Role]
    because: str = ""


@dataclass(slots=True)
class Resource:
    """A thing under access, with the ways in which someone can be related to it."""

    name: str
    model: type[Model]
    relations: dict[str, Relation]


@dataclass(frozen=True, slots=True)
class _Decided:
    """The last decision that let someone through: an act, a thing, or a list of things."""

    actor: Actor
    action: str
    resource: str = ""
    thing: Model | None = None


_last: ContextVar[_Decided | None] = ContextVar("last_decision", default=None)
_resources: dict[str, Resource] = {}
_rules: list[Rule] = []
_acts: dict[str, ActRule] = {}


def register(resource: Resource, rules: list[Rule]) -> None:
    """Add a resource with its rows. Unknown relations are refused at start-up."""
    for rule in rules:
        if rule.relation not in resource.relations:
            raise ValueError(f"{resource.name}: no relation called {rule.relation!r}")
    _resources[resource.name] = resource
    _rules[:] = [r for r in _rules if r.resource != resource.name] + list(rules)


def register_act(rule: ActRule) -> None:
    """Add an act that needs a role and no object."""
    _acts[rule.action] = rule


def rows() -> tuple[Rule, ...]:
    """All rows, for the page 'who may see what' and for the tests."""
    return tuple(_rules)


def acts() -> tuple[ActRule, ...]:
    """All acts, likewise."""
    return tuple(_acts.values())


def _condition(actor: Actor, resource: Resource, action: str, effect: Effect) -> Q:
    found = [
        condition
        for rule in _rules
        if rule.resource == resource.name and rule.action == action and rule.effect is effect
        if (condition := resource.relations[rule.relation](actor)) is not None
    ]
    return reduce(or_, found) if found else NOBODY


def visible(actor: Actor, action: str, queryset: QuerySet[M], *, resource: str) -> QuerySet[M]:
    """The rows of `queryset` on which `actor` may do `action`."""
    known = _resources[resource]
    if actor.kind is Kind.SYSTEM:
        return queryset
    _last.set(_Decided(actor, action, resource))
    allowed = queryset.filter(_condition(actor, known, action, Effect.ALLOW))
    denied = _condition(actor, known, action, Effect.DENY)
    return allowed if denied == NOBODY else allowed.exclude(denied)


def allowed(actor: Actor, action: str, thing: Model | None, *, resource: str) -> bool:
    """May `actor` do `action` with this thing? The same answer as the list would give."""
    if thing is None:
        return False
    known = _resources[resource]
    mine = known.model._default_manager.filter(pk=thing.pk)
    return visible(actor, action, mine, resource=resource).exists()


def require(actor: Actor, action: str, thing: M | None, *, resource: str) -> M:
    """The thing again, when allowed. Absent and forbidden fail in the same words."""
    if thing is None:
        raise not_here()
    if not allowed(actor, action, thing, resource=resource):
        raise not_yours()
    _note_thing(actor, action, thing, resource)
    return thing


def get(actor: Actor, action: str, queryset: QuerySet[M], *, resource: str, pk: UUID, **_: Any) -> M:
    """The one row with this id on which `actor` may do `action`."""
    row = visible(actor, action, queryset, resource=resource).filter(pk=pk).first()
    if row is None:
        raise not_here()
    _note_thing(actor, action, row, resource)
    return row


def _note_thing(actor: Actor, action: str, thing: Model, resource: str) -> None:
    if actor.kind is not Kind.SYSTEM:
        _last.set(_Decided(actor, action, resource, thing))


def worn_hat(actor: Actor) -> Role | None:
    """The role that the last decision about this actor went by, for the log; None when it was not one role.

    The log asks it for who has more roles and for whom the room did not say which one acts.
    """
    held, decided = {grant.role for grant in actor.grants}, _last.get()
    if len(held) <= 1 or decided is None or decided.actor.account_id != actor.account_id:
        return next(iter(held), None) if len(held) == 1 else None
    try:
        return _hat_of(actor, held, decided)
    finally:
        _last.set(decided)


def _hat_of(actor: Actor, held: set[Role], decided: _Decided) -> Role | None:
    if not decided.resource:
        may = _acts[decided.action].roles
        return next((role for role in Role if role in held & may), None)
    if decided.thing is not None:
        return hat_for(actor, decided.action, decided.thing, resource=decided.resource)
    known = _resources[decided.resource]
    able = [
        role
        for role in held
        if _condition(_alone(actor, role), known, decided.action, Effect.ALLOW) != NOBODY
    ]
    return able[0] if len(able) == 1 else None


def _alone(actor: Actor, role: Role) -> Actor:
    """The same actor with this one role."""
    return replace(actor, grants=tuple(grant for grant in actor.grants if grant.role is role))


def hat_for(actor: Actor, action: str, thing: Model, *, resource: str) -> Role | None:
    """The role with which `actor` may do `action` with this thing, for the log; None when none decides.

    Someone with one role wears that one. Only for someone with more the database is asked, role by role.
    """
    held = {grant.role for grant in actor.grants}
    if len(held) <= 1:
        return next(iter(held), None)
    for role in Role:
        if role in held and allowed(_alone(actor, role), action, thing, resource=resource):
            return role
    return None


def require_act(actor: Actor, action: str) -> None:
    """Go on only when one of the actor's roles may do this act."""
    if actor.kind is Kind.SYSTEM:
        return
    rule = _acts.get(action)
    if rule is None or not actor.has(*rule.roles):
        raise not_yours()
    _last.set(_Decided(actor, action))


def may_act(actor: Actor, action: str) -> bool:
    """Whether one of the actor's roles may do this act; for menus, never instead of `require_act`."""
    rule = _acts.get(action)
    return rule is not None and actor.has(*rule.roles)


_WORDS: dict[str, Any] = {
    "happened": "Deze pagina is er niet, of is niet voor u.",
    "now_what": "Ga terug naar het begin, of bel degene die u hierheen stuurde.",
}


def not_here() -> Missing:
    """The answer for what does not exist."""
    return Missing("not_here", **_WORDS)


def not_yours() -> Forbidden:
    """The answer for what is not yours; on screen the same as `not_here`."""
    return Forbidden("not_here", **_WORDS)
