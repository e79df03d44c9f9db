import chungtay.programmes.link_rules
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
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='places.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='programmes.programme')),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='programme_ends_after_start'), models.UniqueConstraint(fields=('parent', 'area'), name='programme_one_plan_per_area')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='programmes.programme')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'body'), name='party_body_once'), models.UniqueConstraint(fields=('programme', 'position'), name='party_position_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AreaOfWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas_of_work', to='programmes.programme')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=300)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='area_of_work_number_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='programmes.programme')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('period_code', models.CharField(max_length=40)),
                ('total', models.BigIntegerField()),
                ('rule', models.CharField(choices=[('equal', 'tổng các phần bằng đúng chỉ tiêu'), ('at_least', 'tổng các phần ít nhất bằng chỉ tiêu'), ('at_most', 'tổng các phần không quá chỉ tiêu'), ('free', 'tỷ lệ, không cộng')], max_length=10)),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ giao')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='programmes.allocation')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rule__in', ['equal', 'at_least', 'at_most', 'free'])), name='allocation_rule_known'), models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='allocation_total_not_negative')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programmes.programme')),
                ('kind', models.CharField(max_length=80, verbose_name='loại văn bản')),
                ('number', models.CharField(max_length=80, verbose_name='số, ký hiệu')),
                ('abstract', models.CharField(max_length=500, verbose_name='trích yếu')),
                ('signed_on', models.DateField(verbose_name='ngày ký')),
                ('effect_from', models.DateField(verbose_name='có hiệu lực từ')),
                ('effect_to', models.DateField(null=True, verbose_name='đến hết')),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programmes.document')),
                ('effect', models.CharField(blank=True, choices=[('amends', 'sửa đổi, bổ sung'), ('replaces', 'thay thế'), ('ends', 'bãi bỏ')], max_length=8)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='nội dung sửa đổi')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'signed_on'], name='document_of_programme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('effect_to__isnull', True), ('effect_to__gte', models.F('effect_from')), _connector='OR'), name='document_effect_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('amends__isnull', True), ('effect', '')), models.Q(('amends__isnull', False), ('effect__in', ['amends', 'replaces', 'ends'])), _connector='OR'), name='document_effect_on_another'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('abstract', ''), _negated=True)), name='document_says_number_and_what')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='programmes.programme')),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=400)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='change_changes')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programmes.programme')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('period_code', models.CharField(max_length=40)),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='phiên bản')),
                ('value', models.BigIntegerField(null=True)),
                ('comparison', models.CharField(choices=[('at_least', 'đạt ít nhất'), ('at_most', 'không quá')], default='at_least', max_length=10)),
                ('basis', models.CharField(max_length=300, verbose_name='căn cứ giao')),
                ('allocation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programmes.allocation')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'indicator', 'area', 'period_code', 'number'), name='target_version_once'), models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='target_not_negative'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='target_versions_count_from_one')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DocumentParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='programmes.document')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'body'), name='document_party_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='programmes.document')),
                ('number', models.PositiveSmallIntegerField()),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='document_file_number_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='programmes.document')),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='document_withdrawal_has_reason')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_of_work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='programmes.areaofwork')),
                ('number', models.PositiveSmallIntegerField(verbose_name='phiên bản')),
                ('title', models.CharField(max_length=300)),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area_of_work', 'number'), name='wording_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programmes.change')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programmes.programme')),
                ('number', models.PositiveIntegerField()),
                ('held', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'plan'), name='proposal_once'), models.UniqueConstraint(fields=('plan', 'number'), name='proposal_number_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='programmes.proposal')),
                ('number', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('take', 'Tiếp nhận nguyên văn'), ('adapt', 'Điều chỉnh cho địa phương'), ('decline', 'Không thực hiện')], max_length=8)),
                ('value', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='answer_number_once'), models.CheckConstraint(condition=models.Q(('way', chungtay.programmes.link_rules.Way['TAKE']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='answer_has_reason')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='programmes.answer')),
                ('holds', models.BooleanField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('holds', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='decision_back_has_note')],
                'indexes': [],
            },
        ),
    ]
