"""Row-level security on the history and on what she chose: whoever may not see the thread sees neither."""

from django.db import migrations

TABLES = ("residents_threadentry", "residents_meanwhilechoice")

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON {table} USING (
    noaber_scope_is_system() OR help_request_id IN (SELECT id FROM residents_helprequest)
) WITH CHECK (true);
"""
    for table in TABLES
)
BACK = "".join(
    f"""
DROP POLICY in_scope ON {table};
DROP POLICY added ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
