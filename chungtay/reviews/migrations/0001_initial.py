import chungtay.audit.models
import chungtay.papers.content
import chungtay.reviews.rules
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
        ('programmes', '0001_initial'),
        ('tasks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='programmes.programme')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='places.area')),
                ('period_code', models.CharField(max_length=40, verbose_name='kỳ')),
                ('aspect', models.CharField(choices=[('strength', 'Ưu điểm'), ('limit', 'Hạn chế'), ('objective', 'Nguyên nhân khách quan'), ('subjective', 'Nguyên nhân chủ quan'), ('lesson', 'Bài học kinh nghiệm'), ('direction', 'Phương hướng, nhiệm vụ'), ('proposal', 'Đề xuất, kiến nghị')], max_length=12, verbose_name='mặt')),
                ('text', models.TextField(max_length=1000, verbose_name='nội dung')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='tasks.task')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'period_code', 'area'], name='review_assessment_of_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='review_assessment_says_what'), models.CheckConstraint(condition=models.Q(('aspect__in', ['strength', 'limit', 'objective', 'subjective', 'lesson', 'direction', 'proposal'])), name='review_assessment_aspect_known')],
            },
        ),
        migrations.CreateModel(
            name='OfficeTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('header', models.CharField(choices=[('ubnd', 'ubnd'), ('mttq', 'mttq'), ('joint', 'joint'), ('party', 'party')], max_length=8, verbose_name='thể thức')),
                ('form', models.CharField(choices=[('report', 'Báo cáo sơ kết, tổng kết'), ('invitation', 'Giấy mời hội nghị')], max_length=12, verbose_name='loại văn bản')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('valid_from', models.DateField(verbose_name='dùng từ ngày')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'header', 'form', 'valid_from'], name='office_template_in_force')],
                'constraints': [models.UniqueConstraint(fields=('area', 'header', 'form', 'number'), name='office_template_version_once'), models.CheckConstraint(condition=models.Q(('header__in', [chungtay.papers.content.HeadKind['UBND'], chungtay.papers.content.HeadKind['MTTQ'], chungtay.papers.content.HeadKind['JOINT']])), name='office_template_header_known'), models.CheckConstraint(condition=models.Q(('form__in', ['report', 'invitation'])), name='office_template_form_known')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_rows', to='reviews.assessment')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whole_rows', to='reviews.assessment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('whole', 'part'), name='review_assessment_part_once'), models.CheckConstraint(condition=models.Q(('whole', models.F('part')), _negated=True), name='review_assessment_not_own_part')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AssessmentEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='reviews.assessment')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='programmes.programme')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='places.area')),
                ('period_code', models.CharField(max_length=40, verbose_name='kỳ')),
                ('header', models.CharField(choices=[('ubnd', 'ubnd'), ('mttq', 'mttq'), ('joint', 'joint'), ('party', 'party')], max_length=8, verbose_name='thể thức')),
                ('known_at', models.DateTimeField(verbose_name='số liệu như đã biết lúc')),
                ('map_as_of', models.DateField(blank=True, null=True, verbose_name='số liệu trên bản đồ ngày')),
                ('head', chungtay.audit.models.JSONField(default=dict)),
                ('asks', chungtay.audit.models.JSONField(default=list)),
                ('template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.officetemplate')),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('for_signing', 'Chờ ký'), ('published', 'Đã ban hành')], default=chungtay.reviews.rules.State['DRAFT'], max_length=12)),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='bản')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'programme', 'period_code'], name='review_of_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'for_signing', 'published'])), name='review_state_known'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='review_revision_from_one'), models.CheckConstraint(condition=models.Q(('header__in', [chungtay.papers.content.HeadKind['UBND'], chungtay.papers.content.HeadKind['MTTQ'], chungtay.papers.content.HeadKind['JOINT']])), name='review_header_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewBlock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='reviews.review')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('h1', 'h1'), ('h2', 'h2'), ('paragraph', 'paragraph'), ('table', 'table'), ('chart', 'chart'), ('annex', 'annex')], max_length=10)),
                ('section', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('text', models.TextField(blank=True, verbose_name='nội dung')),
                ('generated', models.TextField(blank=True)),
                ('spec', chungtay.audit.models.JSONField(default=dict)),
                ('is_suggestion', models.BooleanField(default=False)),
                ('is_edited', models.BooleanField(default=False, verbose_name='người đã sửa')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['review', 'position'], name='review_block_order')],
                'constraints': [models.UniqueConstraint(fields=('review', 'section', 'name'), name='review_block_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['h1', 'h2', 'paragraph', 'table', 'chart', 'annex'])), name='review_block_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewEdit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edits', to='reviews.review')),
                ('block_id', models.UUIDField(null=True)),
                ('verb', models.CharField(max_length=20, verbose_name='việc')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='chỗ')),
                ('old_text', models.TextField(blank=True)),
                ('new_text', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(verbose_name='bản')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'revision'), name='review_edit_once_per_revision'), models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='review_edit_has_verb')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='reviews.review')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('kind', models.CharField(choices=[('quarter', 'Sơ kết quý'), ('half', 'Sơ kết 6 tháng'), ('year', 'Sơ kết năm'), ('mid_term', 'Sơ kết giữa kỳ'), ('final', 'Tổng kết')], max_length=10, verbose_name='loại')),
                ('plan_number', models.CharField(blank=True, max_length=60, verbose_name='số, ký hiệu kế hoạch')),
                ('plan_on', models.DateField(null=True, verbose_name='ngày kế hoạch')),
                ('purpose', models.TextField(blank=True, max_length=4000, verbose_name='mục đích, yêu cầu')),
                ('held_on', models.DateField(null=True, verbose_name='ngày hội nghị')),
                ('starts_at', models.TimeField(null=True, verbose_name='giờ')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa điểm')),
                ('chair', models.CharField(blank=True, max_length=200, verbose_name='chủ trì')),
                ('agenda', models.TextField(blank=True, max_length=4000, verbose_name='chương trình hội nghị')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='review_arrangement_version_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['quarter', 'half', 'year', 'mid_term', 'final'])), name='review_arrangement_kind_known')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ConferenceMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='conference', to='reviews.review')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_review', to='tasks.meeting')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='DossierRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='reviews.review')),
                ('kind', models.CharField(choices=[('team', 'Đoàn kiểm tra'), ('delegate', 'Đại biểu'), ('paper', 'Tham luận'), ('minutes', 'Biên bản'), ('notice', 'Thông báo kết luận'), ('picture', 'Ảnh hội nghị'), ('commendation', 'Khen thưởng')], max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['review', 'kind', 'at'], name='review_record_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='review_record_has_name'), models.CheckConstraint(condition=models.Q(('kind__in', ['team', 'delegate', 'paper', 'minutes', 'notice', 'picture', 'commendation'])), name='review_record_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='reviews.review')),
                ('section', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('quote', models.TextField(verbose_name='đoạn lúc góp ý')),
                ('text', models.TextField(max_length=2000, verbose_name='góp ý')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='review_comment_says_what')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NewsDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='reviews.review')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('title', models.CharField(max_length=300, verbose_name='tít')),
                ('lead', models.TextField(max_length=2000, verbose_name='sa-pô')),
                ('body', models.TextField(max_length=20000, verbose_name='thân bài')),
                ('slots', chungtay.audit.models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='review_news_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reviews.review')),
                ('number', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('content', chungtay.audit.models.JSONField()),
                ('manifest', chungtay.audit.models.JSONField()),
                ('files', chungtay.audit.models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('known_at', models.DateTimeField(verbose_name='số liệu như đã biết lúc')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ý kiến')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='review_publication_number_once'), models.CheckConstraint(condition=models.Q(('content_hash', ''), _negated=True), name='review_publication_has_hash')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DossierRecordEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='reviews.dossierrecord')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='reviews.dossierrecord')),
                ('is_present', models.BooleanField(verbose_name='có mặt')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CommentEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='reviews.comment')),
                ('note', models.TextField(max_length=2000, verbose_name='xử lý')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='review_comment_end_says_how')],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='parts',
            field=models.ManyToManyField(related_name='wholes', through='reviews.AssessmentPart', to='reviews.assessment'),
        ),
    ]
