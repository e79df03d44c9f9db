import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('starts_on', models.DateField(verbose_name='nhận từ ngày')),
                ('ends_on', models.DateField(verbose_name='nhận đến hết ngày')),
                ('distribution_ends_on', models.DateField(blank=True, null=True, verbose_name='phân bổ đến hết ngày')),
                ('target', models.BigIntegerField(blank=True, null=True, verbose_name='mục tiêu')),
                ('appeal', models.CharField(blank=True, max_length=200, verbose_name='văn bản kêu gọi')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_start'), models.CheckConstraint(condition=models.Q(('target', None), ('target__gt', 0), _connector='OR'), name='campaign_target_above_zero')],
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
        ),
        migrations.CreateModel(
            name='BookHead',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
                ('entries', models.BigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='book_head', to='places.body')),
            ],
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('opened_on', models.DateField(verbose_name='mở từ ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='places.body')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'code'), name='fund_code_once_in_a_body')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('receipt', 'phiếu thu'), ('payment', 'phiếu chi'), ('transfer', 'chuyển tiền giữa các cấp'), ('in_kind_receipt', 'phiếu nhận hiện vật'), ('in_kind_issue', 'phiếu xuất hiện vật'), ('closing', 'bút toán kết chuyển'), ('reversal', 'bút toán đảo')], max_length=20, verbose_name='loại')),
                ('occurred_on', models.DateField(verbose_name='ngày phát sinh')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='người nộp, người nhận')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                ('memo', models.CharField(max_length=500, verbose_name='nội dung')),
                ('attachments', models.PositiveSmallIntegerField(default=0, verbose_name='số chứng từ kèm theo')),
                ('transfer', models.CharField(blank=True, max_length=60, verbose_name='mã chuyển tiền')),
                ('lines', chungtay.audit.models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'bản nháp'), ('posted', 'đã ghi sổ'), ('paid', 'đã chi'), ('dropped', 'đã bỏ')], max_length=8)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('drafted_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.campaign')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='funds.fund')),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=10)),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'prefix', 'year'), name='counter_of_a_series_once')],
            },
        ),
        migrations.AddField(
            model_name='campaign',
            name='fund',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='funds.fund'),
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(blank=True, max_length=20)),
                ('account', models.CharField(max_length=20)),
                ('debit', models.BigIntegerField(default=0)),
                ('credit', models.BigIntegerField(default=0)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='funds.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'purpose', 'account'), name='balance_of_an_account_once'), models.CheckConstraint(condition=models.Q(('debit__gte', 0), ('credit__gte', 0)), name='balance_sides_not_negative')],
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
            },
        ),
        migrations.CreateModel(
            name='PeriodAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('verb', models.CharField(choices=[('ask_close', 'đề nghị khóa sổ'), ('close', 'khóa sổ'), ('ask_reopen', 'đề nghị mở lại'), ('reopen', 'mở lại')], max_length=10)),
                ('last_position', models.BigIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'start', 'id'], name='period_act_by_month')],
            },
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=150, verbose_name='tên')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purposes', to='funds.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'code'), name='purpose_code_once_in_a_fund'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='purpose_has_a_code')],
            },
        ),
        migrations.CreateModel(
            name='SpendingLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('least', models.BigIntegerField(blank=True, null=True, verbose_name='tối thiểu')),
                ('most', models.BigIntegerField(blank=True, null=True, verbose_name='tối đa')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='funds.spendingkind')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('least', None), ('most', None), _negated=True), name='limit_says_something'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='limit_has_a_basis')],
            },
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('receipt', 'phiếu thu'), ('payment', 'phiếu chi'), ('transfer', 'chuyển tiền giữa các cấp'), ('in_kind_receipt', 'phiếu nhận hiện vật'), ('in_kind_issue', 'phiếu xuất hiện vật'), ('closing', 'bút toán kết chuyển'), ('reversal', 'bút toán đảo')], max_length=20, verbose_name='loại')),
                ('prefix', models.CharField(max_length=10)),
                ('year', models.SmallIntegerField()),
                ('number', models.IntegerField()),
                ('position', models.BigIntegerField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('occurred_on', models.DateField(verbose_name='ngày phát sinh')),
                ('booked_on', models.DateField(verbose_name='ngày ghi sổ')),
                ('party', models.CharField(blank=True, max_length=200, verbose_name='người nộp, người nhận')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='địa chỉ')),
                ('memo', models.CharField(max_length=500, verbose_name='nội dung')),
                ('attachments', models.PositiveSmallIntegerField(default=0)),
                ('transfer', models.CharField(blank=True, max_length=60)),
                ('amount', models.BigIntegerField(verbose_name='số tiền')),
                ('override', models.CharField(blank=True, max_length=500, verbose_name='lý do cho vượt định mức')),
                ('posted_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='funds.campaign')),
                ('draft', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voucher', to='funds.draft')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vouchers', to='funds.fund')),
                ('posted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='funds.voucher')),
            ],
            options={
                'indexes': [models.Index(fields=['fund', 'booked_on', 'id'], name='voucher_by_day'), models.Index(condition=models.Q(('transfer', ''), _negated=True), fields=['transfer'], name='voucher_by_transfer')],
                'constraints': [models.UniqueConstraint(fields=('fund', 'prefix', 'year', 'number'), name='voucher_number_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='voucher_amount_above_zero'), models.CheckConstraint(condition=models.Q(('booked_on__gte', models.F('occurred_on'))), name='voucher_booked_after_event'), models.CheckConstraint(condition=models.Q(('posted_by', None), models.Q(('posted_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='voucher_drafter_is_not_poster')],
            },
        ),
        migrations.CreateModel(
            name='Handout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voucher', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handout', to='funds.voucher')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
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
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.fund')),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funds.voucher')),
            ],
            options={
                'indexes': [models.Index(fields=['fund', 'booked_on', 'id'], name='entry_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='entry_amount_above_zero'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='entry_two_accounts'), models.CheckConstraint(condition=models.Q(('booked_on__gte', models.F('occurred_on'))), name='entry_booked_after_event'), models.CheckConstraint(condition=models.Q(models.Q(('item', ''), ('quantity', 0)), models.Q(models.Q(('item', ''), _negated=True), ('quantity__gt', 0)), _connector='OR'), name='entry_item_has_quantity')],
            },
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(fields=('fund', 'code'), name='campaign_code_once_in_a_fund'),
        ),
    ]
