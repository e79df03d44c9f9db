import chungtay.audit.models
import chungtay.supervision.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0002_work_and_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField()),
                ('strengths', models.TextField(max_length=8000, verbose_name='ưu điểm, điểm đồng tình')),
                ('limits', models.TextField(max_length=8000, verbose_name='hạn chế, điểm cần xem lại')),
                ('proposals', models.TextField(max_length=8000, verbose_name='đề xuất, kiến nghị')),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criticism', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='supervision.criticism')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('strengths', ''), _negated=True), models.Q(('limits', ''), _negated=True)), name='supervision_report_says_both_sides'), models.UniqueConstraint(fields=('criticism', 'version'), name='supervision_conclusion_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=100, verbose_name='số, ký hiệu')),
                ('published_on', models.DateField(verbose_name='ngày')),
                ('frozen', chungtay.audit.models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='supervision.recommendation')),
                ('report', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='supervision.report')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('recommendation__isnull', True), ('report__isnull', False)), models.Q(('recommendation__isnull', False), ('report__isnull', True)), _connector='OR'), name='supervision_publication_of_one_thing'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='supervision_publication_has_number')],
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('subject', models.CharField(max_length=300, verbose_name='nội dung')),
                ('form', models.CharField(choices=[('documents', 'Nghiên cứu, xem xét văn bản'), ('team', 'Tổ chức đoàn giám sát'), ('boards', 'Qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng'), ('joint', 'Tham gia giám sát với cơ quan có thẩm quyền'), ('conference', 'Tổ chức hội nghị phản biện'), ('written', 'Gửi dự thảo lấy ý kiến'), ('dialogue', 'Đối thoại trực tiếp')], max_length=12, verbose_name='hình thức')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('proposed', 'Chờ bên kia thống nhất'), ('agreed', 'Đã thống nhất'), ('announced', 'Đã thông báo'), ('running', 'Đang tiến hành'), ('reported', 'Chờ ban hành'), ('published', 'Đã ban hành'), ('cancelled', 'Đã hủy'), ('sent', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('returned', 'Yêu cầu trả lời lại'), ('accepted', 'Chấp nhận trả lời'), ('closed', 'Đã kết thúc'), ('received', 'Mới tiếp nhận'), ('routed', 'Đã chuyển cơ quan'), ('refused', 'Không tiếp nhận'), ('merged', 'Đã gộp')], max_length=10, verbose_name='trạng thái')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('search', models.CharField(editable=False, max_length=700)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('starts_on', models.DateField(verbose_name='làm việc từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến ngày')),
                ('announced_on', models.DateField(blank=True, null=True, verbose_name='ngày thông báo')),
                ('decision', models.CharField(blank=True, max_length=100, verbose_name='số quyết định, kế hoạch')),
                ('notice_basis', models.CharField(blank=True, max_length=400)),
                ('report_due', models.DateField(blank=True, null=True, verbose_name='hạn ban hành báo cáo')),
                ('report_basis', models.CharField(blank=True, max_length=400)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan tiến hành')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='supervision.planitem')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan được giám sát, phản biện')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'year'], name='supervision_by_year')],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='supervision_number_once'), models.CheckConstraint(condition=models.Q(('form__in', [chungtay.supervision.rules.Form['DOCUMENTS'], chungtay.supervision.rules.Form['TEAM'], chungtay.supervision.rules.Form['BOARDS'], chungtay.supervision.rules.Form['JOINT']])), name='supervision_form_known'), models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='supervision_ends_after_start'), models.CheckConstraint(condition=models.Q(('body', models.F('target')), _negated=True), name='supervision_of_another_body'), models.CheckConstraint(condition=models.Q(('state__in', [chungtay.supervision.rules.State['DRAFT'], chungtay.supervision.rules.State['CANCELLED']]), models.Q(('announced_on__isnull', False), ('state__in', [chungtay.supervision.rules.State['ANNOUNCED'], chungtay.supervision.rules.State['RUNNING'], chungtay.supervision.rules.State['REPORTED'], chungtay.supervision.rules.State['PUBLISHED']]), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='supervision_announced_with_its_decision'), models.CheckConstraint(condition=models.Q(models.Q(('state', chungtay.supervision.rules.State['PUBLISHED']), _negated=True), models.Q(('published_on__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='supervision_published_after_a_report')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by', models.CharField(max_length=150, verbose_name='ai hỏi, ai trả lời')),
                ('text', models.CharField(max_length=2000, verbose_name='nội dung')),
                ('at', models.DateTimeField()),
                ('answers', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='supervision.question')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='supervision.supervision')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('said_by', ''), _negated=True)), name='supervision_question_says')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='họ tên')),
                ('role', models.CharField(max_length=150, verbose_name='vai trò, đơn vị')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='supervision.supervision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supervision', 'name'), name='supervision_member_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('role', ''), _negated=True)), name='supervision_member_has_name_and_role')],
            },
        ),
        migrations.CreateModel(
            name='TimerRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('timer', models.CharField(choices=[('notice', 'Gửi kế hoạch trước khi làm việc'), ('report', 'Ban hành báo cáo sau khi kết thúc'), ('answer', 'Trả lời kiến nghị, phản ánh'), ('escalate', 'Không trả lời thì kiến nghị lên cấp trên sau'), ('draft', 'Gửi dự thảo để phản biện trước khi trình')], max_length=10)),
                ('kind', models.CharField(max_length=12)),
                ('days', models.PositiveSmallIntegerField(verbose_name='số ngày')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='trước ngày')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('timer__in', ['notice', 'report', 'answer', 'escalate', 'draft'])), name='supervision_timer_known'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365)), name='supervision_timer_of_a_year_at_most'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='supervision_timer_has_basis'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='supervision_timer_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.CharField(max_length=200, verbose_name='nơi đến')),
                ('planned_on', models.DateField(verbose_name='dự kiến ngày')),
                ('made_on', models.DateField(blank=True, null=True, verbose_name='đã đến ngày')),
                ('summary', models.CharField(blank=True, max_length=1000, verbose_name='kết quả')),
                ('minutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='supervision.supervision')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('place', ''), _negated=True), name='supervision_visit_says_where'), models.CheckConstraint(condition=models.Q(('made_on__isnull', True), models.Q(('made_on__isnull', False), ('recorded_by__isnull', False), models.Q(('summary', ''), _negated=True)), _connector='OR'), name='supervision_visit_made_says_what')],
            },
        ),
        migrations.CreateModel(
            name='VisitorAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(max_length=4)),
                ('address_digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sort', 'address_digest', 'at'], name='supervision_visitor_acts')],
            },
        ),
        migrations.CreateModel(
            name='YearPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi chú')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('proposed', 'Chờ bên kia thống nhất'), ('agreed', 'Đã thống nhất'), ('announced', 'Đã thông báo'), ('running', 'Đang tiến hành'), ('reported', 'Chờ ban hành'), ('published', 'Đã ban hành'), ('cancelled', 'Đã hủy'), ('sent', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('returned', 'Yêu cầu trả lời lại'), ('accepted', 'Chấp nhận trả lời'), ('closed', 'Đã kết thúc'), ('received', 'Mới tiếp nhận'), ('routed', 'Đã chuyển cơ quan'), ('refused', 'Không tiếp nhận'), ('merged', 'Đã gộp')], default=chungtay.supervision.rules.State['DRAFT'], max_length=10, verbose_name='trạng thái')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='ngày thống nhất')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_plans', to='places.area')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan lập')),
                ('counterpart', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='bên thống nhất')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year'), name='supervision_one_plan_a_year'), models.CheckConstraint(condition=models.Q(('body', models.F('counterpart')), _negated=True), name='supervision_plan_has_two_sides'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_by__isnull', True), ('agreed_on__isnull', True), ('state__in', [chungtay.supervision.rules.State['DRAFT'], chungtay.supervision.rules.State['PROPOSED']])), models.Q(('agreed_by__isnull', False), ('agreed_on__isnull', False), ('state', chungtay.supervision.rules.State['AGREED']), models.Q(('agreed_by', models.F('written_by')), _negated=True)), _connector='OR'), name='supervision_plan_agreed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(choices=[('plan', 'plan'), ('supervision', 'supervision'), ('criticism', 'criticism'), ('recommendation', 'recommendation'), ('feedback', 'feedback')], max_length=14)),
                ('thing_id', models.UUIDField()),
                ('verb', models.CharField(max_length=14)),
                ('state_before', models.CharField(max_length=10)),
                ('state', models.CharField(max_length=10, verbose_name='trạng thái sau đó')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='lý do, ghi chú')),
                ('revision', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('thing', 'thing_id', 'revision'), name='supervision_one_step_a_revision'), models.CheckConstraint(condition=models.Q(models.Q(('verb__in', ['cancel', 'close', 'decide', 'decline', 'escalate', 'follow_up', 'refuse', 'send_back']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='supervision_step_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ContactKey',
            fields=[
                ('contact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='key', serialize=False, to='supervision.contact')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name='criticism',
            name='item',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='supervision.planitem'),
        ),
        migrations.AddField(
            model_name='answer',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='supervision.recommendation'),
        ),
        migrations.AddField(
            model_name='report',
            name='supervision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='supervision.supervision'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='supervision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='supervision.supervision'),
        ),
        migrations.AddField(
            model_name='finding',
            name='supervision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='supervision.supervision'),
        ),
        migrations.AddField(
            model_name='finding',
            name='visit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='supervision.visit'),
        ),
        migrations.AddField(
            model_name='planitem',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='supervision.yearplan'),
        ),
        migrations.AddField(
            model_name='contactlook',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='supervision.contact'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('recommendation', 'version'), name='supervision_answer_version_once'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('criticism__isnull', True), ('supervision__isnull', False)), models.Q(('criticism__isnull', False), ('supervision__isnull', True)), _connector='OR'), name='supervision_report_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('supervision', 'version'), name='supervision_report_version_once'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='supervision_item_number_once'),
        ),
    ]
