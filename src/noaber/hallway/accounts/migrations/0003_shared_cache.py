"""The table behind Django's cache: counts of tries and used codes, shared by all processes."""

from django.db import migrations

FORWARD = """
CREATE TABLE hallway_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX hallway_cache_expires ON hallway_cache (expires);
"""
BACK = "DROP TABLE hallway_cache;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_sessions_and_attempts")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
