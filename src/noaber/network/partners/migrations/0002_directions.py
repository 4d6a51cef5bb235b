"""How to walk there, in words, for a letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_start")]
    operations = [
        migrations.AddField("location", "directions", models.CharField(blank=True, max_length=300)),
    ]
