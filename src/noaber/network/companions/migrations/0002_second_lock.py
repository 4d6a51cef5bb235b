"""Row-level security: a time together shows to her and to the helper alone, never to the organisation.

Digits show to the helper who asked for them. Paper, the other way to reach her and what was carried out show
inside jobs of the house, and to her; whoever writes may add.
"""

from django.db import migrations

OWN = {
    "companions_timetogether": "resident_id = noaber_resident() OR helper_id = noaber_account()",
    "companions_phonedigits": "helper_id = noaber_account()",
    "companions_paperform": "resident_id = noaber_resident()",
    "companions_otherway": "resident_id = noaber_resident()",
    "companions_carriedout": "resident_id = noaber_resident()",
}


def lock(table: str, mine: str) -> str:
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY added ON {table} FOR INSERT WITH CHECK (true);
    CREATE POLICY in_scope ON {table} USING (noaber_scope_is_system() OR {mine}) WITH CHECK (true);
    """


def unlock(table: str) -> str:
    return f"""
    DROP POLICY in_scope ON {table};
    DROP POLICY added ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """


class Migration(migrations.Migration):
    dependencies = [("companions", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(lock(table, mine), unlock(table)) for table, mine in OWN.items()]
