"""Row-level security on consents and objections, and the clock that the database reads.

Who received a consent may read that row, never change or remove it. An objection towards an organisation is
visible to it, because the second lock of what it forbids asks here; it holds ids and times, no words.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION noaber_now() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.now', true), '')::timestamptz $$;

ALTER TABLE consents_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON consents_consent USING (noaber_scope_is_system() OR resident_id = noaber_resident());
CREATE POLICY receiving ON consents_consent FOR SELECT USING (organisation_id = ANY (noaber_organisations()));

ALTER TABLE consents_objection ENABLE ROW LEVEL SECURITY;
ALTER TABLE consents_objection FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON consents_objection USING (noaber_scope_is_system() OR resident_id = noaber_resident());
CREATE POLICY concerning ON consents_objection FOR SELECT USING (
    noaber_organisations() <> '{}'
    AND (organisation_id IS NULL OR organisation_id = ANY (noaber_organisations()))
);

CREATE FUNCTION noaber_refused(about text, whose uuid, thing uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM consents_objection o
        WHERE o.withdrawn_at IS NULL AND o.what IN (about, 'all') AND o.resident_id = whose
          AND (o.object_id IS NULL OR o.object_id = thing)
          AND (o.organisation_id IS NULL OR o.organisation_id = ANY (noaber_organisations()))
    )
$$;
"""
BACK = """
DROP FUNCTION noaber_refused(text, uuid, uuid);
DROP POLICY concerning ON consents_objection;
DROP POLICY own ON consents_objection;
ALTER TABLE consents_objection NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consents_objection DISABLE ROW LEVEL SECURITY;
DROP POLICY receiving ON consents_consent;
DROP POLICY own ON consents_consent;
ALTER TABLE consents_consent NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consents_consent DISABLE ROW LEVEL SECURITY;
DROP FUNCTION noaber_now();
"""


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
