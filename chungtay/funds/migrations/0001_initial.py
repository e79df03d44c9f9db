import chungtay.audit.models
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
            name='Fund',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='places.body')),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('opened_on', models.DateField(verbose_name='mở từ ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'code'), name='fund_code_once_in_a_body')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LedgerAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='số hiệu')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('type', models.CharField(choices=[('asset', 'asset'), ('liability', 'liability'), ('equity', 'equity'), ('income', 'income'), ('expense', 'expense'), ('off_balance', 'off_balance')], max_length=12, verbose_name='loại')),
                ('normal', models.CharField(choices=[('debit', 'debit'), ('credit', 'credit')], max_length=6, verbose_name='bên tăng')),
                ('parent', models.CharField(blank=True, max_length=20, verbose_name='tài khoản cấp trên')),
                ('marks', models.CharField(blank=True, max_length=60)),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='account_code_once_from_a_day')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SpendingKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('unit', models.CharField(max_length=40, verbose_name='đơn vị tính')),
                ('account', models.CharField(max_length=20, verbose_name='tài khoản')),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='BookHead',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='book_head', to='places.body')),
                ('position', models.BigIntegerField(default=0)),
                ('entries', models.BigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='PeriodAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('verb', models.CharField(choices=[('ask_close', 'đề nghị khóa sổ'), ('close', 'khóa sổ'), ('ask_reopen', 'đề nghị mở lại'), ('reopen', 'mở lại')], max_length=10)),
                ('last_position', models.BigIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'start', 'id'], name='period_act_by_month')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('action', models.CharField(max_length=80)),
                ('body_hash', models.CharField(max_length=64)),
                ('answer', chungtay.audit.models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='idempotency_key_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LineHead',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('last_line', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='funds_one_line_head')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DisclosureRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=20, verbose_name='việc')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('anchor', models.CharField(max_length=20, verbose_name='mốc')),
                ('from_days', models.SmallIntegerField()),
                ('to_days', models.SmallIntegerField()),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'valid_from'), name='disclosure_rule_once_from_a_day')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='NamingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_named', models.BooleanField(verbose_name='nêu tên khi chưa rõ')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('valid_from', models.DateField(unique=True, verbose_name='từ ngày')),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purposes', to='funds.fund')),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'code'), name='purpose_code_once_in_a_fund'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='purpose_has_a_code')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='funds.fund')),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('starts_on', models.DateField(verbose_name='nhận từ ngày')),
                ('ends_on', models.DateField(verbose_name='nhận đến hết ngày')),
                ('distribution_ends_on', models.DateField(blank=True, null=True, verbose_name='phân bổ đến hết ngày')),
                ('target', models.BigIntegerField(blank=True, null=True, verbose_name='mục tiêu')),
                ('appeal', models.CharField(blank=True, max_length=200, verbose_name='văn bản kêu gọi')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'code'), name='campaign_code_once_in_a_fund'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_start'), models.CheckConstraint(condition=models.Q(('target', None), ('target__gt', 0), _connector='OR'), name='campaign_target_above_zero')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SpendingLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='funds.spendingkind')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('least', models.BigIntegerField(blank=True, null=True, verbose_name='tối thiểu')),
                ('most', models.BigIntegerField(blank=True, null=True, verbose_name='tối đa')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('least', None), ('most', None), _negated=True), name='limit_says_something'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='limit_has_a_basis')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
                ('prefix', models.CharField(max_length=10)),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'prefix', 'year'), name='counter_of_a_series_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='funds.fund')),
                ('purpose', models.CharField(blank=True, max_length=20)),
                ('account', models.CharField(max_length=20)),
                ('debit', models.BigIntegerField(default=0)),
                ('credit', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'purpose', 'account'), name='balance_of_an_account_once'), models.CheckConstraint(condition=models.Q(('debit__gte', 0), ('credit__gte', 0)), name='balance_sides_not_negative')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='funds.fund')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='mã')),
                ('bank', models.CharField(max_length=6, verbose_name='mã ngân hàng (BIN)')),
                ('number', models.CharField(max_length=19, verbose_name='số tài khoản')),
                ('holder', models.CharField(max_length=150, verbose_name='tên tài khoản')),
                ('ledger_account', models.CharField(max_length=20, verbose_name='tài khoản trên sổ')),
                ('profile', chungtay.audit.models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bank', 'number'), name='bank_account_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FundMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='funds.fund')),
                ('measure', models.CharField(choices=[('received', 'đã nhận, theo tài khoản thu'), ('outside', 'vận động không qua quỹ'), ('pledged', 'đăng ký ủng hộ'), ('campaign', 'vận động theo đợt'), ('spent', 'đã chi theo loại')], max_length=12, verbose_name='số được ghi')),
                ('accounts', models.CharField(blank=True, max_length=100, verbose_name='tài khoản')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('dimension', models.CharField(blank=True, max_length=160, verbose_name='phân tổ')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'indicator', 'dimension'), name='fund_measure_cell_once'), models.CheckConstraint(condition=models.Q(('measure__in', ['received', 'outside', 'pledged', 'campaign', 'spent'])), name='fund_measure_is_known'), models.CheckConstraint(condition=models.Q(('accounts', ''), ('measure', 'received'), _negated=True), name='fund_measure_received_names_accounts')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='TransferOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True, verbose_name='mã chuyển tiền')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers_out', to='funds.fund')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers_in', to='funds.fund')),
                ('amount', models.BigIntegerField(verbose_name='số tiền')),
                ('purpose', models.CharField(blank=True, max_length=20, verbose_name='mục đích')),
                ('memo', models.CharField(max_length=500, verbose_name='nội dung')),
                ('ordered_on', models.DateField(verbose_name='ngày lập lệnh')),
                ('due_on', models.DateField(verbose_name='nơi nhận ghi sổ trước ngày')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='transfer_order_above_zero'), models.CheckConstraint(condition=models.Q(('sender', models.F('receiver')), _negated=True), name='transfer_order_two_funds'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('ordered_on'))), name='transfer_order_due_later')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='CampaignVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='funds.campaign')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('name', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('distribution_ends_on', models.DateField(null=True)),
                ('target', models.BigIntegerField(null=True)),
                ('appeal', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='campaign_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='funds.fund')),
                ('kind', models.CharField(choices=[('receipt', 'phiếu thu'), ('payment', 'phiếu chi'), ('transfer', 'chuyển tiền giữa các cấp'), ('in_kind_receipt', 'phiếu nhận hiện vật'), ('in_kind_issue', 'phiếu xuất hiện vật'), ('closing', 'bút toán kết chuyển'), ('reversal', 'bút toán đảo')], max_length=20, verbose_name='loại')),
                ('occurred_on', models.DateField(verbose_name='ngày phát sinh')),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.campaign')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='người nộp, người nhận')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                ('memo', models.CharField(max_length=500, verbose_name='nội dung')),
                ('attachments', models.PositiveSmallIntegerField(default=0, verbose_name='số chứng từ kèm theo')),
                ('transfer', models.CharField(blank=True, max_length=60, verbose_name='mã chuyển tiền')),
                ('lines', chungtay.audit.models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'bản nháp'), ('posted', 'đã ghi sổ'), ('paid', 'đã chi'), ('dropped', 'đã bỏ')], max_length=8)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
