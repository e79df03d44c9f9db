import chungtay.audit.models
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0001_initial'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
        ('tasks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hamlet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hamlets', to='places.area', verbose_name='xã, phường')),
                ('kind', models.CharField(choices=[('khom', 'Khóm'), ('ap', 'Ấp'), ('thon', 'Thôn'), ('tdp', 'Tổ dân phố')], max_length=4, verbose_name='loại')),
                ('name', models.CharField(max_length=80, verbose_name='tên')),
                ('founded_on', models.DateField(verbose_name='có từ ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('words', models.CharField(blank=True, max_length=120)),
                ('came_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'words', 'id'], name='hamlet_by_place')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('came_from', None), ('ended_on', None)), fields=('area', 'kind', 'name'), name='hamlet_name_once_in_a_commune'), models.UniqueConstraint(condition=models.Q(('came_from__isnull', False), ('ended_on', None)), fields=('area', 'kind', 'name', 'came_from'), name='hamlet_name_once_of_a_former_commune'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gt', models.F('founded_on')), _connector='OR'), name='hamlet_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='RegisterHead',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='community_one_register_head')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='places.area')),
                ('kind', models.CharField(choices=[('phong-trao', 'Phong trào'), ('cuoc-van-dong', 'Cuộc vận động'), ('chien-dich', 'Đợt cao điểm, chiến dịch')], max_length=15, verbose_name='loại')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('aim', models.TextField(blank=True, max_length=2000, verbose_name='mục đích, nội dung')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='văn bản phát động')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('indicators', models.ManyToManyField(blank=True, related_name='+', to='indicators.indicator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='movement_has_a_name'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='movement_ends_after_start')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='HamletCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='community.hamlet')),
                ('as_of', models.DateField(verbose_name='tính đến ngày')),
                ('households', models.PositiveIntegerField(verbose_name='số hộ')),
                ('people', models.PositiveIntegerField(null=True, verbose_name='nhân khẩu')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['hamlet', 'as_of', 'position'], name='hamlet_count_by_day')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='HamletMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hamlet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='community.hamlet')),
                ('from_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('on', models.DateField(verbose_name='từ ngày')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='văn bản')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['hamlet', 'on'], name='hamlet_move_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_area', models.F('area')), _negated=True), name='hamlet_moves_elsewhere')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=30, verbose_name='loại')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='places.area', verbose_name='xã, phường')),
                ('hamlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='community.hamlet')),
                ('founded_on', models.DateField(verbose_name='ngày thành lập, ra mắt')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='không còn từ ngày')),
                ('details', chungtay.audit.models.JSONField(default=dict)),
                ('schedule', models.CharField(blank=True, max_length=150, verbose_name='lịch sinh hoạt')),
                ('venue', models.CharField(blank=True, max_length=150, verbose_name='nơi sinh hoạt')),
                ('words', models.CharField(blank=True, max_length=400)),
                ('last_members', models.PositiveIntegerField(null=True)),
                ('last_households', models.PositiveIntegerField(null=True)),
                ('last_count_on', models.DateField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
            ],
            options={
                'indexes': [models.Index(fields=['words', 'id', 'area', 'kind', 'founded_on', 'ended_on'], name='group_by_name'), models.Index(fields=['area', 'words', 'id', 'kind', 'founded_on', 'ended_on'], name='group_by_place'), models.Index(fields=['founded_on', 'id', 'area', 'kind', 'ended_on', 'words'], name='group_by_age'), models.Index(fields=['kind', 'area', 'id', 'founded_on', 'ended_on', 'last_count_on', 'last_members', 'last_households'], name='group_totals')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='group_has_a_name'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('founded_on')), _connector='OR'), name='group_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='MovementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='community.movement')),
                ('number', models.PositiveIntegerField(verbose_name='bản')),
                ('content', chungtay.audit.models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('movement', 'number'), name='movement_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='MovementEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='community.movement')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('participants', models.PositiveIntegerField(null=True, verbose_name='số người, hộ đăng ký')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='kết quả')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['movement', 'area', 'id'], name='movement_entry_by_unit')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='GroupVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='community.group')),
                ('number', models.PositiveIntegerField(verbose_name='bản')),
                ('content', chungtay.audit.models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='group_version_once')],
                'indexes': [],
            },
        ),
    ]
