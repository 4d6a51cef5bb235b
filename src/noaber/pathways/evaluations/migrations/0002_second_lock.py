"""Row-level security on who was asked: the house itself, and a resident what she was asked."""

from django.db import migrations

FORWARD = """
ALTER TABLE evaluations_evaluationrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE evaluations_evaluationrequest FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON evaluations_evaluationrequest FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON evaluations_evaluationrequest USING (
    noaber_scope_is_system() OR (audience = 'resident' AND recipient_id = noaber_resident())
) WITH CHECK (true);
"""
BACK = """
DROP POLICY in_scope ON evaluations_evaluationrequest;
DROP POLICY added ON evaluations_evaluationrequest;
ALTER TABLE evaluations_evaluationrequest NO FORCE ROW LEVEL SECURITY;
ALTER TABLE evaluations_evaluationrequest DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
