"""Row-level security on codes, links and lines about signing in: for herself and for the house alone."""

from django.db import migrations

TABLES = ("entrances_sentcode", "entrances_entrylink", "entrances_entry")
FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
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
    dependencies = [("entrances", "0001_start")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
