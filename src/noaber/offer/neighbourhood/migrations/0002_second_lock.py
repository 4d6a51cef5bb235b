"""Row-level security on key persons: for the team of today, and for the region where they agreed to that."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION noaber_areas_of_team() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT area_id FROM neighbourhood_teammember
    WHERE account_id = noaber_account() AND organisation_id = ANY (noaber_organisations())
      AND period @> (noaber_now() AT TIME ZONE 'Europe/Amsterdam')::date
$$;
CREATE FUNCTION noaber_areas_of_region() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT a.id FROM neighbourhood_area a JOIN partners_organisation o ON o.region_id = a.region_id
    WHERE o.id = ANY (noaber_organisations())
$$;

ALTER TABLE neighbourhood_keyperson ENABLE ROW LEVEL SECURITY;
ALTER TABLE neighbourhood_keyperson FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_team ON neighbourhood_keyperson USING (
    noaber_scope_is_system() OR area_id IN (SELECT noaber_areas_of_team())
);
CREATE POLICY agreed_to_region ON neighbourhood_keyperson FOR SELECT USING (
    ended_at IS NULL AND 'region' = ANY (consent_items) AND area_id IN (SELECT noaber_areas_of_region())
);
"""
BACK = """
DROP POLICY agreed_to_region ON neighbourhood_keyperson;
DROP POLICY of_the_team ON neighbourhood_keyperson;
ALTER TABLE neighbourhood_keyperson NO FORCE ROW LEVEL SECURITY;
ALTER TABLE neighbourhood_keyperson DISABLE ROW LEVEL SECURITY;
DROP FUNCTION noaber_areas_of_region();
DROP FUNCTION noaber_areas_of_team();
"""


class Migration(migrations.Migration):
    dependencies = [("neighbourhood", "0001_start"), ("consents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
