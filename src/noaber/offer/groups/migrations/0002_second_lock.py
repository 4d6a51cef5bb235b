"""Row-level security on who takes part, and a place that cannot lie beyond the last one of its group.

Enrolments are seen by the resident herself, by who leads the group today, and by the organisation that placed
her; who was there and how it went by the first two alone.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION noaber_groups_led() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT group_id FROM groups_leader
    WHERE account_id = noaber_account() AND organisation_id = ANY (noaber_organisations())
      AND period @> (noaber_now() AT TIME ZONE 'Europe/Amsterdam')::date
$$;

ALTER TABLE groups_enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups_enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY of_those_concerned ON groups_enrolment USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
    OR group_id IN (SELECT noaber_groups_led())
    OR placed_by_id = ANY (noaber_organisations())
);

ALTER TABLE groups_attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups_attendance FORCE ROW LEVEL SECURITY;
CREATE POLICY of_those_who_were_there ON groups_attendance USING (
    noaber_scope_is_system() OR enrolment_id IN (
        SELECT id FROM groups_enrolment
        WHERE resident_id = noaber_resident() OR group_id IN (SELECT noaber_groups_led())
    )
);

ALTER TABLE groups_measure ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups_measure FORCE ROW LEVEL SECURITY;
CREATE POLICY of_those_who_were_there ON groups_measure USING (
    noaber_scope_is_system() OR enrolment_id IN (
        SELECT id FROM groups_enrolment
        WHERE resident_id = noaber_resident() OR group_id IN (SELECT noaber_groups_led())
    )
);

CREATE FUNCTION groups_place_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seat IS NOT NULL AND NEW.seat > (SELECT max_places FROM groups_group WHERE id = NEW.group_id) THEN
        RAISE EXCEPTION 'a_place_that_is_not_there' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'a_place_that_is_not_there';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_place_that_is_there BEFORE INSERT OR UPDATE OF seat, group_id ON groups_enrolment
    FOR EACH ROW EXECUTE FUNCTION groups_place_exists();
"""
BACK = (
    """
DROP TRIGGER a_place_that_is_there ON groups_enrolment;
DROP FUNCTION groups_place_exists();
"""
    + "".join(
        f"""
DROP POLICY {policy} ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
        for table, policy in (
            ("groups_measure", "of_those_who_were_there"),
            ("groups_attendance", "of_those_who_were_there"),
            ("groups_enrolment", "of_those_concerned"),
        )
    )
    + "DROP FUNCTION noaber_groups_led();"
)


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_start"), ("consents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
