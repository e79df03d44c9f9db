from django.conf import settings
from django.db import migrations, models


def _newest(field):
    return (
        f"(SELECT {field} FROM community_groupcount c WHERE c.group_id = community_group.id AND {field} IS NOT NULL "
        "ORDER BY as_of DESC, position DESC LIMIT 1)"
    )


KEEP_SIZES = (
    f"UPDATE community_group SET last_members = {_newest('members')}, last_households = {_newest('households')}, "
    f"last_count_on = {_newest('as_of')}"
)


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0003_activities'),
        ('places', '0001_initial'),
        ('tasks', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='activity',
            name='activity_by_day',
        ),
        migrations.RemoveIndex(
            model_name='activity',
            name='activity_by_place',
        ),
        migrations.RemoveIndex(
            model_name='activity',
            name='activity_by_kind',
        ),
        migrations.RemoveIndex(
            model_name='activity',
            name='activity_by_state',
        ),
        migrations.RemoveIndex(
            model_name='group',
            name='group_by_kind',
        ),
        migrations.RemoveIndex(
            model_name='group',
            name='group_by_name',
        ),
        migrations.RemoveIndex(
            model_name='group',
            name='group_by_place',
        ),
        migrations.AddField(
            model_name='group',
            name='last_count_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='group',
            name='last_households',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='group',
            name='last_members',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunSQL(KEEP_SIZES, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['-held_on', 'id', 'area', 'state', 'kind', 'words'], name='activity_by_day'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['area', '-held_on', 'id', 'state', 'kind', 'words'], name='activity_by_place'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['kind', '-held_on', 'id', 'area', 'state', 'words'], name='activity_by_kind'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['state', '-held_on', 'id', 'area', 'kind'], name='activity_by_state'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['words', 'id', 'area', 'kind', 'founded_on', 'ended_on'], name='group_by_name'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['area', 'words', 'id', 'kind', 'founded_on', 'ended_on'], name='group_by_place'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['founded_on', 'id', 'area', 'kind', 'ended_on', 'words'], name='group_by_age'),
        ),
        migrations.AddIndex(
            model_name='group',
            index=models.Index(fields=['kind', 'area', 'id', 'founded_on', 'ended_on', 'last_count_on', 'last_members', 'last_households'], name='group_totals'),
        ),
    ]
