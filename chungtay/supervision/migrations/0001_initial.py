import chungtay.supervision.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0002_kept_by_nobody'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('code_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('text', models.TextField(max_length=3000, verbose_name='nội dung')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='nơi xảy ra')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('proposed', 'Chờ bên kia thống nhất'), ('agreed', 'Đã thống nhất'), ('announced', 'Đã thông báo'), ('running', 'Đang tiến hành'), ('reported', 'Chờ ban hành'), ('published', 'Đã ban hành'), ('cancelled', 'Đã hủy'), ('sent', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('returned', 'Yêu cầu trả lời lại'), ('accepted', 'Chấp nhận trả lời'), ('closed', 'Đã kết thúc'), ('received', 'Mới tiếp nhận'), ('routed', 'Đã chuyển cơ quan'), ('refused', 'Không tiếp nhận'), ('merged', 'Đã gộp')], default=chungtay.supervision.rules.State['RECEIVED'], max_length=10, verbose_name='trạng thái')),
                ('received_at', models.DateTimeField(verbose_name='lúc')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn trả lời')),
                ('due_basis', models.CharField(blank=True, max_length=400)),
                ('draft', models.CharField(blank=True, max_length=3000, verbose_name='trả lời đang soạn')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                ('satisfaction', models.CharField(blank=True, choices=[('content', 'Hài lòng'), ('neither', 'Bình thường'), ('unhappy', 'Chưa hài lòng')], max_length=8, verbose_name='ý kiến về trả lời')),
                ('task_id', models.UUIDField(blank=True, null=True, verbose_name='nhiệm vụ lập từ đây')),
                ('search', models.CharField(editable=False, max_length=3500)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area', verbose_name='địa bàn xảy ra')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan trả lời')),
                ('drafted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='supervision.feedback')),
                ('routed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'state'], name='supervision_feedback_at')],
                'constraints': [models.UniqueConstraint(fields=('area', 'year', 'number'), name='supervision_feedback_number_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='supervision_feedback_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [chungtay.supervision.rules.State['ROUTED'], chungtay.supervision.rules.State['ANSWERED'], chungtay.supervision.rules.State['CLOSED']]), _negated=True), models.Q(('body__isnull', False), ('due_on__isnull', False)), _connector='OR'), name='supervision_feedback_routed_to_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [chungtay.supervision.rules.State['ANSWERED'], chungtay.supervision.rules.State['CLOSED']]), _negated=True), ('answered_on__isnull', False), _connector='OR'), name='supervision_feedback_closed_after_an_answer'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', chungtay.supervision.rules.State['MERGED'])), models.Q(models.Q(('state', chungtay.supervision.rules.State['MERGED']), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='supervision_feedback_merged_into_one'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='supervision_feedback_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(('satisfaction', ''), models.Q(('answered_on__isnull', False), ('satisfaction__in', ['content', 'neither', 'unhappy'])), _connector='OR'), name='supervision_satisfaction_with_an_answer')],
            },
        ),
        migrations.CreateModel(
            name='CountBook',
            fields=[
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='places.area')),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='VisitorDoor',
            fields=[
                ('sort', models.CharField(max_length=4, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField()),
                ('outcome', models.CharField(choices=[('whole', 'Tiếp thu toàn bộ'), ('part', 'Tiếp thu một phần'), ('not', 'Không tiếp thu')], max_length=5)),
                ('text', models.CharField(max_length=4000, verbose_name='nội dung trả lời')),
                ('reason', models.CharField(blank=True, max_length=2000, verbose_name='lý do không tiếp thu')),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan trả lời')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('drafted_by', models.F('signed_by')), _negated=True), name='supervision_answer_signed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', chungtay.supervision.rules.Outcome['WHOLE']), models.Q(('outcome__in', [chungtay.supervision.rules.Outcome['PART'], chungtay.supervision.rules.Outcome['NOT']]), models.Q(('reason', ''), _negated=True)), _connector='OR'), models.Q(('text', ''), _negated=True)), name='supervision_answer_says_why_not')],
            },
        ),
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('inspection', 'Ban Thanh tra nhân dân'), ('investment', 'Ban Giám sát đầu tư của cộng đồng')], max_length=10, verbose_name='loại')),
                ('decision', models.CharField(max_length=150, verbose_name='nghị quyết, quyết định công nhận')),
                ('term_from', models.DateField(verbose_name='nhiệm kỳ từ ngày')),
                ('term_to', models.DateField(verbose_name='đến ngày')),
                ('member_count', models.PositiveSmallIntegerField(verbose_name='số thành viên')),
                ('head', models.CharField(max_length=100, verbose_name='Trưởng ban')),
                ('deputy', models.CharField(blank=True, max_length=100, verbose_name='Phó Trưởng ban')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'kind', 'term_from'), name='supervision_one_board_a_term'), models.CheckConstraint(condition=models.Q(('term_from__lt', models.F('term_to'))), name='supervision_board_term_ends_after_start'), models.CheckConstraint(condition=models.Q(('member_count__gte', 1)), name='supervision_board_has_members'), models.CheckConstraint(condition=models.Q(models.Q(('head', ''), _negated=True), models.Q(('decision', ''), _negated=True)), name='supervision_board_has_head_and_decision')],
            },
        ),
        migrations.CreateModel(
            name='BoardVisit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField(verbose_name='ngày')),
                ('subject', models.CharField(max_length=300, verbose_name='công trình, việc được giám sát')),
                ('result', models.CharField(max_length=1000, verbose_name='kết quả, kiến nghị')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='supervision.board')),
                ('minutes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('result', ''), _negated=True)), name='supervision_board_visit_says_what')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('feedback', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to='supervision.feedback')),
                ('name_sealed', models.BinaryField()),
                ('phone_sealed', models.BinaryField()),
                ('email_sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ContactLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=300, verbose_name='để làm gì')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='supervision_look_has_a_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('measure', models.CharField(choices=[('visits', 'visits'), ('recommendations', 'recommendations'), ('answered', 'answered'), ('answered_on_time', 'answered_on_time')], max_length=20)),
                ('day', models.DateField(verbose_name='ngày')),
                ('thing_id', models.UUIDField()),
                ('title', models.CharField(max_length=300)),
                ('path', models.CharField(max_length=100)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'day'], name='supervision_counted_by_day')],
                'constraints': [models.UniqueConstraint(fields=('area', 'position'), name='supervision_counted_in_order'), models.UniqueConstraint(fields=('measure', 'thing_id'), name='supervision_counted_once'), models.CheckConstraint(condition=models.Q(('measure__in', ['visits', 'recommendations', 'answered', 'answered_on_time'])), name='supervision_measure_known')],
            },
        ),
        migrations.CreateModel(
            name='Criticism',
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
                ('received_on', models.DateField(verbose_name='ngày nhận dự thảo')),
                ('submits_on', models.DateField(blank=True, null=True, verbose_name='ngày cơ quan soạn thảo sẽ trình')),
                ('draft_days', models.PositiveSmallIntegerField(verbose_name='phải gửi trước (ngày)')),
                ('draft_basis', models.CharField(max_length=400)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan tiến hành')),
                ('draft_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body', verbose_name='cơ quan được giám sát, phản biện')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='criticism_number_once'), models.CheckConstraint(condition=models.Q(('form__in', [chungtay.supervision.rules.Form['CONFERENCE'], chungtay.supervision.rules.Form['WRITTEN'], chungtay.supervision.rules.Form['DIALOGUE']])), name='criticism_form_known'), models.CheckConstraint(condition=models.Q(('body', models.F('target')), _negated=True), name='criticism_of_another_body'), models.CheckConstraint(condition=models.Q(('submits_on__isnull', True), ('submits_on__gte', models.F('received_on')), _connector='OR'), name='criticism_draft_before_submission'), models.CheckConstraint(condition=models.Q(models.Q(('state', chungtay.supervision.rules.State['PUBLISHED']), _negated=True), models.Q(('published_on__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='criticism_published_after_a_conclusion')],
            },
        ),
    ]
