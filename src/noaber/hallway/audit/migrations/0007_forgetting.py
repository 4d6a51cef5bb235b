"""Lines older than five years go, from the beginning of the chain; where it goes on from is kept.

Nobody may delete a line: a function of the owner does, of old lines alone, and writes the checkpoint in the
same transaction. It stops at the first line that is younger, and at the first that is missing: a line that
was taken away stays found.
"""

from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('app.audit_forgets', true), '') = 'on' AND (
        TG_TABLE_NAME = 'audit_seal'
        OR (to_jsonb(OLD) ->> 'occurred_at')::timestamptz < clock_timestamp() - interval '5 years'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_forget(upto timestamptz, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    stop bigint;
    last_number bigint;
    last_chain text;
    gone bigint;
BEGIN
    -- Whatever is asked, and whatever day a demo believes it is: a line stays for five years.
    upto := least(upto, clock_timestamp() - interval '5 years');
    PERFORM pg_advisory_xact_lock(hashtext('audit seal'));
    SELECT s.number INTO stop FROM audit_seal s LEFT JOIN audit_auditentry a ON a.id = s.entry_id
        WHERE a.id IS NULL OR a.occurred_at >= upto ORDER BY s.number LIMIT 1;
    SELECT number, chain INTO last_number, last_chain FROM audit_seal
        WHERE number < coalesce(stop, (SELECT max(number) FROM audit_seal)) ORDER BY number DESC LIMIT 1;
    IF last_number IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('app.audit_forgets', 'on', true);
    DELETE FROM audit_auditentry a USING audit_seal s WHERE s.entry_id = a.id AND s.number <= last_number;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM audit_seal WHERE number <= last_number;
    PERFORM set_config('app.audit_forgets', '', true);
    INSERT INTO audit_checkpoint (number, chain, before, forgotten_at, lines)
        VALUES (last_number, last_chain, upto, at, gone);
    RETURN gone;
END $$;

CREATE TRIGGER audit_checkpoint_is_only_added BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_stays();
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'noaber_app') THEN
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_checkpoint FROM noaber_app;
    END IF;
END $$;
"""
STAYS = """
CREATE FUNCTION audit_checkpoint_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a checkpoint of the log stays as it is' USING ERRCODE = 'insufficient_privilege';
END $$;
"""
BACK = """
DROP TRIGGER audit_checkpoint_is_only_added ON audit_checkpoint;
DROP FUNCTION audit_checkpoint_stays();
DROP FUNCTION audit_forget(timestamptz, timestamptz);
CREATE OR REPLACE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_seal")]
    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.CharField(max_length=64)),
                ("before", models.DateTimeField()),
                ("forgotten_at", models.DateTimeField()),
                ("lines", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(STAYS + FORWARD, BACK),
    ]
