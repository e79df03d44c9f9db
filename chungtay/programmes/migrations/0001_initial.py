import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='mã')),
                ('number', models.CharField(max_length=40, verbose_name='số')),
                ('kind', models.CharField(max_length=80, verbose_name='loại văn bản')),
                ('title', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('signed_on', models.DateField(verbose_name='ngày ký')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến ngày')),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='places.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='programme_ends_after_start'), models.UniqueConstraint(fields=('parent', 'area'), name='programme_one_plan_per_area')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'body'), name='party_body_once'), models.UniqueConstraint(fields=('programme', 'position'), name='party_position_once')],
            },
        ),
        migrations.CreateModel(
            name='AreaOfWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas_of_work', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='area_of_work_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_code', models.CharField(max_length=40)),
                ('total', models.BigIntegerField()),
                ('rule', models.CharField(choices=[('equal', 'tổng các phần bằng đúng chỉ tiêu'), ('at_least', 'tổng các phần ít nhất bằng chỉ tiêu'), ('at_most', 'tổng các phần không quá chỉ tiêu'), ('free', 'tỷ lệ, không cộng')], max_length=10)),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ giao')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='programmes.allocation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rule__in', ['equal', 'at_least', 'at_most', 'free'])), name='allocation_rule_known'), models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='allocation_total_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_code', models.CharField(max_length=40)),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='phiên bản')),
                ('value', models.BigIntegerField(null=True)),
                ('comparison', models.CharField(choices=[('at_least', 'đạt ít nhất'), ('at_most', 'không quá')], default='at_least', max_length=10)),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ giao')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('allocation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programmes.allocation')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'indicator', 'area', 'period_code', 'number'), name='target_version_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='target_not_negative'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='target_versions_count_from_one')],
            },
        ),
    ]
