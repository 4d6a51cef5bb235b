"""The log: it cannot be changed, denials are in it, and its two readers see what is theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction
from django.test import Client

from noaber.hallway import clock
from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.hallway.accounts.tests.signing import enter, someone
from noaber.hallway.audit import services
from noaber.hallway.audit.models import AuditEntry
from noaber.hallway.audit.queries import Look, merge, person_number
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.partners.models import Region
from noaber.network.residents.factories import make_resident
from noaber.network.residents.models import Resident

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 7, 52, tzinfo=UTC)
TO_PREPARE = "om uw gesprek voor te bereiden"


def reader(name: str = "Sanne Bakker", region_id: UUID | None = None) -> Actor:
    """A guide who reads."""
    grant = Grant(Role.GUIDE, uuid4(), region_id or uuid4(), "Dimence Groep")
    return Actor(Kind.STAFF, uuid4(), name, grants=(grant,), second_factor=True, address="10.0.0.7")


def read(actor: Actor, resident_id: UUID, *, at: datetime = AT, purpose: str = TO_PREPARE) -> None:
    services.record(
        actor=actor,
        action=services.Action.READ,
        event_type="help_request.read",
        resident_id=resident_id,
        object_kind="help_request",
        object_id=uuid4(),
        part="uw vraag",
        purpose=purpose,
        now=at,
    )


# --- it stays -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET purpose = 'iets anders'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_is_only_added ON audit_auditentry",
    ],
)
def test_the_application_cannot_change_or_remove_a_line(statement: str) -> None:
    read(reader(), uuid4())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().purpose == "om uw gesprek voor te bereiden"


def test_the_application_does_not_sign_in_as_someone_who_may_do_everything() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_a_line_says_who_for_whom_what_when_why_and_from_where() -> None:
    fatma = uuid4()
    read(reader(), fatma)
    line = AuditEntry.objects.get()
    assert (line.actor_name, line.role, line.organisation_name) == ("Sanne Bakker", "guide", "Dimence Groep")
    assert (line.resident_id, line.action, line.result, line.occurred_at) == (fatma, "R", "0", AT)
    assert (line.network_access_point, line.purpose) == ("10.0.0.7", "om uw gesprek voor te bereiden")


def test_a_list_writes_one_line_for_each_person() -> None:
    people = [uuid4(), uuid4()]
    services.record_reads(
        actor=reader(), residents=[*people, people[0]], event_type="list", object_kind="help_request",
        part="nummer", purpose="om te plannen", now=AT,
    )  # fmt: skip
    assert set(AuditEntry.objects.values_list("resident_id", flat=True)) == set(people)
    assert AuditEntry.objects.count() == 2


def test_no_line_no_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fatma = fatma_inside(client)

    def full_disk(*_: object, **__: object) -> None:
        raise Error("no room")

    monkeypatch.setattr(AuditEntry, "save", full_disk)
    read_page = client.get("/mijn/wie-keek-mee/")
    assert read_page.status_code == 500
    assert "Sanne" not in read_page.content.decode()
    assert str(fatma.pk) not in read_page.content.decode()


# --- denials ------------------------------------------------------------------------------------


def test_asking_for_what_is_not_yours_is_logged_and_tells_nothing(client: Client) -> None:
    account = someone(Role.GUIDE)
    enter(client, account)
    assert client.get("/inzage/").status_code == 404
    line = AuditEntry.objects.get(event_type="access.denied")
    assert (line.account_id, line.result, line.object_id) == (account.pk, "8", "audit:review")


# --- the resident -------------------------------------------------------------------------------


def fatma_inside(client: Client) -> Resident:
    fatma = make_resident(make_municipality(make_region()))
    assert fatma.account is not None
    enter(client, fatma.account)
    return fatma


def test_she_reads_who_looked_and_why(client: Client) -> None:
    fatma = fatma_inside(client)
    now = clock.now()
    read(reader(), fatma.pk, at=now)
    page = " ".join(client.get("/mijn/wie-keek-mee/").content.decode().split())
    assert "<b>Sanne Bakker</b>" in page
    assert "gespreksvoerder bij Dimence Groep" in page
    assert "vandaag om" in page
    assert "Waarom: om uw gesprek voor te bereiden" in page


def test_she_reads_nothing_of_someone_else(client: Client) -> None:
    fatma_inside(client)
    read(reader("Canary Persoon"), uuid4(), at=clock.now())
    assert b"Canary" not in client.get("/mijn/wie-keek-mee/").content


def test_her_own_visits_are_left_out_but_are_logged(client: Client) -> None:
    fatma = fatma_inside(client)
    for _ in range(2):
        page = client.get("/mijn/wie-keek-mee/").content.decode()
    assert "Er keek nog niemand" in page
    assert AuditEntry.objects.filter(resident_id=fatma.pk, event_type="audit.own").count() == 2


def test_her_page_is_not_there_for_staff(client: Client) -> None:
    enter(client, someone(Role.PRIVACY_OFFICER))
    assert client.get("/mijn/wie-keek-mee/").status_code == 404


def look(at: datetime, who: str = "Sanne Bakker") -> Look:
    return Look(at, who, "Dimence Groep", "gespreksvoerder", "uw vraag", "om uw gesprek voor te bereiden")


def test_the_same_look_on_one_day_is_one_line() -> None:
    lines = merge(
        [
            look(AT),
            look(AT - timedelta(hours=2)),
            look(AT, "Henk Oude Vrielink"),
            look(AT - timedelta(days=1)),
        ]
    )
    assert [(line.who, line.times) for line in lines] == [
        ("Sanne Bakker", 2),
        ("Henk Oude Vrielink", 1),
        ("Sanne Bakker", 1),
    ]
    assert lines[0].at == AT


def test_a_day_ends_at_midnight_in_amsterdam() -> None:
    before = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
    after = datetime(2026, 11, 20, 23, 1, tzinfo=UTC)
    assert len(merge([look(after), look(before)])) == 2


# --- the privacy officer ------------------------------------------------------------------------


@pytest.fixture
def officer(client: Client) -> Client:
    enter(client, someone(Role.PRIVACY_OFFICER))
    return client


def here() -> UUID:
    return Region.objects.get(slug="twente").pk


def test_only_the_privacy_officer_reads_the_log(client: Client) -> None:
    region = make_region()
    organisation = make_organisation(region)
    for role in Role:
        enter(client, make_staff(organisation, f"Iemand {role}", role))
        assert client.get("/inzage/").status_code == (200 if role is Role.PRIVACY_OFFICER else 404)


def test_residents_are_numbers_in_the_log(officer: Client) -> None:
    fatma = make_resident(make_municipality(Region.objects.get()))
    read(reader(region_id=here()), fatma.pk)
    page = officer.get("/inzage/").content.decode()
    assert person_number(fatma.pk) in page
    assert "Fatma" not in page
    assert str(fatma.pk) not in page


def test_the_log_of_another_region_is_not_hers(officer: Client) -> None:
    other = make_region("groningen", "Groningen")
    read(reader("Canary Persoon", region_id=other.pk), uuid4())
    assert b"Canary" not in officer.get("/inzage/").content


def test_reading_the_log_is_in_the_log(officer: Client) -> None:
    officer.get("/inzage/")
    assert "om te bewaken wie kijkt" in officer.get("/inzage/").content.decode()


def test_the_log_is_filtered_by_day_account_and_refusal(officer: Client) -> None:
    sanne, henk = reader("Sanne Bakker", here()), reader("Henk Oude Vrielink", here())
    read(sanne, uuid4(), at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    read(henk, uuid4(), at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    services.record_denial(actor=henk, what="planbord", now=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    second = officer.get("/inzage/", {"dag": date(2026, 3, 2).isoformat()}).content.decode()
    assert "Henk" in second
    assert "Sanne" not in second, "half past eleven in UTC is the next day here"
    only_henk = officer.get("/inzage/", {"wie": str(henk.account_id)}).content.decode()
    assert "Sanne" not in only_henk
    refused = officer.get("/inzage/", {"geweigerd": "on"}).content.decode()
    assert "planbord" in refused
    assert "uw vraag" not in refused


@pytest.mark.parametrize(
    "query",
    [
        "?pagina=-1",
        "?pagina=999999999999",
        "?pagina=x",
        "?pagina=%D9%A3",
        "?pagina=%00",
        "?dag=x",
        "?dag=2026-02-30",
        "?dag=0001-01-01",
        "?dag=9999-12-31",
        "?wie=1",
        "?wie='--",
    ],
)
def test_nonsense_in_the_address_still_gives_a_page(officer: Client, query: str) -> None:
    assert officer.get("/inzage/" + query).status_code == 200


def test_a_long_log_comes_in_pages_with_a_fixed_number_of_queries(
    officer: Client, django_assert_max_num_queries: object
) -> None:
    services.record_reads(
        actor=reader(region_id=here()), residents=[uuid4() for _ in range(120)], event_type="list",
        object_kind="x", part="nummer", purpose="om te plannen", now=AT,
    )  # fmt: skip
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert officer.get("/inzage/?pagina=2").content.count(b"om te plannen") == 50


# --- more than one hat --------------------------------------------------------------------------


def two_hats() -> Actor:
    """Someone who plans at the office and holds conversations elsewhere."""
    here, there = uuid4(), uuid4()
    grants = (
        Grant(Role.PLANNER, here, uuid4(), "Netwerkbureau"),
        Grant(Role.GUIDE, there, uuid4(), "Dimence Groep"),
    )
    return Actor(
        Kind.STAFF, uuid4(), "Ilse Kamp", grants=grants, second_factor=True, profession="social_worker"
    )


def test_a_line_keeps_every_hat_and_the_one_that_was_worn() -> None:
    actor = two_hats()
    for acting in (Role.GUIDE, Role.PLANNER, None):
        services.record(
            actor=actor, action="R", event_type="x", resident_id=uuid4(), object_kind="x", part="x",
            purpose="x", now=AT, acting=acting,
        )  # fmt: skip
    guide, planner, either = AuditEntry.objects.order_by("pk")
    assert (guide.acting_role, guide.organisation_name) == ("guide", "Dimence Groep")
    assert (planner.acting_role, planner.organisation_name) == ("planner", "Netwerkbureau")
    assert (either.acting_role, either.organisation_name) == ("", "Netwerkbureau, Dimence Groep")
    assert guide.region_id != planner.region_id, "each officer sees the looks of the own region"
    assert [hat["role"] for hat in guide.hats] == ["planner", "guide"]
    assert guide.profession == "social_worker"


def test_one_hat_is_the_one_that_is_worn() -> None:
    read(reader(), uuid4())
    line = AuditEntry.objects.get()
    assert (line.acting_role, [hat["organisation"] for hat in line.hats]) == ("guide", ["Dimence Groep"])
