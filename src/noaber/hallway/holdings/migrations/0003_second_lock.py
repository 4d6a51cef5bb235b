"""Row-level security: her statement and her request are hers; lists of what passed its term are the house's.

The destruction log is only ever added to.
"""

from django.db import migrations

HERS = ("holdings_filestatement", "holdings_erasurerequest")

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING (noaber_scope_is_system() OR resident_id = noaber_resident());
"""
    for table in HERS
) + """
ALTER TABLE holdings_destructionlist ENABLE ROW LEVEL SECURITY;
ALTER TABLE holdings_destructionlist FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON holdings_destructionlist USING (noaber_scope_is_system());
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'noaber_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON holdings_destructionline FROM noaber_app;
    END IF;
END $$;
"""
BACK = "".join(
    f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in (*HERS, "holdings_destructionlist")
)


class Migration(migrations.Migration):
    dependencies = [("holdings", "0002_requests"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
