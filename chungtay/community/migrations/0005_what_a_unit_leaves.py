import chungtay.community.rules.lineage
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0004_lists_answered_by_indexes'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HamletMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='từ ngày')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='văn bản')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='hamlet',
            name='hamlet_name_once_in_a_commune',
        ),
        migrations.AddField(
            model_name='hamlet',
            name='came_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddIndex(
            model_name='groupact',
            index=models.Index(condition=models.Q(('kind', chungtay.community.rules.lineage.ActKind['MOVED'])), fields=['on'], name='group_act_moved'),
        ),
        migrations.AddConstraint(
            model_name='hamlet',
            constraint=models.UniqueConstraint(condition=models.Q(('came_from', None), ('ended_on', None)), fields=('area', 'kind', 'name'), name='hamlet_name_once_in_a_commune'),
        ),
        migrations.AddConstraint(
            model_name='hamlet',
            constraint=models.UniqueConstraint(condition=models.Q(('came_from__isnull', False), ('ended_on', None)), fields=('area', 'kind', 'name', 'came_from'), name='hamlet_name_once_of_a_former_commune'),
        ),
        migrations.AddField(
            model_name='hamletmove',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='hamletmove',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hamletmove',
            name='from_area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='hamletmove',
            name='hamlet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='community.hamlet'),
        ),
        migrations.AddIndex(
            model_name='hamletmove',
            index=models.Index(fields=['hamlet', 'on'], name='hamlet_move_by_day'),
        ),
        migrations.AddConstraint(
            model_name='hamletmove',
            constraint=models.CheckConstraint(condition=models.Q(('from_area', models.F('area')), _negated=True), name='hamlet_moves_elsewhere'),
        ),
    ]
