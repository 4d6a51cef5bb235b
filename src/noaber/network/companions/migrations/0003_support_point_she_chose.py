"""The support point through which she wants to be reached."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companions", "0002_second_lock"), ("partners", "0002_directions")]
    operations = [
        migrations.AddField(
            "otherway",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reached_through",
                to="partners.organisation",
            ),
        ),
    ]
