import chungtay.audit.models
import chungtay.community.rules.lineage
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='community.group')),
                ('kind', models.CharField(choices=[('founded', 'Thành lập, ra mắt'), ('dissolved', 'Giải thể, ngừng hoạt động'), ('merged', 'Nhập vào nhóm khác'), ('moved', 'Chuyển về đơn vị khác'), ('revived', 'Đính chính: vẫn hoạt động')], max_length=10)),
                ('on', models.DateField(verbose_name='ngày')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='văn bản')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
            ],
            options={
                'indexes': [models.Index(fields=['group', 'position'], name='group_act_in_order'), models.Index(condition=models.Q(('kind', chungtay.community.rules.lineage.ActKind['MOVED'])), fields=['on'], name='group_act_moved')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='GroupLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children_links', to='community.group')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parent_links', to='community.group')),
                ('kind', models.CharField(choices=[('born', 'ra đời từ'), ('merged', 'tiếp nhận')], max_length=8)),
                ('on', models.DateField(verbose_name='ngày')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('parent', 'child', 'kind'), name='group_link_once'), models.CheckConstraint(condition=models.Q(('parent', models.F('child')), _negated=True), name='group_link_of_two_groups')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='GroupCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='community.group')),
                ('as_of', models.DateField(verbose_name='tính đến ngày')),
                ('members', models.PositiveIntegerField(null=True, verbose_name='thành viên')),
                ('households', models.PositiveIntegerField(null=True, verbose_name='số hộ')),
                ('is_merger', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú, lý do đính chính')),
            ],
            options={
                'indexes': [models.Index(fields=['group', 'as_of', 'position', 'members', 'households'], name='group_count_as_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('households', None), ('members', None), _negated=True), name='group_count_says_something')],
            },
        ),
        migrations.CreateModel(
            name='GroupGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='community.group')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('grade', models.CharField(choices=[('tot', 'Tốt'), ('kha', 'Khá'), ('trung-binh', 'Trung bình'), ('yeu', 'Yếu')], max_length=10, verbose_name='xếp loại')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='community.group')),
                ('role', models.CharField(max_length=60, verbose_name='vai trò')),
                ('full_name', models.CharField(max_length=100, verbose_name='họ và tên')),
                ('since', models.DateField(verbose_name='từ ngày')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('full_name', ''), _negated=True), models.Q(('role', ''), _negated=True)), name='officer_has_name_and_role')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=30, verbose_name='loại')),
                ('title', models.CharField(max_length=200, verbose_name='tên hoạt động')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.area', verbose_name='đơn vị')),
                ('hamlet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='community.hamlet')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='community.group')),
                ('movement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='community.movement')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='tasks.task')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.body')),
                ('held_on', models.DateField(verbose_name='ngày')),
                ('venue', models.CharField(blank=True, max_length=150, verbose_name='địa điểm')),
                ('participants', models.PositiveIntegerField(null=True, verbose_name='người tham gia')),
                ('counts', chungtay.audit.models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='ghi chú')),
                ('state', models.CharField(choices=[('draft', 'Nháp'), ('recorded', 'Chờ xác nhận'), ('confirmed', 'Đã xác nhận'), ('returned', 'Trả lại'), ('withdrawn', 'Đã rút')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_at', models.DateTimeField()),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'indexes': [models.Index(fields=['-held_on', 'id', 'area', 'state', 'kind', 'words'], name='activity_by_day'), models.Index(fields=['area', '-held_on', 'id', 'state', 'kind', 'words'], name='activity_by_place'), models.Index(fields=['kind', '-held_on', 'id', 'area', 'state', 'words'], name='activity_by_kind'), models.Index(fields=['state', '-held_on', 'id', 'area', 'kind'], name='activity_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='activity_has_a_title'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), models.Q(('confirmed_by', models.F('written_by')), _negated=True)), _connector='OR'), name='activity_author_does_not_confirm'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='activity_confirmed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='OfficerEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='community.officer')),
                ('on', models.DateField(verbose_name='đến trước ngày')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ActivityAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='community.activity')),
                ('verb', models.CharField(choices=[('write', 'ghi'), ('record', 'gửi xác nhận'), ('confirm', 'xác nhận'), ('return', 'trả lại'), ('withdraw', 'rút')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='lý do')),
                ('content', chungtay.audit.models.JSONField()),
                ('position', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['activity', 'position'], name='activity_act_in_order')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ActivityPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='community.activity')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('caption', models.CharField(blank=True, max_length=200, verbose_name='chú thích')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'attachment'), name='activity_picture_once')],
                'indexes': [],
            },
        ),
    ]
