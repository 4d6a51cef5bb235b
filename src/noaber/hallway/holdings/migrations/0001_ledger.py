from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="LedgerMark",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("mac", models.CharField(max_length=64)),
            ],
        ),
    ]
