"""The pin she chose herself: for herself and for the house alone."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
ALTER TABLE residents_ownpin ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_ownpin FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON residents_ownpin USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
);
"""
BACK = """
DROP POLICY in_scope ON residents_ownpin;
ALTER TABLE residents_ownpin NO FORCE ROW LEVEL SECURITY;
ALTER TABLE residents_ownpin DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0005_lock_on_what_is_new")]
    operations = [
        migrations.AlterField(
            model_name="accesscard",
            name="pin_hash",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.CreateModel(
            name="OwnPin",
            fields=[
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="own_pin",
                        serialize=False,
                        to="residents.resident",
                    ),
                ),
                ("pin_hash", models.CharField(max_length=64)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                ("chosen_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
