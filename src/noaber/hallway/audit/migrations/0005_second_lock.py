"""Row-level security: her questions and whom she knows are for her and the house; the queue for the house alone.

The privacy officer reads through `gate.as_system`, after her role was asked. A decision is never changed.
"""

from django.db import migrations

HERS = ("audit_lookquestion", "audit_acquaintance")

FORWARD = (
    "".join(
        f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING (
    coalesce(current_setting('app.scope', true), '') = 'system'
    OR resident_id = nullif(current_setting('app.resident', true), '')::uuid
);
"""
        for table in HERS
    )
    + """
ALTER TABLE audit_reviewitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_reviewitem FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON audit_reviewitem USING (coalesce(current_setting('app.scope', true), '') = 'system');

ALTER TABLE audit_homestreet ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_homestreet FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON audit_homestreet USING (
    coalesce(current_setting('app.scope', true), '') = 'system'
    OR account_id = nullif(current_setting('app.account', true), '')::uuid
);

CREATE FUNCTION audit_decided_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was decided about a look is not changed or removed';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER audit_decided_stays BEFORE UPDATE OR DELETE ON audit_reviewitem
    FOR EACH ROW EXECUTE FUNCTION audit_decided_stays();
"""
)

BACK = (
    """
DROP TRIGGER audit_decided_stays ON audit_reviewitem;
DROP FUNCTION audit_decided_stays();
"""
    + "".join(
        f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
        for table in (*HERS, "audit_reviewitem", "audit_homestreet")
    )
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_questions_and_review")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
