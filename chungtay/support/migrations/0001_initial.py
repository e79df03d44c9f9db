import chungtay.audit.models
import chungtay.support.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0001_initial'),
        ('funds', '0030_bank'),
        ('households', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_cases', to='places.area')),
                ('year', models.SmallIntegerField()),
                ('number', models.IntegerField(verbose_name='số')),
                ('kind', models.SlugField(max_length=20, verbose_name='loại')),
                ('work', models.CharField(blank=True, max_length=20, verbose_name='cách làm')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_cases', to='households.household')),
                ('title', models.CharField(max_length=200, verbose_name='nội dung')),
                ('hamlet', models.CharField(blank=True, max_length=80, verbose_name='khóm, ấp')),
                ('details', chungtay.audit.models.JSONField(default=dict)),
                ('need', models.CharField(max_length=500, verbose_name='lý do, hoàn cảnh')),
                ('needed_since', models.DateField(null=True, verbose_name='cần từ ngày')),
                ('proposed_by', models.CharField(max_length=150, verbose_name='nơi, người đề nghị')),
                ('proposed_on', models.DateField(verbose_name='ngày đề nghị')),
                ('total', models.BigIntegerField(verbose_name='tổng giá trị')),
                ('fund_share', models.BigIntegerField(default=0, verbose_name='phần của Quỹ')),
                ('state', models.CharField(choices=[('proposed', 'Đã đề nghị'), ('returned', 'Trả lại'), ('verified', 'Đã xác minh'), ('posted', 'Đang niêm yết'), ('approved', 'Đã duyệt'), ('funded', 'Đủ kinh phí'), ('delivered', 'Đã trao'), ('accepted', 'Đã nghiệm thu'), ('cancelled', 'Đã hủy')], default=chungtay.support.rules.State['PROPOSED'], max_length=10, verbose_name='bước')),
                ('posted_from', models.DateField(null=True, verbose_name='niêm yết từ ngày')),
                ('posted_until', models.DateField(null=True, verbose_name='niêm yết đến hết ngày')),
                ('approved_on', models.DateField(null=True, verbose_name='ngày duyệt')),
                ('delivered_on', models.DateField(null=True, verbose_name='ngày trao')),
                ('accepted_on', models.DateField(null=True, verbose_name='ngày nghiệm thu')),
                ('minutes_number', models.CharField(blank=True, max_length=40, verbose_name='số biên bản')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=1)),
                ('writers', chungtay.audit.models.JSONField(default=list)),
                ('words', models.CharField(max_length=600)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('changed_at', models.DateTimeField(verbose_name='đổi lúc')),
            ],
            options={
                'indexes': [models.Index(fields=['area', '-changed_at', 'id', 'state', 'kind', 'year', 'number', 'total', 'words'], name='support_case_board'), models.Index(fields=['area', 'kind', 'accepted_on'], name='support_case_accepted')],
                'constraints': [models.UniqueConstraint(fields=('area', 'year', 'number'), name='support_case_number_once'), models.CheckConstraint(condition=models.Q(('total__gt', 0)), name='support_case_costs_something'), models.CheckConstraint(condition=models.Q(('fund_share__gte', 0)), name='support_case_fund_bears_a_part'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'returned', 'verified', 'posted', 'approved', 'funded', 'delivered', 'accepted', 'cancelled'])), name='support_case_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('posted_from', None), ('posted_until', None)), ('posted_until__gte', models.F('posted_from')), _connector='OR'), name='support_case_posted_forward'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [chungtay.support.rules.State['APPROVED'], chungtay.support.rules.State['FUNDED'], chungtay.support.rules.State['DELIVERED'], chungtay.support.rules.State['ACCEPTED']]), _negated=True), ('approved_on__isnull', False), _connector='OR'), name='support_case_decided_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='CaseCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'year'), name='support_counter_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SupportLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('kind', models.SlugField(max_length=20, verbose_name='loại')),
                ('work', models.CharField(blank=True, max_length=20, verbose_name='cách làm')),
                ('most', models.BigIntegerField(null=True, verbose_name='tối đa')),
                ('least', models.BigIntegerField(null=True, verbose_name='tối thiểu')),
                ('days', models.PositiveSmallIntegerField(verbose_name='số ngày niêm yết')),
                ('again_years', models.PositiveSmallIntegerField(verbose_name='số năm không hỗ trợ lại')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='đến trước ngày')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='support_limit_has_a_basis'), models.CheckConstraint(condition=models.Q(('most', None), ('least', None), ('most__gte', models.F('least')), _connector='OR'), name='support_limit_in_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='HandoverHead',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('last', models.BigIntegerField(default=0)),
                ('erasures', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='support_one_handover_head')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CaseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='support.case')),
                ('number', models.PositiveIntegerField(verbose_name='bản')),
                ('content', chungtay.audit.models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='support_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PackageLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='support.case')),
                ('position', models.PositiveIntegerField(verbose_name='số thứ tự')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_lines', to='households.household')),
                ('name', models.CharField(max_length=150, verbose_name='họ và tên')),
                ('hamlet', models.CharField(blank=True, max_length=80, verbose_name='khóm, ấp')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='số suất')),
                ('value', models.BigIntegerField(verbose_name='giá trị một suất')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='ghi chú')),
                ('name_key', models.CharField(db_index=True, max_length=150)),
                ('is_struck', models.BooleanField(default=False, verbose_name='đã gạch')),
                ('given_on', models.DateField(null=True, verbose_name='ngày nhận')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'position'), name='support_line_position_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('value__gt', 0)), name='support_line_is_something'), models.CheckConstraint(condition=models.Q(('given_on', None), ('is_struck', False), _connector='OR'), name='support_struck_line_is_not_given')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CaseStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='support.case')),
                ('act', models.CharField(choices=[('propose', 'đề nghị'), ('verify', 'xác minh'), ('post', 'niêm yết'), ('approve', 'duyệt'), ('fund', 'xác nhận đủ kinh phí'), ('deliver', 'ghi nhận đã trao'), ('accept', 'nghiệm thu'), ('send_back', 'trả lại'), ('cancel', 'hủy')], max_length=10)),
                ('state_before', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(choices=[('proposed', 'Đã đề nghị'), ('returned', 'Trả lại'), ('verified', 'Đã xác minh'), ('posted', 'Đang niêm yết'), ('approved', 'Đã duyệt'), ('funded', 'Đủ kinh phí'), ('delivered', 'Đã trao'), ('accepted', 'Đã nghiệm thu'), ('cancelled', 'Đã hủy')], max_length=10)),
                ('day', models.DateField(verbose_name='ngày')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                ('data', chungtay.audit.models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'revision'), name='support_one_step_a_revision'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['cancel', 'send_back']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='support_step_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='support.case')),
                ('said_by', models.CharField(max_length=150, verbose_name='người góp ý')),
                ('said_on', models.DateField(verbose_name='ngày')),
                ('text', models.CharField(max_length=1000, verbose_name='ý kiến')),
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
            name='CaseEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='support.case')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('role', models.CharField(choices=[('proposal', 'Đơn, đề nghị'), ('verified', 'Xác minh, hiện trạng'), ('posting', 'Ảnh niêm yết'), ('receipt', 'Ký nhận'), ('minutes', 'Biên bản nghiệm thu đã ký'), ('picture', 'Ảnh công trình, buổi trao'), ('other', 'Khác')], max_length=8, verbose_name='là gì')),
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
            name='CaseMoney',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money', to='support.case')),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_money', to='funds.voucher')),
                ('verb', models.CharField(choices=[('link', 'gắn phiếu chi'), ('unlink', 'gỡ phiếu chi')], max_length=6)),
                ('amount', models.BigIntegerField(verbose_name='số tiền')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='support_money_above_zero'), models.CheckConstraint(condition=models.Q(('verb', 'link'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='support_money_taken_back_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CostShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='support.caseversion')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='support.case')),
                ('source', models.CharField(choices=[('fund', 'Quỹ'), ('sponsor', 'Nhà tài trợ trực tiếp'), ('state', 'Ngân sách'), ('family', 'Gia đình đối ứng'), ('labour', 'Ngày công')], max_length=8, verbose_name='nguồn')),
                ('who', models.CharField(blank=True, max_length=200, verbose_name='ai')),
                ('amount', models.BigIntegerField(verbose_name='giá trị')),
                ('days', models.PositiveIntegerField(default=0, verbose_name='số ngày công')),
                ('rate', models.BigIntegerField(default=0, verbose_name='mức một ngày công')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='support_share_above_zero')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='support.packageline')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='support.case')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('kind', models.SlugField(max_length=20, verbose_name='loại')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('day', models.DateField(verbose_name='ngày nhận')),
                ('name', models.CharField(max_length=150, verbose_name='họ và tên')),
                ('hamlet', models.CharField(blank=True, max_length=80, verbose_name='khóm, ấp')),
                ('quantity', models.IntegerField(verbose_name='số suất')),
                ('amount', models.BigIntegerField(verbose_name='giá trị')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='support.handover')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'day', 'kind'], name='support_handover_by_day'), models.Index(fields=['household', 'day'], name='support_handover_of_one')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('quantity__gt', 0), ('undoes', None)), models.Q(('amount__lt', 0), ('quantity__lt', 0), ('undoes__isnull', False)), _connector='OR'), name='support_handover_has_a_sign'), models.CheckConstraint(condition=models.Q(('undoes', models.F('id')), _negated=True), name='support_handover_not_own_mirror')],
            },
        ),
        migrations.CreateModel(
            name='CommentAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='support.comment')),
                ('text', models.CharField(max_length=1000, verbose_name='trả lời')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
