"""Row-level security on relatives and what each may see: hers, the relative's own, and the house itself."""

from django.db import migrations

FORWARD = """
ALTER TABLE relatives_relative ENABLE ROW LEVEL SECURITY;
ALTER TABLE relatives_relative FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON relatives_relative USING (
    noaber_scope_is_system() OR resident_id = noaber_resident()
    OR (account_id = noaber_account() AND revoked_at IS NULL)
);

ALTER TABLE relatives_shareditem ENABLE ROW LEVEL SECURITY;
ALTER TABLE relatives_shareditem FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON relatives_shareditem USING (
    noaber_scope_is_system() OR relative_id IN (SELECT id FROM relatives_relative)
);
"""
BACK = "".join(
    f"""
DROP POLICY own ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in ("relatives_shareditem", "relatives_relative")
)


class Migration(migrations.Migration):
    dependencies = [("relatives", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
