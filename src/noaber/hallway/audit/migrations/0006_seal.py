"""The chain over the log; like the log itself it is only ever added to."""

from django.db import migrations, models

FORWARD = """
CREATE TRIGGER audit_seal_is_only_added BEFORE UPDATE OR DELETE ON audit_seal
    FOR EACH ROW EXECUTE FUNCTION audit_refuses_change();
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'noaber_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON audit_seal FROM noaber_app;
    END IF;
END $$;
"""
BACK = "DROP TRIGGER audit_seal_is_only_added ON audit_seal;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_second_lock")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("chain", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
