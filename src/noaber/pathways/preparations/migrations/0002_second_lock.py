"""Row-level security: the host's organisation and the practice that was chosen, and jobs of the house."""

from django.db import migrations

FORWARD = """
ALTER TABLE preparations_preparation ENABLE ROW LEVEL SECURITY;
ALTER TABLE preparations_preparation FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON preparations_preparation FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON preparations_preparation USING (
    noaber_scope_is_system()
    OR organisation_id = ANY (noaber_organisations())
    OR (practice_id = ANY (noaber_organisations()) AND state = 'waiting')
) WITH CHECK (true);
"""
BACK = """
DROP POLICY in_scope ON preparations_preparation;
DROP POLICY added ON preparations_preparation;
ALTER TABLE preparations_preparation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE preparations_preparation DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("preparations", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
