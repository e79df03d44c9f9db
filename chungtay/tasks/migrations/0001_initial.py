import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.tasks.rules


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0001_initial'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300, verbose_name='phần việc')),
                ('due_on', models.DateField(verbose_name='hạn theo kế hoạch')),
                ('deadline', models.DateField(verbose_name='hạn hiện nay')),
                ('state', models.CharField(default=chungtay.tasks.rules.State['ACTIVE'], max_length=10, verbose_name='trạng thái')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='ngày xong')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='places.body', verbose_name='cơ quan phối hợp')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [chungtay.tasks.rules.State['ACTIVE'], chungtay.tasks.rules.State['REPORTED'], chungtay.tasks.rules.State['DONE']])), name='tasks_duty_state_known'), models.CheckConstraint(condition=models.Q(('deadline__gte', models.F('due_on'))), name='tasks_duty_deadline_not_before_due'), models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', True), ('state', chungtay.tasks.rules.State['ACTIVE'])), models.Q(models.Q(('state', chungtay.tasks.rules.State['ACTIVE']), _negated=True), ('finished_on__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='tasks_duty_finished_when_reported'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='tasks_duty_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300, verbose_name='cuộc họp')),
                ('held_on', models.DateField(verbose_name='ngày họp')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa điểm')),
                ('chair', models.CharField(max_length=200, verbose_name='chủ trì')),
                ('agenda', models.TextField(max_length=4000, verbose_name='nội dung họp')),
                ('recorded_at', models.DateTimeField()),
                ('bodies', models.ManyToManyField(related_name='+', to='places.body', verbose_name='thành phần')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programmes.programme')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('chair', ''), _negated=True)), name='tasks_meeting_has_title_chair')],
            },
        ),
        migrations.CreateModel(
            name='Conclusion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=1000, verbose_name='kết luận')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='tasks.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='tasks_conclusion_number_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='tasks_conclusion_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('text', models.TextField(max_length=20000, verbose_name='biên bản')),
                ('at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='tasks.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='tasks_minutes_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=60, verbose_name='nhắc trước (ngày)')),
                ('escalate_after', models.PositiveSmallIntegerField(verbose_name='báo cấp trên khi trễ (ngày)')),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reminder_setting', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('escalate_after__gte', 1), ('escalate_after__lte', 365)), name='tasks_escalation_after_a_day_at_least')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('every', models.PositiveSmallIntegerField(verbose_name='chu kỳ (tháng)')),
                ('until', models.DateField(verbose_name='đến ngày')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('every__in', [1, 3, 6, 12])), name='tasks_series_every_known')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='số thứ tự')),
                ('title', models.CharField(max_length=300, verbose_name='nhiệm vụ')),
                ('product', models.CharField(max_length=300, verbose_name='sản phẩm')),
                ('kind', models.CharField(choices=[('once', 'một lần'), ('recurring', 'định kỳ'), ('milestone', 'mốc')], max_length=10, verbose_name='loại')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('due_on', models.DateField(verbose_name='hạn theo kế hoạch')),
                ('deadline', models.DateField(verbose_name='hạn hiện nay')),
                ('state', models.CharField(choices=[('draft', 'Chờ duyệt'), ('active', 'Đang làm'), ('reported', 'Báo đã xong'), ('done', 'Hoàn thành'), ('cancelled', 'Đã hủy')], max_length=10, verbose_name='trạng thái')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='ngày xong')),
                ('search', models.CharField(editable=False, max_length=1000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('area_of_work', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='programmes.areaofwork', verbose_name='nội dung phối hợp')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_tasks', to='places.body', verbose_name='cơ quan chủ trì')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='programmes.programme', verbose_name='chương trình')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='tasks.series')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'deadline'], name='tasks_by_deadline'), models.Index(fields=['state', 'deadline'], name='tasks_open_by_deadline')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='tasks_number_once_in_programme'), models.UniqueConstraint(condition=models.Q(('series__isnull', False)), fields=('series', 'due_on'), name='tasks_occurrence_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['once', 'recurring', 'milestone'])), name='tasks_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'active', 'reported', 'done', 'cancelled'])), name='tasks_state_known'), models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('due_on'))), name='tasks_due_after_start'), models.CheckConstraint(condition=models.Q(('deadline__gte', models.F('due_on'))), name='tasks_deadline_not_before_due'), models.CheckConstraint(condition=models.Q(models.Q(('kind', chungtay.tasks.rules.Kind['RECURRING']), ('series__isnull', False)), models.Q(models.Q(('kind', chungtay.tasks.rules.Kind['RECURRING']), _negated=True), ('series__isnull', True)), _connector='OR'), name='tasks_recurring_has_series'), models.CheckConstraint(condition=models.Q(models.Q(('finished_on__isnull', False), ('reported_by__isnull', False), ('state__in', [chungtay.tasks.rules.State['REPORTED'], chungtay.tasks.rules.State['DONE']])), models.Q(models.Q(('state__in', [chungtay.tasks.rules.State['REPORTED'], chungtay.tasks.rules.State['DONE']]), _negated=True), ('finished_on__isnull', True)), _connector='OR'), name='tasks_finished_when_reported'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('product', ''), _negated=True)), name='tasks_says_what_and_product')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('notice', models.CharField(choices=[('before', 'before'), ('late', 'late'), ('escalated', 'escalated')], max_length=10)),
                ('days', models.PositiveSmallIntegerField()),
                ('deadline', models.DateField()),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='tasks.duty')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='tasks.task')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'at'], name='tasks_reminder_area')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.DateField(verbose_name='hạn trước')),
                ('after', models.DateField(verbose_name='hạn sau')),
                ('reason', models.CharField(max_length=500, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='tasks.duty')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='tasks.task')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('after__gt', models.F('before'))), name='tasks_extension_moves_later'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='tasks_extension_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('document', 'văn bản, ảnh'), ('record', 'hoạt động, bản ghi'), ('judgement', 'ước lượng')], max_length=10)),
                ('source_kind', models.CharField(blank=True, max_length=60)),
                ('source_id', models.CharField(blank=True, max_length=80)),
                ('percent', models.PositiveSmallIntegerField(null=True, verbose_name='mức độ hoàn thành (%)')),
                ('note', models.CharField(max_length=500, verbose_name='nội dung')),
                ('at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tasks.duty')),
                ('withdraws', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_by', to='tasks.evidence')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tasks.task')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('attachment__isnull', False), ('kind', 'document'), ('percent__isnull', True), ('source_id', '')), models.Q(('attachment__isnull', True), ('kind', 'record'), ('percent__isnull', True), models.Q(('source_id', ''), _negated=True), models.Q(('source_kind', ''), _negated=True)), models.Q(('attachment__isnull', True), ('kind', 'judgement'), ('percent__gte', 0), ('percent__lte', 100), ('source_id', '')), _connector='OR'), name='tasks_evidence_of_one_kind'), models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='tasks_evidence_says_what'), models.UniqueConstraint(condition=models.Q(('kind', 'record'), ('withdraws__isnull', True)), fields=('task', 'source_kind', 'source_id'), name='tasks_record_shown_once')],
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='tasks.task'),
        ),
        migrations.CreateModel(
            name='ConclusionTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conclusion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made', to='tasks.conclusion')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='from_conclusion', to='tasks.task')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10, verbose_name='trạng thái sau đó')),
                ('finished_on', models.DateField(null=True, verbose_name='ngày xong')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='lý do, ghi chú')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tasks.duty')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='tasks.task')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaskIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_code', models.CharField(max_length=40, verbose_name='kỳ')),
                ('target', models.BigIntegerField(blank=True, null=True, verbose_name='cần đạt')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='tasks.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('task', 'indicator', 'period_code'), name='tasks_indicator_once'), models.CheckConstraint(condition=models.Q(('target__isnull', True), ('target__gt', 0), _connector='OR'), name='tasks_target_positive')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=60, verbose_name='số, ký hiệu')),
                ('dated_on', models.DateField(verbose_name='ngày văn bản')),
                ('subject', models.CharField(max_length=300, verbose_name='trích yếu')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='hạn trả lời')),
                ('recorded_at', models.DateTimeField()),
                ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='tasks.letter')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='programmes.programme')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='nơi nhận')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='nơi gửi')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sender', 'number', 'dated_on'), name='tasks_letter_once'), models.CheckConstraint(condition=models.Q(('sender', models.F('receiver')), _negated=True), name='tasks_letter_between_two'), models.CheckConstraint(condition=models.Q(('answer_by__isnull', True), ('answer_by__gte', models.F('dated_on')), _connector='OR'), name='tasks_answer_after_letter'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='tasks_letter_has_number_subject')],
            },
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('task', 'body'), name='tasks_duty_body_once'),
        ),
    ]
