"""A second step that was lost, taken away by two people."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _to_account(name, **more):
    return (
        name,
        models.ForeignKey(related_name="+", to=settings.AUTH_USER_MODEL, **more),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_directions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="KeyReset",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_resets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                _to_account("agreed_by", null=True, on_delete=django.db.models.deletion.PROTECT),
                _to_account("asked_by", on_delete=django.db.models.deletion.PROTECT),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_resets",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agreed_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("account",),
                        name="one_open_key_reset",
                    )
                ]
            },
        )
    ]
