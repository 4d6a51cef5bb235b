"""The calendar entry names an address, so it is sealed like the address itself."""

from django.db import migrations

import noaber.hallway.sealed
from noaber.hallway.sealed import seal


def seal_what_stands(apps, schema_editor):
    """Seal entries that were written before; the column itself does not change."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, calendar FROM post_message WHERE calendar IS NOT NULL")
        for message_id, plain in cursor.fetchall():
            sealed = seal(bytes(plain).decode()).encode("ascii")
            cursor.execute("UPDATE post_message SET calendar = %s WHERE id = %s", [sealed, message_id])


class Migration(migrations.Migration):
    dependencies = [("post", "0001_start")]
    operations = [
        migrations.RunPython(seal_what_stands, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="message",
            name="calendar",
            field=noaber.hallway.sealed.SealedBytesField(null=True),
        ),
    ]
