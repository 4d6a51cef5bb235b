"""The application's rules and the database's own rules each hold alone."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import Error, connection, transaction
from django.db.models import QuerySet
from tests.security.world import World

from noaber.ground.errors import Missing
from noaber.hallway.access import gate, scope, table
from noaber.hallway.access.types import ANONYMOUS, Actor
from noaber.hallway.audit.models import AuditEntry
from noaber.network.residents.models import HelpRequest, MeanwhileChoice, Resident, ThreadEntry
from noaber.pathways.conversations.models import AgreedStep, Conversation, Report
from noaber.pathways.referrals.models import Letter, Referral

THREAD = {
    "noor": {"fatma", "mila", "dora", "els"},
    "piet": set(),
    "ilse": {"fatma", "mila", "dora", "els"},
    "gerda": {"cem"},
    "sanne": {"fatma", "mila"},
    "tineke": {"dora"},
    "karel": set(),
    "bram": {"fatma", "dora"},
    "dirk": set(),
    "joris": {"fatma", "mila", "dora", "els"},
    "petra": {"fatma", "mila", "dora", "els"},
    "olga": {"fatma", "mila", "dora", "els"},
    "fatma": {"fatma"},
    "mila": {"mila"},
}
"""Whose thread the database alone lets through. It knows organisations, not roles: the planning office's
programme manager and privacy officer pass this lock, and are held by the application's."""

NOBODY: frozenset[str] = frozenset()

SAID = {
    **dict.fromkeys(
        ("noor", "piet", "ilse", "gerda", "tineke", "karel", "dirk", "joris", "petra"), frozenset()
    ),
    "sanne": {"fatma", "mila"},
    "bram": {"fatma"},
    "fatma": {"fatma"},
    "mila": {"mila"},
}
"""Whose report and steps the database alone lets through."""

WROTE_BACK = {
    **dict.fromkeys(
        ("piet", "ilse", "gerda", "sanne", "tineke", "karel", "bram", "dirk", "joris"), frozenset()
    ),
    "noor": {"fatma"},
    "fatma": {"fatma"},
    "mila": {"mila"},
}
"""Whose letter the database alone lets through: gone, and without objection, or her own."""

OF_RESIDENT: dict[str, Callable[[], QuerySet]] = {
    "resident": lambda: Resident.objects.values_list("pk", flat=True),
    "help_request": lambda: HelpRequest.objects.values_list("resident_id", flat=True),
    "history": lambda: ThreadEntry.objects.values_list("help_request__resident_id", flat=True),
    "choice": lambda: MeanwhileChoice.objects.values_list("help_request__resident_id", flat=True),
    "referral": lambda: Referral.objects.values_list("help_request__resident_id", flat=True),
}
OF_CONVERSATION: dict[str, Callable[[], QuerySet]] = {
    "report": lambda: Report.objects.values_list("conversation_id", flat=True),
    "step": lambda: AgreedStep.objects.values_list("conversation_id", flat=True),
}


def people_behind(world: World, ids: QuerySet, part: str) -> set[str]:
    """The first names that belong to these ids."""
    names = {getattr(case, part): name for name, case in world.cases.items()}
    return {names[pk] for pk in ids}


@pytest.mark.parametrize("who", sorted(THREAD))
def test_the_database_alone_hides_other_people(world: World, who: str) -> None:
    gate.tell_database(world.actor(who) if who not in world.cases else resident(world, who))
    for name, rows in OF_RESIDENT.items():
        assert people_behind(world, rows(), "resident_id") == THREAD[who], name


@pytest.mark.parametrize("who", sorted(SAID))
def test_the_database_alone_hides_what_was_said(world: World, who: str) -> None:
    gate.tell_database(world.actor(who) if who not in world.cases else resident(world, who))
    for name, rows in OF_CONVERSATION.items():
        assert people_behind(world, rows(), "conversation_id") == SAID[who], name


@pytest.mark.parametrize("who", sorted(WROTE_BACK))
def test_the_database_alone_hides_letters_with_an_objection(world: World, who: str) -> None:
    gate.tell_database(world.actor(who) if who not in world.cases else resident(world, who))
    found = Letter.objects.values_list("conversation_id", flat=True)
    assert people_behind(world, found, "conversation_id") == WROTE_BACK[who]


def resident(world: World, who: str) -> Actor:
    """A resident as an actor; the database must know the account first, as the middleware does."""
    gate.tell_database(Actor(account_id=world.cases[who].account.pk))
    return world.actor(who)


def test_without_a_context_nothing_of_a_person_shows(world: World) -> None:
    for name, rows in {**OF_RESIDENT, **OF_CONVERSATION}.items():
        assert list(rows()) == [], name
    assert not Letter.objects.exists()


def test_an_anonymous_visitor_sees_nothing_of_a_person(world: World) -> None:
    gate.tell_database(ANONYMOUS)
    assert not any(rows().exists() for rows in {**OF_RESIDENT, **OF_CONVERSATION}.values())


def test_a_context_ends_with_its_transaction(world: World) -> None:
    with transaction.atomic():
        gate.tell_database(world.actor("ilse"))
        assert HelpRequest.objects.exists()
        transaction.set_rollback(True)
    assert not HelpRequest.objects.exists()


def test_a_failing_job_of_the_house_leaves_no_open_door(world: World) -> None:
    def fails() -> None:
        with gate.as_system("een proef"):
            assert HelpRequest.objects.exists()
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fails()
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda case: HelpRequest.objects.filter(pk=case.help_request_id).update(phase="talked"),
        lambda case: Resident.objects.filter(pk=case.resident_id).update(language="de"),
        lambda case: Letter.objects.filter(pk=case.letter_id).update(release_on=None),
        lambda case: Report.objects.filter(conversation_id=case.conversation_id).update(version=9),
        lambda case: AgreedStep.objects.filter(conversation_id=case.conversation_id).delete()[0],
    ],
    ids=["help_request", "resident", "letter", "report", "step"],
)
@pytest.mark.parametrize("who", ["piet", "gerda", "tineke", "karel", "dirk", "fatma"])
def test_the_database_alone_lets_no_stranger_write(world: World, who: str, change: Callable) -> None:
    gate.tell_database(world.actor(who) if who not in world.cases else resident(world, who))
    assert change(world.cases["mila"]) == 0


def test_with_the_application_s_rules_switched_off_the_database_still_hides(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(actor: Actor, action: str, queryset: QuerySet, *, resource: str) -> QuerySet:
        return queryset

    monkeypatch.setattr(table, "visible", everything)
    monkeypatch.setattr(gate, "visible", everything)
    actor = world.actor("tineke")
    gate.tell_database(actor)
    seen = gate.visible(actor, "read", HelpRequest.objects.all(), resource="help_request")
    assert people_behind(world, seen.values_list("resident_id", flat=True), "resident_id") == {"dora"}
    for case in (world.cases["fatma"], world.cases["cem"]):
        with pytest.raises(Missing):
            gate.get(
                actor, "read", HelpRequest.objects.all(), resource="help_request", pk=case.help_request_id
            )


APPLICATION = {
    # action, resource, model -> who may, for whom
    ("help_request", "read"): {
        "noor": {"fatma", "mila", "dora", "els"},
        "ilse": {"fatma", "mila", "dora", "els"},
        "gerda": {"cem"},
        "sanne": {"fatma", "mila"},
        "tineke": {"dora"},
        "bram": {"fatma", "dora"},
        "henk": {"mila"},
        "fatma": {"fatma"},
        "mila": {"mila"},
    },
    ("help_request", "plan"): {"ilse": {"fatma", "mila", "dora", "els"}, "gerda": {"cem"}},
    ("help_request", "steer"): {"fatma": {"fatma"}, "mila": {"mila"}},
    ("conversation", "hold"): {
        "sanne": {"fatma", "mila"},
        "tineke": {"dora"},
        "bram": {"fatma", "dora"},
        "henk": {"mila"},
    },
    ("conversation", "rebook"): {"ilse": {"fatma", "mila", "dora"}, "gerda": {"cem"}},
    ("report", "read"): {
        "sanne": {"fatma", "mila"},
        "bram": {"fatma"},
        "henk": {"mila"},
        "fatma": {"fatma"},
        "mila": {"mila"},
    },
    ("report", "decide"): {"fatma": {"fatma"}, "mila": {"mila"}},
    ("letter", "read"): {"noor": {"fatma"}, "fatma": {"fatma"}, "mila": {"mila"}},
    ("letter", "steer"): {"fatma": {"fatma"}, "mila": {"mila"}},
    ("referral", "read"): {"noor": {"fatma", "mila", "dora", "els"}},
}
MODELS = {
    "help_request": (HelpRequest, "resident_id"),
    "conversation": (Conversation, "help_request__resident_id"),
    "report": (Report, "conversation__help_request__resident_id"),
    "letter": (Letter, "referral__help_request__resident_id"),
    "referral": (Referral, "help_request__resident_id"),
}
EVERYONE = (
    *("noor", "piet", "ilse", "gerda", "sanne", "tineke", "karel", "bram", "henk"),
    *("joris", "petra", "dirk", "olga", "fatma", "mila"),
)


@pytest.mark.parametrize("who", EVERYONE)
def test_the_application_alone_holds_when_the_database_lets_everything_through(
    world: World, who: str
) -> None:
    actor = resident(world, who) if who in world.cases else world.actor(who)
    scope._set("", "", "", "system")
    for (resource, action), allowed in APPLICATION.items():
        model, path = MODELS[resource]
        seen = gate.visible(actor, action, model._default_manager.all(), resource=resource)
        people = people_behind(world, seen.values_list(path, flat=True), "resident_id")
        assert people == allowed.get(who, set()), f"{resource}.{action}"


def test_list_and_single_decision_agree(world: World) -> None:
    scope._set("", "", "", "system")
    some = ("noor", "ilse", "sanne", "mila")
    actors = [resident(world, who) if who in world.cases else world.actor(who) for who in some]
    scope._set("", "", "", "system")
    for resource, action in APPLICATION:
        model, _ = MODELS[resource]
        for actor in actors:
            listed = set(gate.visible(actor, action, model._default_manager.all(), resource=resource))
            single = {
                thing
                for thing in model._default_manager.all()
                if gate.allowed(actor, action, thing, resource=resource)
            }
            assert listed == single


# --- the database's own guarantees -------------------------------------------------------------------

WITHOUT_ROW_SECURITY = {
    "residents_involvement": "who stands where; the row security of the threads reads it, ids and days only",
    "residents_accesscard": "fingerprints of code and pin; read before anybody is known",
    "residents_postponement": "two days and nothing else",
    "conversations_conversation": "times and rooms; planning must see that others are busy",
    "conversations_participation": "times and professionals; planning must see that others are busy",
    "conversations_outcome": "one code for each conversation; steering counts it",
    "audit_auditentry": "who looked, for whom, by number; only ever added to",
}
ABOUT_SOMEONE = {"resident_id", "help_request_id", "conversation_id", "referral_id", "letter_id"}
"""Columns that tie a row to a resident."""


def rows_of(query: str) -> list[tuple]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_the_application_s_role_stands_below_row_security(world: World) -> None:
    assert rows_of(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication FROM pg_roles "
        "WHERE rolname = current_user"
    ) == [(False,)]
    assert rows_of(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND pg_get_userbyid(relowner) = current_user"
    ) == [(0,)]


def test_every_table_about_someone_is_locked_or_says_why_not(world: World) -> None:
    open_tables = {
        name
        for name, column, locked in rows_of(
            """
            SELECT c.relname, a.attname, c.relrowsecurity AND c.relforcerowsecurity
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
            """
        )
        if column in ABOUT_SOMEONE and not locked
    }
    assert open_tables <= set(WITHOUT_ROW_SECURITY), open_tables - set(WITHOUT_ROW_SECURITY)
    existing = {name for (name,) in rows_of("SELECT relname FROM pg_class WHERE relkind = 'r'")}
    assert set(WITHOUT_ROW_SECURITY) <= existing, "an exemption for a table that is gone"


def test_one_function_works_with_the_rights_of_its_owner(world: World) -> None:
    """`audit_forget` takes away lines of the log older than five years, leaves a checkpoint, and no more."""
    assert rows_of(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef "
        "AND proname NOT LIKE 'procrastinate%'"
    ) == [("audit_forget",)]


def test_that_function_takes_no_young_line(world: World) -> None:
    before = rows_of("SELECT count(*) FROM audit_auditentry")
    rows_of("SELECT audit_forget(now() + interval '100 years', now())")
    assert before[0][0] > 0
    assert rows_of("SELECT count(*) FROM audit_auditentry") == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET purpose = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER audit_is_only_added",
        "DROP TABLE audit_auditentry",
        "ALTER TABLE residents_resident NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE residents_resident DISABLE ROW LEVEL SECURITY",
        "DROP POLICY in_scope ON residents_resident",
        "SET ROLE noaber_owner",
        "SET SESSION AUTHORIZATION noaber_owner",
        "CREATE TABLE public.side_door (x int)",
    ],
)
def test_the_application_s_role_cannot_loosen_anything(world: World, statement: str) -> None:
    assert AuditEntry.objects.exists()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_even_the_owner_only_adds_to_the_log(owner_connection: psycopg.Connection) -> None:
    owner_connection.execute(
        "INSERT INTO audit_auditentry (event_id, occurred_at, event_type, action, result, actor_name, role,"
        " organisation_name, network_access_point, purpose, basis, object_kind, object_id, part, emergency)"
        " VALUES (gen_random_uuid(), now(), 'test', 'R', '0', '', '', '', '', '', '', '', '', '', false)"
    )
    for statement in ("UPDATE audit_auditentry SET purpose = 'x'", "DELETE FROM audit_auditentry"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner_connection.execute(statement)
