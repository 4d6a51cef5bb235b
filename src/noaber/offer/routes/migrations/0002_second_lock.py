"""Row-level security on wayfinders: who agreed to it is seen by everyone, the others by the region's own staff."""

from django.db import migrations

FORWARD = """
ALTER TABLE routes_wayfinder ENABLE ROW LEVEL SECURITY;
ALTER TABLE routes_wayfinder FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_region ON routes_wayfinder USING (
    noaber_scope_is_system()
    OR region_id IN (
        SELECT o.region_id FROM partners_organisation o WHERE o.id = ANY (noaber_organisations())
    )
);
CREATE POLICY agreed_to_everyone ON routes_wayfinder FOR SELECT USING (
    degree = 'public' AND withdrawn_at IS NULL
);
"""
BACK = """
DROP POLICY agreed_to_everyone ON routes_wayfinder;
DROP POLICY of_the_region ON routes_wayfinder;
ALTER TABLE routes_wayfinder NO FORCE ROW LEVEL SECURITY;
ALTER TABLE routes_wayfinder DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("routes", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
