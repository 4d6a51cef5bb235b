"""Row-level security on what was said: the resident herself, and who takes part in the conversation.

The practice that referred and the planning office see the thread, never the report or the steps.
"""

from django.db import migrations

TABLES = ("conversations_report", "conversations_agreedstep")

FORWARD = """
CREATE FUNCTION noaber_conversations_in_scope() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT c.id FROM conversations_conversation c JOIN residents_helprequest h ON h.id = c.help_request_id
    WHERE h.resident_id = noaber_resident()
       OR h.id IN (
            SELECT help_request_id FROM residents_involvement
            WHERE until IS NULL AND part IN ('guide', 'holder') AND account_id = noaber_account()
              AND organisation_id = ANY (noaber_organisations())
       )
$$;
""" + "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON {table} USING (
    noaber_scope_is_system() OR conversation_id IN (SELECT noaber_conversations_in_scope())
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
) + "DROP FUNCTION noaber_conversations_in_scope();"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
