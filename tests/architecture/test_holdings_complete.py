"""Every table that holds something of a resident stands in a holding: so it is copied, kept and erased.

A new table with a sealed field, or with a way to a resident or an account, fails here until the room that
owns it covers it in its `holdings.py` (see the README of hallway/holdings), or it stands below with a reason.
"""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from noaber.hallway.holdings.registry import holdings
from noaber.hallway.sealed import SealedBytesField, SealedTextField
from noaber.knowledge.retention import load_retention

SEALED = (SealedTextField, SealedBytesField)
ID_FIELDS = ("resident_id", "account_id", "resident_account_id", "recipient_account_id", "conversation_id")
OF_A_PROFESSIONAL = "of a colleague: residents never have a row here"
EXEMPT = {
    # the machinery
    "auth.Permission": "says what may be done, not by whom",
    "outbox.Handling": "which listener did its part; ids of events alone",
    "outbox.OutboxEvent": "ids and times for 90 days, no words and no names",
    "post.Message": "emptied with the account and the sendings (`post.services.forget`)",
    # keys, removed when an account is closed (`accounts.services.close`)
    "mfa.Authenticator": "keys of an account; removed when it is closed",
    "account.EmailAddress": OF_A_PROFESSIONAL,
    "account.EmailConfirmation": OF_A_PROFESSIONAL,
    "accounts.Account_groups": OF_A_PROFESSIONAL,
    "accounts.Account_user_permissions": OF_A_PROFESSIONAL,
    "drafts.Draft": "kept a day at most; gone when she signs out and when her account is closed",
    # colleagues
    "accounts.Invitation": OF_A_PROFESSIONAL,
    "audit.HomeStreet": OF_A_PROFESSIONAL,
    "sources.Source": OF_A_PROFESSIONAL,
    "sources.SourceRun": OF_A_PROFESSIONAL,
    "sources.SourceEntry": OF_A_PROFESSIONAL,
    "sources.Difference": OF_A_PROFESSIONAL,
    "audit.ReviewItem": "about a colleague; of residents only the numbers of log lines",
    "partners.Absence": OF_A_PROFESSIONAL,
    "partners.KeyReset": OF_A_PROFESSIONAL,
    "partners.Membership": OF_A_PROFESSIONAL,
    "partners.Professional": OF_A_PROFESSIONAL,
    "partners.Certificate": OF_A_PROFESSIONAL,
    "partners.WorkingPattern": OF_A_PROFESSIONAL,
    "neighbourhood.AcuteAgreement": OF_A_PROFESSIONAL,
    "neighbourhood.FollowUp": OF_A_PROFESSIONAL,
    "neighbourhood.Inventory": OF_A_PROFESSIONAL,
    "neighbourhood.KeyPerson": "no resident: who said yes to being known; emptied at once when she stops",
    "neighbourhood.Signal": OF_A_PROFESSIONAL,
    "neighbourhood.SignalStep": OF_A_PROFESSIONAL,
    "neighbourhood.TeamMember": OF_A_PROFESSIONAL,
    "neighbourhood.UsedHours": OF_A_PROFESSIONAL,
    "referrals.PracticeKey": OF_A_PROFESSIONAL,
    "referrals.ShortPin": OF_A_PROFESSIONAL,
    "groups.GroupProposal": OF_A_PROFESSIONAL,
    "groups.Leader": OF_A_PROFESSIONAL,
    "groups.LeaderHours": OF_A_PROFESSIONAL,
    "groups.SessionLeader": OF_A_PROFESSIONAL,
    "groups.ProposalLeader": OF_A_PROFESSIONAL,
    "groups.ProposalStep": OF_A_PROFESSIONAL,
    "routes.Wayfinder": OF_A_PROFESSIONAL,
    "routes.Wayfinder_also_in": OF_A_PROFESSIONAL,
    "routes.WayfinderConsent": OF_A_PROFESSIONAL,
    "routes.RouteVersion": "an agreement between organisations; who proposed it",
    "routes.RouteStep": "an agreement between organisations; who did what with it",
    "routes.RouteUse": "a version and a month: no person, no practice",
    "routes.RouteDeviation": "a reason, and words that were checked to name nobody",
}


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def leads_to_a_person(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether this table holds something sealed, or leads to a resident or an account by any road."""
    if label(model) in {"residents.Resident", "accounts.Account"}:
        return True
    if model in seen:
        return False
    for field in model._meta.get_fields():
        if isinstance(field, SEALED):
            return True
        if isinstance(field, models.Field) and field.name in ID_FIELDS:
            return True
        if isinstance(field, models.ForeignKey) and leads_to_a_person(field.related_model, seen | {model}):
            return True
    return False


def of_a_person() -> set[str]:
    found = apps.get_models(include_auto_created=True)
    return {label(model) for model in found if leads_to_a_person(model)}


def covered() -> Counter[str]:
    return Counter(name for kind in holdings() for name in kind.models)


def test_every_table_that_holds_something_of_a_resident_stands_in_a_holding() -> None:
    missing = sorted(of_a_person() - set(covered()) - set(EXEMPT))
    assert missing == [], (
        "These tables hold something of a resident and stand in no holding: cover them in the holdings.py "
        "of their room, so that she gets a copy and can have it erased. Only a table that never holds "
        "anything of a resident may stand in EXEMPT, with the reason."
    )


def test_no_table_is_both_covered_and_exempt() -> None:
    assert sorted(set(covered()) & set(EXEMPT)) == []


def test_every_name_in_a_holding_is_a_table() -> None:
    known = {label(model) for model in apps.get_models(include_auto_created=True)}
    assert sorted(set(covered()) - known) == []


def test_no_exemption_outlived_its_table() -> None:
    known = {label(model) for model in apps.get_models(include_auto_created=True)}
    assert sorted(set(EXEMPT) - known) == []


def test_every_holding_names_a_retention_class_and_has_words() -> None:
    wrong = [kind.key for kind in holdings() if kind.retention not in load_retention() or not kind.words]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("residents.ThreadEntry", True),
        ("conversations.Participation", True),
        ("audit.AuditEntry", True),
        ("post.Message", True),
        ("directory.Service", False),
        ("partners.Municipality", False),
    ],
)
def test_the_road_to_a_person_is_seen(name: str, expected: bool) -> None:
    assert leads_to_a_person(apps.get_model(name)) is expected
