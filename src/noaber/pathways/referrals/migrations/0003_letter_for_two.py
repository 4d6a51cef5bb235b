"""Row-level security on the referral, and a narrower one on the letter: it is for her and for the practice.

The planning office and the guides see the thread; the letter is not theirs.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
CREATE POLICY added ON referrals_referral FOR INSERT WITH CHECK (true);
CREATE POLICY in_scope ON referrals_referral USING (
    noaber_scope_is_system() OR help_request_id IN (SELECT id FROM residents_helprequest)
) WITH CHECK (true);
DROP POLICY in_scope ON referrals_letter;
CREATE POLICY in_scope ON referrals_letter USING (
    noaber_scope_is_system()
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
        WHERE h.resident_id = noaber_resident() OR r.organisation_id = ANY (noaber_organisations())
    )
) WITH CHECK (true);
"""
BACK = """
DROP POLICY in_scope ON referrals_letter;
CREATE POLICY in_scope ON referrals_letter USING (
    noaber_scope_is_system()
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
    )
) WITH CHECK (true);
DROP POLICY in_scope ON referrals_referral;
DROP POLICY added ON referrals_referral;
ALTER TABLE referrals_referral NO FORCE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_second_lock"), ("residents", "0003_history_behind_the_lock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
