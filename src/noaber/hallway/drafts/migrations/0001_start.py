import django.db.models.deletion
import noaber.hallway.sealed
import uuid
from django.conf import settings
from django.db import migrations, models

LOCK = """
ALTER TABLE drafts_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE drafts_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON drafts_draft USING (
    coalesce(current_setting('app.scope', true), '') = 'system'
    OR account_id = nullif(current_setting('app.account', true), '')::uuid
);
"""
UNLOCK = """
DROP POLICY in_scope ON drafts_draft;
ALTER TABLE drafts_draft NO FORCE ROW LEVEL SECURITY;
ALTER TABLE drafts_draft DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('browser', models.CharField(blank=True, max_length=64)),
                ('page', models.CharField(max_length=300)),
                ('words', noaber.hallway.sealed.SealedTextField()),
                ('kept_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'page'), name='one_draft_for_each_page')],
            },
        ),
        migrations.RunSQL(LOCK, UNLOCK),
    ]
