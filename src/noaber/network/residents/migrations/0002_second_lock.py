"""Row-level security: without a context nothing of a person shows, whatever the code forgets.

`app.account`, `app.resident` and `app.organisations` say who asks; `app.scope` = 'system' is the house itself.
Adding is free (a referral makes a thread for someone new); reading, changing and removing are scoped.
"""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE help_request_code START 1001;
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'noaber_app') THEN
        GRANT USAGE, SELECT ON SEQUENCE help_request_code TO noaber_app;
    END IF;
END $$;

CREATE FUNCTION noaber_scope_is_system() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce(current_setting('app.scope', true), '') = 'system' $$;
CREATE FUNCTION noaber_account() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.account', true), '')::uuid $$;
CREATE FUNCTION noaber_resident() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.resident', true), '')::uuid $$;
CREATE FUNCTION noaber_organisations() RETURNS uuid[] LANGUAGE sql STABLE AS
    $$ SELECT coalesce(string_to_array(nullif(current_setting('app.organisations', true), ''), ',')::uuid[], '{}') $$;

CREATE FUNCTION noaber_threads_in_scope() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT help_request_id FROM residents_involvement
    WHERE until IS NULL
      AND organisation_id = ANY (noaber_organisations())
      AND (account_id IS NULL OR account_id = noaber_account() OR part = 'referrer')
$$;

ALTER TABLE residents_helprequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_helprequest FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON residents_helprequest FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON residents_helprequest USING (
    noaber_scope_is_system() OR resident_id = noaber_resident() OR id IN (SELECT noaber_threads_in_scope())
) WITH CHECK (true);

ALTER TABLE residents_resident ENABLE ROW LEVEL SECURITY;
ALTER TABLE residents_resident FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON residents_resident FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON residents_resident USING (
    noaber_scope_is_system() OR id = noaber_resident() OR account_id = noaber_account()
    OR id IN (SELECT resident_id FROM residents_helprequest WHERE id IN (SELECT noaber_threads_in_scope()))
) WITH CHECK (true);
"""
BACK = """
DROP POLICY in_scope ON residents_resident;
DROP POLICY added ON residents_resident;
ALTER TABLE residents_resident NO FORCE ROW LEVEL SECURITY;
ALTER TABLE residents_resident DISABLE ROW LEVEL SECURITY;
DROP POLICY in_scope ON residents_helprequest;
DROP POLICY added ON residents_helprequest;
ALTER TABLE residents_helprequest NO FORCE ROW LEVEL SECURITY;
ALTER TABLE residents_helprequest DISABLE ROW LEVEL SECURITY;
DROP FUNCTION noaber_threads_in_scope();
DROP FUNCTION noaber_organisations();
DROP FUNCTION noaber_resident();
DROP FUNCTION noaber_account();
DROP FUNCTION noaber_scope_is_system();
DROP SEQUENCE help_request_code;
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0001_start")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
