import chungtay.audit.models
import chungtay.returns.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='programmes.programme')),
                ('code', models.CharField(max_length=20, verbose_name='ký hiệu')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='lần ban hành')),
                ('title', models.CharField(max_length=200, verbose_name='tên biểu')),
                ('body_kind', models.CharField(choices=[('ubnd', 'Ủy ban nhân dân'), ('mttq', 'Ủy ban Mặt trận Tổ quốc Việt Nam'), ('ldld', 'Liên đoàn Lao động'), ('hnd', 'Hội Nông dân'), ('hlhpn', 'Hội Liên hiệp Phụ nữ'), ('dtn', 'Đoàn Thanh niên Cộng sản Hồ Chí Minh'), ('hccb', 'Hội Cựu chiến binh')], default='ubnd', max_length=10, verbose_name='cơ quan lập')),
                ('is_current', models.BooleanField(default=True, verbose_name='đang dùng')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'code', 'version'), name='form_version_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('programme', 'code'), name='form_one_current_version'), models.CheckConstraint(condition=models.Q(('body_kind__in', ['ubnd', 'mttq', 'ldld', 'hnd', 'hlhpn', 'dtn', 'hccb'])), name='form_body_known')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FormCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='returns.form')),
                ('position', models.PositiveSmallIntegerField()),
                ('section', models.CharField(max_length=200, verbose_name='phần')),
                ('key', models.CharField(max_length=160)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('dimension', models.CharField(blank=True, max_length=120)),
                ('label', models.CharField(max_length=200, verbose_name='chỉ tiêu')),
                ('hint', models.CharField(blank=True, max_length=300, verbose_name='hướng dẫn')),
                ('is_total', models.BooleanField(default=False, verbose_name='tổng tự nêu')),
                ('is_second', models.BooleanField(default=False, verbose_name='số đối chiếu')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'key'), name='form_cell_key_once'), models.UniqueConstraint(fields=('form', 'position'), name='form_cell_position_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FormRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='returns.form')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('at_most', 'at_most'), ('equals', 'equals'), ('needs', 'needs'), ('between', 'between'), ('ratio', 'ratio'), ('change', 'change'), ('outlier', 'outlier')], max_length=10)),
                ('left', models.TextField()),
                ('right', models.TextField(blank=True)),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('weight', models.CharField(blank=True, choices=[('error', 'error'), ('explain', 'explain'), ('hint', 'hint')], max_length=10, verbose_name='mức')),
                ('low', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='ngưỡng dưới')),
                ('high', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='ngưỡng trên')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'position'), name='form_rule_position_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['at_most', 'equals', 'needs', 'between', 'ratio', 'change', 'outlier'])), name='form_rule_kind_known'), models.CheckConstraint(condition=models.Q(('weight__in', ['', 'error', 'explain', 'hint'])), name='form_rule_weight_known'), models.CheckConstraint(condition=models.Q(('left', ''), _negated=True), name='form_rule_names_a_cell')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='returns.form')),
                ('period_code', models.CharField(max_length=40)),
                ('period_start', models.DateField()),
                ('period_end', models.DateField(verbose_name='ngày sau cùng cộng một')),
                ('due_at', models.DateTimeField(verbose_name='hạn gửi')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'period_code'), name='round_once'), models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='round_period_not_empty')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='returns.round')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='places.area')),
                ('state', models.CharField(choices=[('not_started', 'Chưa có'), ('draft', 'Nháp'), ('for_signing', 'Chờ ký'), ('submitted', 'Đã gửi'), ('returned', 'Trả lại'), ('approved', 'Đã duyệt')], default=chungtay.returns.rules.State['NOT_STARTED'], max_length=12)),
                ('extended_to', models.DateTimeField(blank=True, null=True, verbose_name='gia hạn đến')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('draft', chungtay.audit.models.JSONField(default=dict)),
                ('draft_saved_at', models.DateTimeField(blank=True, null=True)),
                ('author_ids', chungtay.audit.models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'area'), name='return_once_per_unit_and_round'), models.CheckConstraint(condition=models.Q(('state__in', ['not_started', 'draft', 'for_signing', 'submitted', 'returned', 'approved'])), name='return_state_known')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='returns.return')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('content_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='version_number_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='VersionCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='returns.version')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='returns.formcell')),
                ('value', models.BigIntegerField(blank=True, null=True)),
                ('absent', models.CharField(blank=True, max_length=500, verbose_name='chưa có số vì')),
                ('explain', models.CharField(blank=True, max_length=500, verbose_name='giải thích')),
                ('reply', models.CharField(blank=True, max_length=500, verbose_name='trả lời')),
                ('recorded', models.BigIntegerField(blank=True, null=True, verbose_name='sổ ghi khi gửi')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'cell'), name='version_cell_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='version_cell_not_negative'), models.CheckConstraint(condition=models.Q(('value__isnull', False), models.Q(('absent', ''), _negated=True), _connector='OR'), name='version_cell_says_why_it_is_empty')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='returns.return')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='returns.version')),
                ('verb', models.CharField(max_length=12)),
                ('state', models.CharField(max_length=12, verbose_name='trạng thái sau đó')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.CharField(blank=True, max_length=1000)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='returns.event')),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='returns.formcell')),
                ('text', models.CharField(max_length=1000)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'cell'), name='remark_once_per_cell')],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='return',
            name='current_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='returns.version'),
        ),
        migrations.AddField(
            model_name='return',
            name='approved_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='returns.version'),
        ),
    ]
