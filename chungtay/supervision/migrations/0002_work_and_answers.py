import chungtay.supervision.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedbackAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=3000, verbose_name='trả lời')),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='supervision.feedback')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('feedback', 'version'), name='supervision_feedback_answer_once'), models.CheckConstraint(condition=models.Q(('drafted_by', models.F('signed_by')), _negated=True), name='supervision_feedback_signed_by_another'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='supervision_feedback_answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='supervision.feedback')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_lack', models.BooleanField(verbose_name='là hạn chế')),
                ('text', models.CharField(max_length=2000, verbose_name='nội dung')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdraws', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_by', to='supervision.finding')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='supervision_finding_says_what')],
            },
        ),
        migrations.CreateModel(
            name='FindingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='supervision.finding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by', models.CharField(max_length=200, verbose_name='người, đơn vị góp ý')),
                ('about', models.CharField(blank=True, max_length=200, verbose_name='về điều, khoản, mục')),
                ('text', models.CharField(max_length=2000, verbose_name='ý kiến')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criticism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='supervision.criticism')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('said_by', ''), _negated=True)), name='supervision_opinion_says')],
            },
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='số thứ tự')),
                ('kind', models.CharField(choices=[('supervision', 'Giám sát'), ('criticism', 'Phản biện xã hội')], max_length=12, verbose_name='loại')),
                ('form', models.CharField(choices=[('documents', 'Nghiên cứu, xem xét văn bản'), ('team', 'Tổ chức đoàn giám sát'), ('boards', 'Qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng'), ('joint', 'Tham gia giám sát với cơ quan có thẩm quyền'), ('conference', 'Tổ chức hội nghị phản biện'), ('written', 'Gửi dự thảo lấy ý kiến'), ('dialogue', 'Đối thoại trực tiếp')], max_length=12, verbose_name='hình thức')),
                ('subject', models.CharField(max_length=300, verbose_name='nội dung')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến ngày')),
                ('lead', models.CharField(max_length=150, verbose_name='người, ban chủ trì')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan được giám sát, phản biện')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('form__in', [chungtay.supervision.rules.Form['DOCUMENTS'], chungtay.supervision.rules.Form['TEAM'], chungtay.supervision.rules.Form['BOARDS'], chungtay.supervision.rules.Form['JOINT']]), ('kind', chungtay.supervision.rules.Kind['SUPERVISION'])), models.Q(('form__in', [chungtay.supervision.rules.Form['CONFERENCE'], chungtay.supervision.rules.Form['WRITTEN'], chungtay.supervision.rules.Form['DIALOGUE']]), ('kind', chungtay.supervision.rules.Kind['CRITICISM'])), _connector='OR'), name='supervision_item_form_fits_kind'), models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='supervision_item_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('lead', ''), _negated=True)), name='supervision_item_says_what_and_who')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('text', models.CharField(max_length=2000, verbose_name='nội dung kiến nghị')),
                ('legal_basis', models.CharField(max_length=500, verbose_name='căn cứ')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('proposed', 'Chờ bên kia thống nhất'), ('agreed', 'Đã thống nhất'), ('announced', 'Đã thông báo'), ('running', 'Đang tiến hành'), ('reported', 'Chờ ban hành'), ('published', 'Đã ban hành'), ('cancelled', 'Đã hủy'), ('sent', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('returned', 'Yêu cầu trả lời lại'), ('accepted', 'Chấp nhận trả lời'), ('closed', 'Đã kết thúc'), ('received', 'Mới tiếp nhận'), ('routed', 'Đã chuyển cơ quan'), ('refused', 'Không tiếp nhận'), ('merged', 'Đã gộp')], default=chungtay.supervision.rules.State['DRAFT'], max_length=10, verbose_name='trạng thái')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='ngày gửi')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn trả lời')),
                ('due_basis', models.CharField(blank=True, max_length=400)),
                ('escalate_on', models.DateField(blank=True, null=True)),
                ('escalated_on', models.DateField(blank=True, null=True, verbose_name='ngày kiến nghị lên cấp trên')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời đầu tiên')),
                ('decision', models.CharField(blank=True, max_length=500, verbose_name='quyết định kết thúc')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                ('search', models.CharField(editable=False, max_length=3000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('accepted_answer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepts', to='supervision.answer')),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan phải trả lời')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan kiến nghị')),
                ('criticism', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='supervision.criticism')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('feedback', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='supervision.feedback')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan cấp trên')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['addressee', 'state', 'due_on'], name='supervision_owed_by_due'), models.Index(fields=['area', 'state'], name='supervision_recommended_at')],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='supervision_recommendation_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True)), name='supervision_recommendation_says_what_and_why'), models.CheckConstraint(condition=models.Q(('addressee', models.F('body')), _negated=True), name='supervision_recommendation_to_another'), models.CheckConstraint(condition=models.Q(('state__in', [chungtay.supervision.rules.State['DRAFT'], chungtay.supervision.rules.State['CANCELLED']]), models.Q(('due_on__gte', models.F('sent_on')), ('due_on__isnull', False), ('escalate_on__gte', models.F('due_on')), ('escalate_on__isnull', False), ('sent_on__isnull', False)), _connector='OR'), name='supervision_sent_with_a_deadline'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [chungtay.supervision.rules.State['ANSWERED'], chungtay.supervision.rules.State['RETURNED'], chungtay.supervision.rules.State['ACCEPTED']]), _negated=True), ('answered_on__isnull', False), _connector='OR'), name='supervision_answered_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', chungtay.supervision.rules.State['ACCEPTED']), _negated=True), ('accepted_answer__isnull', False), _connector='OR'), name='supervision_accepted_names_its_answer'), models.CheckConstraint(condition=models.Q(models.Q(('state', chungtay.supervision.rules.State['CLOSED']), _negated=True), models.Q(('accepted_answer__isnull', False), ('closed_on__isnull', False)), models.Q(('closed_on__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('decided_by', models.F('written_by')), _negated=True)), _connector='OR'), name='supervision_closed_by_answer_or_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('escalated_on__isnull', True), ('superior__isnull', True)), models.Q(('escalated_on__isnull', False), ('superior__isnull', False), models.Q(('superior', models.F('addressee')), _negated=True)), _connector='OR'), name='supervision_escalated_to_another')],
            },
        ),
        migrations.CreateModel(
            name='AnswerDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('whole', 'Tiếp thu toàn bộ'), ('part', 'Tiếp thu một phần'), ('not', 'Không tiếp thu')], max_length=5)),
                ('text', models.CharField(max_length=4000, verbose_name='nội dung trả lời')),
                ('reason', models.CharField(blank=True, max_length=2000, verbose_name='lý do không tiếp thu')),
                ('at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='supervision.recommendation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome', chungtay.supervision.rules.Outcome['WHOLE']), models.Q(('outcome__in', [chungtay.supervision.rules.Outcome['PART'], chungtay.supervision.rules.Outcome['NOT']]), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='supervision_draft_says_why_not')],
            },
        ),
    ]
