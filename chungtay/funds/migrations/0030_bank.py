import chungtay.funds.promises
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funds', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='funds.bankaccount')),
                ('name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64)),
                ('from_on', models.DateField(null=True, verbose_name='từ ngày')),
                ('to_on', models.DateField(null=True, verbose_name='đến ngày')),
                ('opening', models.BigIntegerField(null=True, verbose_name='số dư đầu')),
                ('closing', models.BigIntegerField(null=True, verbose_name='số dư cuối')),
                ('lines', models.IntegerField(verbose_name='số dòng')),
                ('added', models.IntegerField(verbose_name='số dòng mới')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='funds.campaign')),
                ('kind', models.SlugField(max_length=20)),
                ('medium', models.CharField(choices=[('website', 'trang thông tin điện tử'), ('office', 'niêm yết tại trụ sở'), ('community', 'điểm sinh hoạt cộng đồng'), ('press', 'phương tiện truyền thông')], max_length=10)),
                ('where', models.CharField(max_length=300, verbose_name='nơi đăng')),
                ('posted_on', models.DateField(verbose_name='ngày công khai')),
                ('hour', models.TimeField(null=True, verbose_name='giờ')),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('picture_sha256', models.CharField(blank=True, max_length=64)),
                ('paper_sha256', models.CharField(blank=True, max_length=64, verbose_name='mã băm của bản đã đăng')),
                ('note', models.CharField(blank=True, max_length=300)),
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
            name='FrozenDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_days', to='funds.bankaccount')),
                ('day', models.DateField(verbose_name='ngày')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('lines', models.IntegerField(verbose_name='số dòng')),
                ('received', models.BigIntegerField(verbose_name='tiền vào')),
                ('paid', models.BigIntegerField(verbose_name='tiền ra')),
                ('csv_sha256', models.CharField(max_length=64)),
                ('sqlite_sha256', models.CharField(max_length=64)),
                ('manifest_sha256', models.CharField(blank=True, max_length=64)),
                ('book_position', models.BigIntegerField(default=0, verbose_name='chứng từ thứ')),
                ('book_hash', models.CharField(blank=True, max_length=64, verbose_name='dấu niêm phong sổ')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'day', 'edition'), name='frozen_day_edition_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='funds.fund')),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='funds.campaign')),
                ('donor', models.CharField(max_length=200, verbose_name='người đăng ký')),
                ('amount', models.BigIntegerField(verbose_name='số tiền đăng ký')),
                ('pledged_on', models.DateField(verbose_name='ngày đăng ký')),
                ('due_on', models.DateField(null=True, verbose_name='hẹn chuyển trước hết ngày')),
                ('reference', models.CharField(blank=True, max_length=25, verbose_name='mã chuyển khoản')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='pledge_above_zero'), models.CheckConstraint(condition=models.Q(('due_on', None), ('due_on__gte', models.F('pledged_on')), _connector='OR'), name='pledge_due_after_promise')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='OutsideGift',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_gifts', to='funds.fund')),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.campaign')),
                ('given_on', models.DateField(verbose_name='ngày')),
                ('amount', models.BigIntegerField(verbose_name='giá trị')),
                ('what', models.CharField(max_length=300, verbose_name='nội dung')),
                ('donor', models.CharField(blank=True, max_length=200, verbose_name='người ủng hộ')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='funds.outsidegift')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='outside_gift_is_something')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='funds.fund')),
                ('kind', models.CharField(choices=[('receipt', 'phiếu thu'), ('payment', 'phiếu chi'), ('transfer', 'chuyển tiền giữa các cấp'), ('in_kind_receipt', 'phiếu nhận hiện vật'), ('in_kind_issue', 'phiếu xuất hiện vật'), ('closing', 'bút toán kết chuyển'), ('reversal', 'bút toán đảo')], max_length=20, verbose_name='loại')),
                ('prefix', models.CharField(max_length=10)),
                ('year', models.SmallIntegerField()),
                ('number', models.IntegerField()),
                ('position', models.BigIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('draft', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voucher', to='funds.draft')),
                ('occurred_on', models.DateField(verbose_name='ngày phát sinh')),
                ('booked_on', models.DateField(verbose_name='ngày ghi sổ')),
                ('campaign', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='funds.campaign')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='người nộp, người nhận')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                ('memo', models.CharField(max_length=500, verbose_name='nội dung')),
                ('attachments', models.PositiveSmallIntegerField(default=0)),
                ('transfer', models.CharField(blank=True, max_length=60)),
                ('amount', models.BigIntegerField(verbose_name='số tiền')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='funds.voucher')),
                ('override', models.CharField(blank=True, max_length=500, verbose_name='lý do cho vượt định mức')),
                ('drafted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('posted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('posted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['fund', 'booked_on', 'id'], name='voucher_by_day'), models.Index(condition=models.Q(('transfer', ''), _negated=True), fields=['transfer'], name='voucher_by_transfer'), models.Index(condition=models.Q(('campaign', None), _negated=True), fields=['campaign'], name='voucher_by_campaign')],
                'constraints': [models.UniqueConstraint(fields=('fund', 'prefix', 'year', 'number'), name='voucher_number_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='voucher_amount_above_zero'), models.CheckConstraint(condition=models.Q(('booked_on__gte', models.F('occurred_on'))), name='voucher_booked_after_event'), models.CheckConstraint(condition=models.Q(('posted_by', None), models.Q(('posted_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='voucher_drafter_is_not_poster')],
            },
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.bankaccount')),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.statementfile')),
                ('key', models.CharField(max_length=40)),
                ('row', models.IntegerField(verbose_name='dòng trong tệp')),
                ('booked_on', models.DateField(verbose_name='ngày hạch toán')),
                ('value_on', models.DateField(null=True, verbose_name='ngày hiệu lực')),
                ('ref', models.CharField(blank=True, max_length=100, verbose_name='số tham chiếu')),
                ('debit', models.BigIntegerField(verbose_name='tiền ra')),
                ('credit', models.BigIntegerField(verbose_name='tiền vào')),
                ('balance', models.BigIntegerField(null=True, verbose_name='số dư')),
                ('text', models.CharField(blank=True, max_length=1000, verbose_name='nội dung')),
                ('party_name', models.CharField(blank=True, max_length=200)),
                ('party_account', models.CharField(blank=True, max_length=60)),
                ('party_bank', models.CharField(blank=True, max_length=150)),
                ('corrects', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='funds.statementline')),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'booked_on', 'id'], name='statement_line_by_day'), models.Index(condition=models.Q(('corrects', None), _negated=True), fields=['corrects'], name='statement_line_by_corrected')],
                'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='statement_line_once'), models.CheckConstraint(condition=models.Q(('credit__gte', 0), ('debit__gte', 0), models.Q(('debit', 0), ('credit', 0), _connector='OR')), name='statement_line_one_side'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='statement_line_moves_money')],
            },
        ),
        migrations.CreateModel(
            name='OutsideGiftEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='funds.outsidegift')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('gift', 'attachment'), name='outside_gift_evidence_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.voucher')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
                ('debit', models.CharField(max_length=20, verbose_name='nợ')),
                ('credit', models.CharField(max_length=20, verbose_name='có')),
                ('amount', models.BigIntegerField(verbose_name='số tiền')),
                ('occurred_on', models.DateField()),
                ('booked_on', models.DateField()),
                ('purpose', models.CharField(blank=True, max_length=20, verbose_name='mục đích')),
                ('donor', models.CharField(blank=True, max_length=200, verbose_name='người ủng hộ')),
                ('memo', models.CharField(blank=True, max_length=500)),
                ('item', models.CharField(blank=True, max_length=100, verbose_name='hiện vật')),
                ('quantity', models.BigIntegerField(default=0)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='funds.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['fund', 'booked_on', 'id'], name='entry_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entry_amount_above_zero'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='entry_two_accounts'), models.CheckConstraint(condition=models.Q(('booked_on__gte', models.F('occurred_on'))), name='entry_booked_after_event'), models.CheckConstraint(condition=models.Q(models.Q(('item', ''), ('quantity', 0)), models.Q(models.Q(('item', ''), _negated=True), ('quantity__gt', 0)), _connector='OR'), name='entry_item_has_quantity')],
            },
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voucher', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handout', to='funds.voucher')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='LineMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='funds.statementline')),
                ('state', models.CharField(choices=[('matched', 'đã khớp'), ('split', 'đã tách'), ('unmatched', 'chưa khớp'), ('excluded', 'loại ra')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['excluded', 'unmatched']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='line_mark_says_why')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='GiftCode',
            fields=[
                ('voucher', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='gift_code', serialize=False, to='funds.voucher')),
                ('code', models.CharField(max_length=14, unique=True, verbose_name='mã tra cứu')),
                ('alias', models.CharField(max_length=8, unique=True, verbose_name='mã ẩn danh')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='NamingChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='naming_choices', to='funds.voucher')),
                ('is_named', models.BooleanField(verbose_name='nêu tên')),
                ('said_by', models.CharField(max_length=200, verbose_name='ai cho biết')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('said_by', ''), _negated=True), name='naming_choice_says_who')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PledgeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='funds.pledge')),
                ('verb', models.CharField(choices=[('link', 'gắn phiếu thu'), ('unlink', 'gỡ phiếu thu'), ('cancel', 'ghi không thực hiện')], max_length=6)),
                ('voucher', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.voucher')),
                ('amount', models.BigIntegerField(default=0, verbose_name='số tiền')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('verb', chungtay.funds.promises.PromiseStep['LINK']), ('voucher__isnull', False)), models.Q(('amount__gt', 0), ('verb', chungtay.funds.promises.PromiseStep['UNLINK']), ('voucher__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('amount', 0), ('verb', chungtay.funds.promises.PromiseStep['CANCEL']), ('voucher', None), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='pledge_step_makes_sense'), models.UniqueConstraint(condition=models.Q(('verb', chungtay.funds.promises.PromiseStep['CANCEL'])), fields=('pledge',), name='pledge_cancelled_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ReversalAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversal_acts', to='funds.voucher')),
                ('verb', models.CharField(choices=[('ask', 'đề nghị đảo'), ('decline', 'không đảo')], max_length=8)),
                ('reason', models.CharField(max_length=400, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['voucher', 'id'], name='reversal_act_by_voucher')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reversal_act_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='VoucherWords',
            fields=[
                ('voucher', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='words', serialize=False, to='funds.voucher')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
                ('text', models.CharField(max_length=1200)),
            ],
            options={
                'indexes': [models.Index(fields=['fund', 'voucher'], name='voucher_words_by_fund')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='LineLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='funds.linemark')),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='line_links', to='funds.voucher')),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='line_link_above_zero'), models.UniqueConstraint(fields=('mark', 'voucher'), name='line_link_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='funds.statementline')),
                ('mark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.linemark')),
                ('state', models.CharField(choices=[('matched', 'đã khớp'), ('split', 'đã tách'), ('unmatched', 'chưa khớp'), ('excluded', 'loại ra')], db_index=True, max_length=10)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
