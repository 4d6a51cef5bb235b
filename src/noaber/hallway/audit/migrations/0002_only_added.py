"""The log is only ever added to: no role changes, deletes or empties it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_is_only_added BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuses_change();
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'noaber_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditentry FROM noaber_app;
    END IF;
END $$;
"""
BACK = """
DROP TRIGGER audit_is_only_added ON audit_auditentry;
DROP FUNCTION audit_refuses_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_start")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
