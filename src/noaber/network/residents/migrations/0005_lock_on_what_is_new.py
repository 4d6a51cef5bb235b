"""Row-level security on wishes, on what was sent to her, and on her questions."""

from django.db import migrations

SEEN_BY = {
    "residents_preferences": "resident_id IN (SELECT id FROM residents_resident)",
    "residents_sending": "resident_id = noaber_resident()",
    "residents_question": "help_request_id IN (SELECT id FROM residents_helprequest)",
}

FORWARD = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON {table} USING (noaber_scope_is_system() OR {seen}) WITH CHECK (true);
"""
    for table, seen in SEEN_BY.items()
)
BACK = "".join(
    f"""
DROP POLICY in_scope ON {table};
DROP POLICY added ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in SEEN_BY
)


class Migration(migrations.Migration):
    dependencies = [("residents", "0004_values_and_preferences")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
