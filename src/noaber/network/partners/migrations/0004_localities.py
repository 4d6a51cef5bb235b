"""Towns, villages and postcode areas, to find what is near."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

KINDS = [("place", "plaats"), ("postcode", "postcodegebied"), ("municipality", "gemeente")]


def _part_of(model):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="localities", to=f"partners.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_key_reset")]
    operations = [
        migrations.CreateModel(
            name="Locality",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(choices=KINDS, default="place", max_length=12)),
                ("name", models.CharField(max_length=100)),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), blank=True, default=list, size=None
                    ),
                ),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("source", models.CharField(max_length=300)),
                ("imported", models.BooleanField(default=False)),
                ("municipality", _part_of("municipality")),
                ("region", _part_of("region")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "municipality", "kind", "name"),
                        name="a_locality_once_per_municipality",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                        name="a_locality_is_on_earth",
                    ),
                ]
            },
        )
    ]
