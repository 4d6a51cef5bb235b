"""An objection to a letter becomes an objection of hers; a letter that waits for consent has no day.

The lock on the letter asks her objections and, where the region has it so, her consent.
"""

from django.db import migrations, models

import noaber.hallway.sealed

MOVE = """
SELECT set_config('app.scope', 'system', true);
INSERT INTO consents_objection (id, resident_id, what, object_id, organisation_id, made_at, made_how,
    made_with)
SELECT gen_random_uuid(), h.resident_id, 'letter', l.conversation_id, r.organisation_id, l.objected_at,
    'self', ''
FROM referrals_letter l JOIN referrals_referral r ON r.id = l.referral_id
JOIN residents_helprequest h ON h.id = r.help_request_id WHERE l.objected_at IS NOT NULL;
INSERT INTO consents_consent (id, resident_id, what, object_id, version, organisation_id, purpose, valid_from,
    given_at, given_how, given_with)
SELECT gen_random_uuid(), h.resident_id, 'letter', l.conversation_id, 1, r.organisation_id, 'inform',
    l.released_at, l.released_at, 'self', ''
FROM referrals_letter l JOIN referrals_referral r ON r.id = l.referral_id
JOIN residents_helprequest h ON h.id = r.help_request_id
WHERE l.released_at IS NOT NULL AND l.release_on = '9999-12-31';
UPDATE referrals_letter SET release_on = NULL WHERE release_on = '9999-12-31';
SELECT set_config('app.scope', '', true);
DROP POLICY objection_wins ON referrals_letter;
"""
BACK = """
CREATE POLICY objection_wins ON referrals_letter AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system()
    OR (released_at IS NOT NULL AND objected_at IS NULL)
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
        WHERE h.resident_id = noaber_resident()
    )
);
"""
LOCK = """
CREATE POLICY objection_wins ON referrals_letter AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system()
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
        WHERE h.resident_id = noaber_resident()
           OR (released_at IS NOT NULL AND NOT noaber_refused('letter', h.resident_id, conversation_id))
    )
);
CREATE POLICY where_consent_is_asked ON referrals_letter AS RESTRICTIVE FOR SELECT USING (
    noaber_scope_is_system() OR release_on IS NOT NULL
    OR referral_id IN (
        SELECT r.id FROM referrals_referral r JOIN residents_helprequest h ON h.id = r.help_request_id
        WHERE h.resident_id = noaber_resident()
    )
    OR (conversation_id, version) IN (
        SELECT object_id, version FROM consents_consent
        WHERE what = 'letter' AND ended_at IS NULL AND valid_from <= noaber_now()
          AND (valid_until IS NULL OR valid_until > noaber_now())
          AND organisation_id = ANY (noaber_organisations())
    )
);
"""
UNLOCK = """
DROP POLICY where_consent_is_asked ON referrals_letter;
DROP POLICY objection_wins ON referrals_letter;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0005_lock_on_practice_keys"),
        ("consents", "0002_second_lock"),
    ]
    operations = [
        migrations.AlterField("letter", "release_on", models.DateField(null=True)),
        migrations.AddField("letter", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "letter", "statement", noaber.hallway.sealed.SealedTextField(blank=True, default="")
        ),
        migrations.AlterField("letter", "conversation_id", models.UUIDField()),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(fields=["conversation_id", "version"], name="one_letter_a_version"),
        ),
        migrations.RunSQL(MOVE, BACK),
        migrations.RemoveField("letter", "objected_at"),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
