"""Row-level security: what a resident writes here is read by her alone, and by jobs of the house."""

from django.db import migrations

TABLES = ("self_help_stepwork", "self_help_diaryentry", "self_help_reminder")
FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON {table} USING (noaber_scope_is_system() OR resident_id = noaber_resident());
"""
    for table in TABLES
)
BACK = "".join(
    f"""
DROP POLICY own ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("self_help", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
