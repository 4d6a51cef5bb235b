"""The databases of the tests: entered as the application, and as fresh for every test as for the first."""

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from noaber.cli.throwaway import TestUrls, empty_tables, migrations_fingerprint, standing_rows, with_name


def test_another_database_on_the_same_server_keeps_the_rest_of_the_address() -> None:
    url = "postgresql://noaber_app:a%2Fb@/noaber?host=%2Frun%2Fnoaber&port=5432"
    assert with_name(url, "other") == "postgresql://noaber_app:a%2Fb@/other?host=%2Frun%2Fnoaber&port=5432"


def test_the_same_migrations_share_a_template() -> None:
    assert migrations_fingerprint() == migrations_fingerprint()


@pytest.mark.django_db
def test_tests_sign_in_as_the_application_and_not_as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, pg_get_userbyid(datdba) "
            "FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
        )
        assert cursor.fetchone() == ("noaber_app", False, False, "noaber_owner")


@pytest.mark.django_db
def test_the_application_may_not_change_tables() -> None:
    with pytest.raises(Exception, match="must be owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_content_type ADD COLUMN other int")


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_gone_and_what_migrations_made_is_back(
    test_urls: TestUrls, owner_connection: psycopg.Connection
) -> None:
    standing = standing_rows(test_urls.owner)
    before = set(ContentType.objects.values_list("app_label", "model"))
    assert before
    ContentType.objects.create(app_label="cli", model="left_behind")
    ContentType.objects.filter(app_label="sessions").delete()
    owner_connection.execute("INSERT INTO django_session VALUES ('key', 'left behind', now())")

    empty_tables(test_urls.owner, standing)

    assert set(ContentType.objects.values_list("app_label", "model")) == before
    assert owner_connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    ContentType.objects.create(app_label="cli", model="made_after_that")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_refuses_changes_is_emptied_and_refuses_again(
    test_urls: TestUrls, owner_connection: psycopg.Connection
) -> None:
    standing = standing_rows(test_urls.owner)
    owner_connection.execute(
        """
        CREATE TABLE closed (number int);
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'only added'; END $$;
        CREATE TRIGGER refuse BEFORE TRUNCATE OR DELETE ON closed EXECUTE FUNCTION refuse();
        ALTER TABLE closed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY adding ON closed FOR INSERT WITH CHECK (true);
        INSERT INTO closed VALUES (1);
        """
    )
    try:
        empty_tables(test_urls.owner, standing)
        size = owner_connection.execute("SELECT pg_relation_size('closed')").fetchone()
        forced = owner_connection.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'closed'"
        ).fetchone()
        assert (size, forced) == ((0,), (True,))
        with pytest.raises(psycopg.errors.RaiseException, match="only added"):
            owner_connection.execute("TRUNCATE closed")
    finally:
        owner_connection.execute("DROP TABLE closed; DROP FUNCTION refuse()")
