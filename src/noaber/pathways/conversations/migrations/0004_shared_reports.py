"""Row-level security on versions, statements and corrections; an objection wins from every other rule.

The organisation that may read a version sees that version and her own statement, nothing else. The author
keeps what she or he wrote, to be able to mend it.
"""

from django.db import migrations

FORWARD = """
SELECT set_config('app.scope', 'system', true);
INSERT INTO conversations_reportversion
    (id, conversation_id, resident_id, version, author_id, body, written_at)
SELECT gen_random_uuid(), r.conversation_id, h.resident_id, r.version, r.author_id, r.body, r.written_at
FROM conversations_report r JOIN conversations_conversation c ON c.id = r.conversation_id
JOIN residents_helprequest h ON h.id = c.help_request_id;
SELECT set_config('app.scope', '', true);

CREATE FUNCTION noaber_versions_shared() RETURNS TABLE (thing uuid, number integer) LANGUAGE sql STABLE AS $$
    SELECT object_id, version FROM consents_consent
    WHERE what = 'report' AND ended_at IS NULL AND valid_from <= noaber_now()
      AND (valid_until IS NULL OR valid_until > noaber_now())
      AND organisation_id = ANY (noaber_organisations())
      AND (account_id IS NULL OR account_id = noaber_account())
$$;

ALTER TABLE conversations_reportversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_reportversion FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON conversations_reportversion FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON conversations_reportversion USING (
    noaber_scope_is_system() OR conversation_id IN (SELECT noaber_conversations_in_scope())
) WITH CHECK (true);
CREATE POLICY shared ON conversations_reportversion FOR SELECT USING (
    (conversation_id, version) IN (SELECT thing, number FROM noaber_versions_shared())
);
CREATE POLICY objection_wins ON conversations_reportversion AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system() OR resident_id = noaber_resident() OR author_id = noaber_account()
    OR NOT noaber_refused('report', resident_id, conversation_id)
);
CREATE POLICY objection_wins ON conversations_report AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system() OR author_id = noaber_account() OR conversation_id IN (
        SELECT c.id FROM conversations_conversation c JOIN residents_helprequest h ON h.id = c.help_request_id
        WHERE h.resident_id = noaber_resident() OR NOT noaber_refused('report', h.resident_id, c.id)
    )
);

ALTER TABLE conversations_ownstatement ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_ownstatement FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON conversations_ownstatement
    USING (noaber_scope_is_system() OR resident_id = noaber_resident());
CREATE POLICY with_the_report ON conversations_ownstatement FOR SELECT USING (
    conversation_id IN (SELECT conversation_id FROM conversations_reportversion)
);

ALTER TABLE conversations_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_correction FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON conversations_correction USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
    OR conversation_id IN (SELECT conversation_id FROM conversations_report)
);
"""
BACK = """
DROP POLICY own ON conversations_correction;
ALTER TABLE conversations_correction NO FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations_correction DISABLE ROW LEVEL SECURITY;
DROP POLICY with_the_report ON conversations_ownstatement;
DROP POLICY own ON conversations_ownstatement;
ALTER TABLE conversations_ownstatement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations_ownstatement DISABLE ROW LEVEL SECURITY;
DROP POLICY objection_wins ON conversations_report;
DROP POLICY objection_wins ON conversations_reportversion;
DROP POLICY shared ON conversations_reportversion;
DROP POLICY in_scope ON conversations_reportversion;
DROP POLICY added ON conversations_reportversion;
ALTER TABLE conversations_reportversion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations_reportversion DISABLE ROW LEVEL SECURITY;
DROP FUNCTION noaber_versions_shared();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0003_versions_statement_corrections"),
        ("consents", "0002_second_lock"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
