"""Linked subjects: for herself and for the house alone."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE identity_linkedsubject ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_linkedsubject FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON identity_linkedsubject USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
);
"""
BACK = """
DROP POLICY in_scope ON identity_linkedsubject;
ALTER TABLE identity_linkedsubject NO FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_linkedsubject DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("residents", "0006_own_pin")]
    operations = [
        migrations.CreateModel(
            name="LinkedSubject",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("linked_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_subject",
                        to="residents.resident",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
