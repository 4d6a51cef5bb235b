"""Row-level security on the letter. An objection is a restrictive policy: it wins from every other rule."""

from django.db import migrations

FORWARD = """
ALTER TABLE referrals_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON referrals_letter FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON referrals_letter USING (
    noaber_scope_is_system()
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
    )
) WITH CHECK (true);
CREATE POLICY objection_wins ON referrals_letter AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system()
    OR (released_at IS NOT NULL AND objected_at IS NULL)
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
        WHERE h.resident_id = noaber_resident()
    )
);
"""
BACK = """
DROP POLICY objection_wins ON referrals_letter;
DROP POLICY in_scope ON referrals_letter;
DROP POLICY added ON referrals_letter;
ALTER TABLE referrals_letter NO FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_letter DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_start"), ("residents", "0002_second_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
