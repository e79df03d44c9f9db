import chungtay.audit.models
import chungtay.emulation.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('community', '0003_activities'),
        ('emulation', '0001_initial'),
        ('evidence', '0001_initial'),
        ('funds', '0030_bank'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Artwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DatedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rate', 'Hệ số thưởng (phần nghìn lương cơ sở)'), ('base', 'Lương cơ sở (đồng)'), ('rounding', 'Làm tròn lên (đồng)'), ('quorum', 'Bỏ phiếu (%)')], max_length=10, verbose_name='loại')),
                ('key', models.CharField(blank=True, max_length=40, verbose_name='của')),
                ('value', models.PositiveBigIntegerField(verbose_name='giá trị')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='đến trước ngày')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='emulation_rule_has_a_basis'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='emulation_rule_ends_after_start'), models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='emulation_rule_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('giay-khen-xa', 'Giấy khen cấp xã'), ('giay-khen-huyen', 'Giấy khen cấp huyện (trước 01/7/2025)'), ('bang-khen-tinh', 'Bằng khen cấp tỉnh')], max_length=20, verbose_name='hình thức')),
                ('merit', models.CharField(max_length=400, verbose_name='thành tích')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='số')),
                ('signed_on', models.DateField(verbose_name='ngày ký')),
                ('place', models.CharField(max_length=60, verbose_name='địa danh')),
                ('position', models.CharField(max_length=120, verbose_name='chức vụ người ký')),
                ('signer', models.CharField(max_length=100, verbose_name='người ký')),
                ('money', models.CharField(choices=[('budget', 'Ngân sách'), ('fund', 'Quỹ có mục đích khen thưởng'), ('none', 'Không kèm tiền thưởng')], max_length=8, verbose_name='nguồn tiền')),
                ('state', models.CharField(choices=[('draft', 'Dự thảo'), ('issued', 'Đã ban hành'), ('dropped', 'Đã bỏ')], default=chungtay.emulation.rules.AwardState['DRAFT'], max_length=8, verbose_name='trạng thái')),
                ('written_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='places.body')),
                ('contest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='emulation.contest')),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programmes.programme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('form__in', ['giay-khen-xa', 'giay-khen-huyen', 'bang-khen-tinh'])), name='emulation_decision_form_known'), models.CheckConstraint(condition=models.Q(models.Q(('fund__isnull', False), ('money', chungtay.emulation.rules.MoneyFrom['FUND'])), models.Q(('money__in', [chungtay.emulation.rules.MoneyFrom['BUDGET'], chungtay.emulation.rules.MoneyFrom['NONE']]), ('fund__isnull', True)), _connector='OR'), name='emulation_decision_fund_pays_or_not'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('state', chungtay.emulation.rules.AwardState['ISSUED']), models.Q(('number', ''), _negated=True)), models.Q(('state__in', [chungtay.emulation.rules.AwardState['DRAFT'], chungtay.emulation.rules.AwardState['DROPPED']]), ('issued_at__isnull', True)), _connector='OR'), name='emulation_decision_issued_with_number'), models.CheckConstraint(condition=models.Q(('issued_by__isnull', True), models.Q(('issued_by', models.F('written_by')), _negated=True), _connector='OR'), name='emulation_decision_two_people'), models.UniqueConstraint(condition=models.Q(('state', chungtay.emulation.rules.AwardState['ISSUED'])), fields=('body', 'number', 'signed_on'), name='emulation_decision_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payout', to='emulation.decision')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.draft')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='emulation_payout_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='thứ tự')),
                ('kind', models.CharField(choices=[('collective', 'tập thể'), ('person', 'cá nhân'), ('household', 'hộ gia đình')], max_length=12, verbose_name='đối tượng')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('achievement', models.CharField(max_length=600, verbose_name='thành tích')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='emulation.decision')),
                ('sheet', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='emulation.sheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'position'), name='emulation_award_position_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['collective', 'person', 'household'])), name='emulation_award_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('achievement', ''), _negated=True)), name='emulation_award_says_who_and_why')],
            },
        ),
        migrations.CreateModel(
            name='BookEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('code', models.CharField(max_length=16, unique=True, verbose_name='mã kiểm tra')),
                ('content', chungtay.audit.models.JSONField()),
                ('words', models.CharField(max_length=300)),
                ('amount', models.BigIntegerField(default=0, verbose_name='tiền thưởng')),
                ('reward', chungtay.audit.models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='emulation.award')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='book', to='places.body')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='emulation.bookentry')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='emulation.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='emulation_book_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='emulation_book_counts_from_one'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='emulation_book_amount_not_negative'), models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('award',), name='emulation_award_booked_once')],
            },
        ),
        migrations.CreateModel(
            name='BookCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year'), name='emulation_book_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='CertificateStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('act', models.CharField(choices=[('ask', 'Đề nghị thu hồi'), ('confirm', 'Thu hồi'), ('decline', 'Không thu hồi')], max_length=8)),
                ('reason', models.CharField(max_length=500, verbose_name='lý do')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='tên đúng để thay')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='emulation.bookentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'number'), name='emulation_certificate_step_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emulation_certificate_step_says_why')],
            },
        ),
    ]
