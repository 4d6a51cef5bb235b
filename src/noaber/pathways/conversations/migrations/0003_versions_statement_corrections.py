"""Versions of a report, her own statement beside it, and what she says is wrong."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import noaber.hallway.sealed

USER = settings.AUTH_USER_MODEL
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0002_second_lock"),
        ("residents", "0003_history_behind_the_lock"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField()),
                ("body", noaber.hallway.sealed.SealedTextField()),
                ("written_at", models.DateTimeField()),
                ("author", models.ForeignKey(on_delete=PROTECT, related_name="+", to=USER)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="report_versions", to="conversations.conversation"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="report_versions", to="residents.resident"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "version"), name="a_report_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnStatement",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="own_statement",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("words", noaber.hallway.sealed.SealedTextField()),
                ("written_at", models.DateTimeField()),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="own_statements", to="residents.resident"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("on_version", models.PositiveIntegerField()),
                ("words", noaber.hallway.sealed.SealedTextField()),
                ("proposed_at", models.DateTimeField()),
                ("answer", noaber.hallway.sealed.SealedTextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("mended_in", models.PositiveIntegerField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=USER,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="corrections", to="conversations.conversation"
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(on_delete=PROTECT, related_name="corrections", to="residents.resident"),
                ),
            ],
        ),
    ]
