"""Row-level security on the pool: only who holds somebody sees her row. A frozen report stays as it is.

Whoever brings people together sees counts and cards without a name, and these are read by the house itself.
"""

from django.db import migrations

TABLES = ("groups_waitingfor", "groups_formingquestion")

FORWARD = """
ALTER TABLE groups_waitingfor ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups_waitingfor FORCE ROW LEVEL SECURITY;
CREATE POLICY of_who_holds_her ON groups_waitingfor USING (
    noaber_scope_is_system() OR organisation_id = ANY (noaber_organisations())
);
ALTER TABLE groups_formingquestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE groups_formingquestion FORCE ROW LEVEL SECURITY;
CREATE POLICY of_who_holds_her ON groups_formingquestion USING (
    noaber_scope_is_system() OR organisation_id = ANY (noaber_organisations())
);

CREATE FUNCTION groups_fit_gap_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a_frozen_report_stays' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'a_frozen_report_stays';
END $$;
CREATE TRIGGER a_frozen_report_stays BEFORE UPDATE ON groups_fitgapreport
    FOR EACH ROW EXECUTE FUNCTION groups_fit_gap_is_frozen();
"""
BACK = """
DROP TRIGGER a_frozen_report_stays ON groups_fitgapreport;
DROP FUNCTION groups_fit_gap_is_frozen();
""" + "".join(
    f"""
DROP POLICY of_who_holds_her ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_forming"), ("consents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
