"""Row-level security on the web, on who may see it, and on what a guide notes; and time of the same group.

A web is hers. The guides of one conversation read it while she shares it there. A note is for the table alone: the
resident and the office that plans read none of it. The time of someone carries the domain group of the participation
itself, so that the check on the payer of ggz time cannot be walked around.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION noaber_at_the_table() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT p.conversation_id FROM conversations_participation p
    JOIN partners_professional f ON f.id = p.professional_id
    JOIN conversations_conversation c ON c.id = p.conversation_id
    JOIN residents_involvement i ON i.help_request_id = c.help_request_id
    WHERE p.active AND f.account_id = noaber_account()
      AND i.account_id = noaber_account() AND i.until IS NULL AND i.part IN ('guide', 'holder')
      AND i.organisation_id = ANY (noaber_organisations())
$$;
CREATE FUNCTION noaber_own_conversations() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT c.id FROM conversations_conversation c JOIN residents_helprequest h ON h.id = c.help_request_id
    WHERE h.resident_id = noaber_resident()
$$;

ALTER TABLE conversations_webshare ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_webshare FORCE ROW LEVEL SECURITY;
CREATE POLICY hers ON conversations_webshare USING (
    noaber_scope_is_system() OR conversation_id IN (SELECT noaber_own_conversations())
) WITH CHECK (
    noaber_scope_is_system() OR conversation_id IN (SELECT noaber_own_conversations())
);
CREATE POLICY shown ON conversations_webshare FOR SELECT USING (
    ended_at IS NULL AND conversation_id IN (SELECT noaber_at_the_table())
);

ALTER TABLE conversations_web ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_web FORCE ROW LEVEL SECURITY;
CREATE POLICY hers ON conversations_web USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
) WITH CHECK (
    noaber_scope_is_system() OR resident_id = noaber_resident()
);
CREATE POLICY shown ON conversations_web FOR SELECT USING (
    id IN (
        SELECT web_id FROM conversations_webshare
        WHERE ended_at IS NULL AND conversation_id IN (SELECT noaber_at_the_table())
    )
);

ALTER TABLE conversations_guidenote ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_guidenote FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON conversations_guidenote USING (
    noaber_scope_is_system()
    OR (author_id = noaber_account() AND conversation_id IN (SELECT noaber_at_the_table()))
) WITH CHECK (
    noaber_scope_is_system()
    OR (author_id = noaber_account() AND conversation_id IN (SELECT noaber_at_the_table()))
);
CREATE POLICY table_reads ON conversations_guidenote FOR SELECT USING (
    conversation_id IN (SELECT noaber_at_the_table())
);

ALTER TABLE conversations_participation ADD CONSTRAINT participation_and_its_group UNIQUE (id, domain_group);
ALTER TABLE conversations_fundedtime ADD CONSTRAINT time_of_the_same_group
    FOREIGN KEY (participation_id, domain_group)
    REFERENCES conversations_participation (id, domain_group) ON UPDATE CASCADE;
"""
BACK = (
    """
ALTER TABLE conversations_fundedtime DROP CONSTRAINT time_of_the_same_group;
ALTER TABLE conversations_participation DROP CONSTRAINT participation_and_its_group;
"""
    + "".join(
        f"""
DROP POLICY {first} ON {table};
DROP POLICY {second} ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
        for table, first, second in (
            ("conversations_guidenote", "own", "table_reads"),
            ("conversations_web", "hers", "shown"),
            ("conversations_webshare", "hers", "shown"),
        )
    )
    + """
DROP FUNCTION noaber_own_conversations();
DROP FUNCTION noaber_at_the_table();
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0005_web_notes_and_time"),
        ("residents", "0002_second_lock"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
