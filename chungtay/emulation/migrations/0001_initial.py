import chungtay.audit.models
import chungtay.emulation.rules
import chungtay.emulation.scoring
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('community', '0003_activities'),
        ('evidence', '0001_initial'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('version', models.PositiveSmallIntegerField(verbose_name='phiên bản')),
                ('title', models.CharField(max_length=200, verbose_name='tên')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('most', models.PositiveIntegerField(verbose_name='điểm tối đa')),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'code', 'version'), name='emulation_criteria_version_once'), models.CheckConstraint(condition=models.Q(('most__gt', 0)), name='emulation_criteria_worth_something')],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=30, verbose_name='mã')),
                ('title', models.CharField(max_length=200, verbose_name='tên')),
                ('period_code', models.CharField(max_length=40, verbose_name='kỳ của số liệu')),
                ('due_on', models.DateField(verbose_name='hạn tự chấm')),
                ('appeal_days', models.PositiveSmallIntegerField(default=5, verbose_name='số ngày kiến nghị')),
                ('state', models.CharField(choices=[('draft', 'Chờ duyệt'), ('open', 'Đang chấm'), ('published', 'Đã công bố'), ('cancelled', 'Đã hủy')], default=chungtay.emulation.rules.ContestState['DRAFT'], max_length=10, verbose_name='trạng thái')),
                ('written_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='places.area')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='programmes.programme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contests', to='emulation.criteriaset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'code'), name='emulation_contest_code_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'published', 'cancelled'])), name='emulation_contest_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('period_code', ''), _negated=True)), name='emulation_contest_says_what'), models.CheckConstraint(condition=models.Q(('appeal_days__lte', 60)), name='emulation_contest_appeal_days_few')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=12, verbose_name='số')),
                ('title', models.CharField(max_length=400, verbose_name='nội dung')),
                ('most', models.PositiveIntegerField(verbose_name='điểm tối đa')),
                ('how', models.CharField(choices=[('group', 'Nhóm, cộng từ các mục con'), ('share', 'Theo số liệu: tỷ lệ đạt so với mức giao'), ('at_least', 'Theo số liệu: từ mức nào được bao nhiêu điểm'), ('at_most', 'Theo số liệu: không quá mức nào được bao nhiêu điểm'), ('people', 'Người chấm, có minh chứng')], max_length=10, verbose_name='cách chấm')),
                ('target', models.BigIntegerField(null=True, verbose_name='mức giao')),
                ('bands', chungtay.audit.models.JSONField(default=list)),
                ('criteria', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='emulation.criteriaset')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('criteria', 'number'), name='emulation_criterion_number_once'), models.CheckConstraint(condition=models.Q(('most__gt', 0)), name='emulation_criterion_worth_something'), models.CheckConstraint(condition=models.Q(models.Q(('how__in', ['at_least', 'at_most', 'share']), ('indicator__isnull', False)), models.Q(('how__in', [chungtay.emulation.scoring.How['GROUP'], chungtay.emulation.scoring.How['PEOPLE']]), ('indicator__isnull', True)), _connector='OR'), name='emulation_criterion_figure_or_people')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('content_hash', models.CharField(max_length=64)),
                ('appeal_until', models.DateField(verbose_name='kiến nghị đến hết ngày')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='emulation.contest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'number'), name='emulation_publication_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='emulation_publication_from_one')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('block', models.CharField(max_length=40, verbose_name='khối')),
                ('stage', models.CharField(choices=[('self', 'Tự chấm'), ('department', 'Cơ quan thường trực'), ('council', 'Hội đồng'), ('standing', 'Thường trực'), ('published', 'Đã công bố')], default=chungtay.emulation.rules.Stage['SELF'], max_length=10, verbose_name='bước')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('writers', chungtay.audit.models.JSONField(default=list)),
                ('words', models.CharField(max_length=300)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='places.area')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='places.body')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='emulation.contest')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='community.group')),
            ],
            options={
                'indexes': [models.Index(fields=['contest', 'stage'], name='emulation_sheet_by_stage')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), ('group__isnull', False)), models.Q(('body__isnull', False), ('group__isnull', True)), _connector='OR'), name='emulation_sheet_of_body_or_group'), models.UniqueConstraint(fields=('contest', 'body'), name='emulation_sheet_body_once'), models.UniqueConstraint(fields=('contest', 'group'), name='emulation_sheet_group_once'), models.CheckConstraint(condition=models.Q(('stage__in', ['self', 'department', 'council', 'standing', 'published'])), name='emulation_sheet_stage_known'), models.CheckConstraint(condition=models.Q(models.Q(('block', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='emulation_sheet_has_name_and_block')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=1000, verbose_name='nội dung')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='emulation.publication')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='emulation.sheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'publication'), name='emulation_appeal_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='emulation_appeal_says_what')],
            },
        ),
        migrations.CreateModel(
            name='AppealAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_accepted', models.BooleanField(verbose_name='chấp nhận')),
                ('text', models.CharField(max_length=1000, verbose_name='trả lời')),
                ('points', models.PositiveIntegerField(null=True, verbose_name='điểm sau kiến nghị')),
                ('at', models.DateTimeField()),
                ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='emulation.appeal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publication', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='emulation.publication')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_accepted', True), ('points__isnull', False), ('publication__isnull', False)), models.Q(('is_accepted', False), ('points__isnull', True), ('publication__isnull', True)), _connector='OR'), name='emulation_answer_accepted_with_points'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='emulation_answer_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('self', 'Tự chấm'), ('department', 'Cơ quan thường trực'), ('council', 'Hội đồng'), ('standing', 'Thường trực'), ('published', 'Đã công bố')], max_length=10, verbose_name='bước')),
                ('points', models.PositiveIntegerField(verbose_name='điểm')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='căn cứ chấm')),
                ('figure', chungtay.audit.models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emulation.criterion')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='emulation.sheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'criterion', 'stage', 'revision'), name='emulation_score_once_in_a_revision'), models.CheckConstraint(condition=models.Q(('stage__in', ['self', 'department', 'council', 'standing'])), name='emulation_score_at_a_scoring_stage')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.CharField(max_length=40, verbose_name='khối')),
                ('points', models.PositiveIntegerField(verbose_name='điểm')),
                ('place', models.PositiveIntegerField(verbose_name='hạng')),
                ('is_tied', models.BooleanField(default=False, verbose_name='đồng hạng')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='emulation.publication')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='emulation.sheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('publication', 'sheet'), name='emulation_result_once'), models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='emulation_result_places_from_one')],
            },
        ),
        migrations.CreateModel(
            name='SheetStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('score', 'chấm điểm'), ('forward', 'chuyển bước sau'), ('send_back', 'trả lại'), ('publish', 'công bố')], max_length=10)),
                ('stage_before', models.CharField(max_length=10)),
                ('stage', models.CharField(max_length=10)),
                ('points', models.PositiveIntegerField(null=True)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                ('revision', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='emulation.sheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'revision'), name='emulation_step_once_in_a_revision')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('present', models.PositiveSmallIntegerField(verbose_name='tỷ lệ phải bỏ phiếu')),
                ('majority', models.PositiveSmallIntegerField(verbose_name='tỷ lệ tán thành')),
                ('basis', models.CharField(max_length=400, verbose_name='căn cứ')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('is_void', models.BooleanField(default=False, verbose_name='không đủ người bỏ phiếu')),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='emulation.contest')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'number'), name='emulation_vote_number_once'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('contest',), name='emulation_one_open_vote'), models.CheckConstraint(condition=models.Q(('majority__gte', 1), ('majority__lte', 100), ('present__gte', 1), ('present__lte', 100)), name='emulation_vote_shares_are_percent')],
            },
        ),
        migrations.CreateModel(
            name='Urn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agree', models.PositiveIntegerField(default=0)),
                ('disagree', models.PositiveIntegerField(default=0)),
                ('entitled', models.PositiveIntegerField()),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='emulation.sheet')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='urns', to='emulation.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vote', 'sheet'), name='emulation_urn_once'), models.CheckConstraint(condition=models.Q(('entitled__gte', django.db.models.expressions.CombinedExpression(models.F('agree'), '+', models.F('disagree')))), name='emulation_urn_no_more_papers_than_members')],
            },
        ),
        migrations.CreateModel(
            name='Juror',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recused', chungtay.audit.models.JSONField(default=list)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jurors', to='emulation.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vote', 'user'), name='emulation_juror_once')],
            },
        ),
        migrations.CreateModel(
            name='VoteMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('juror', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mark', to='emulation.juror')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VoteResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agree', models.PositiveIntegerField(verbose_name='đồng ý')),
                ('disagree', models.PositiveIntegerField(verbose_name='không đồng ý')),
                ('entitled', models.PositiveIntegerField(verbose_name='số thành viên được bỏ phiếu')),
                ('is_carried', models.BooleanField(verbose_name='tán thành')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vote_results', to='emulation.sheet')),
                ('vote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='emulation.vote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vote', 'sheet'), name='emulation_vote_result_once')],
            },
        ),
    ]
