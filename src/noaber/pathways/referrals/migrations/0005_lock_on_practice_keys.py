"""Row-level security on the links, computers and short pins of a practice: for that practice alone."""

from django.db import migrations

TABLES = ("referrals_practicekey", "referrals_shortpin")
FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING (
    noaber_scope_is_system() OR organisation_id = ANY (noaber_organisations())
);
"""
    for table in TABLES
)
BACK = "".join(
    f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_writing_without_signing_in"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
