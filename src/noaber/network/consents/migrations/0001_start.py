"""Consents and objections."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import noaber.hallway.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_start"),
        ("residents", "0001_start"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("report", "het verslag"),
                            ("letter", "de brief aan de huisarts"),
                            ("web", "uw web"),
                            ("all", "alles"),
                        ],
                        max_length=12,
                    ),
                ),
                ("object_id", models.UUIDField(null=True)),
                ("version", models.PositiveIntegerField(null=True)),
                ("purpose", models.CharField(max_length=40)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField()),
                (
                    "given_how",
                    models.CharField(
                        choices=[
                            ("self", "zelf"),
                            ("helper", "samen met iemand"),
                            ("paper", "op papier"),
                            ("phone", "aan de telefoon"),
                        ],
                        default="self",
                        max_length=8,
                    ),
                ),
                ("given_with", noaber.hallway.sealed.SealedCharField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents_to_me",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="partners.organisation",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="residents.resident",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organisation", "what"],
                        name="living_consents_to",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("resident", "what", "object_id", "organisation", "account"),
                        name="one_living_consent_of_a_kind",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="a_consent_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("report", "het verslag"),
                            ("letter", "de brief aan de huisarts"),
                            ("web", "uw web"),
                            ("all", "alles"),
                        ],
                        max_length=12,
                    ),
                ),
                ("object_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_how",
                    models.CharField(
                        choices=[
                            ("self", "zelf"),
                            ("helper", "samen met iemand"),
                            ("paper", "op papier"),
                            ("phone", "aan de telefoon"),
                        ],
                        default="self",
                        max_length=8,
                    ),
                ),
                ("made_with", noaber.hallway.sealed.SealedCharField(blank=True, default="")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="partners.organisation",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="residents.resident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("resident", "what", "object_id", "organisation"),
                        name="one_living_objection_of_a_kind",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
