import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('funds', '0020_measures'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
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
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('credit__gte', 0), ('debit__gte', 0), models.Q(('debit', 0), ('credit', 0), _connector='OR')), name='statement_line_one_side'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='statement_line_moves_money')],
            },
        ),
        migrations.CreateModel(
            name='StatementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên tệp')),
                ('sha256', models.CharField(max_length=64)),
                ('from_on', models.DateField(null=True, verbose_name='từ ngày')),
                ('to_on', models.DateField(null=True, verbose_name='đến ngày')),
                ('opening', models.BigIntegerField(null=True, verbose_name='số dư đầu')),
                ('closing', models.BigIntegerField(null=True, verbose_name='số dư cuối')),
                ('lines', models.IntegerField(verbose_name='số dòng')),
                ('added', models.IntegerField(verbose_name='số dòng mới')),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='mã')),
                ('bank', models.CharField(max_length=6, verbose_name='mã ngân hàng (BIN)')),
                ('number', models.CharField(max_length=19, verbose_name='số tài khoản')),
                ('holder', models.CharField(max_length=150, verbose_name='tên tài khoản')),
                ('ledger_account', models.CharField(max_length=20, verbose_name='tài khoản trên sổ')),
                ('profile', chungtay.audit.models.JSONField(default=dict)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='funds.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bank', 'number'), name='bank_account_once')],
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
            },
        ),
        migrations.CreateModel(
            name='LineMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('matched', 'đã khớp'), ('split', 'đã tách'), ('unmatched', 'chưa khớp'), ('excluded', 'loại ra')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['excluded', 'unmatched']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='line_mark_says_why')],
            },
        ),
        migrations.CreateModel(
            name='LineLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='line_links', to='funds.voucher')),
                ('mark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='funds.linemark')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='line_link_above_zero'), models.UniqueConstraint(fields=('mark', 'voucher'), name='line_link_once')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='funds.statementline')),
                ('state', models.CharField(choices=[('matched', 'đã khớp'), ('split', 'đã tách'), ('unmatched', 'chưa khớp'), ('excluded', 'loại ra')], db_index=True, max_length=10)),
            ],
        ),
        migrations.AddField(
            model_name='statementline',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.bankaccount'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='funds.statementline'),
        ),
        migrations.AddField(
            model_name='linemark',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='funds.statementline'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.statementfile'),
        ),
        migrations.AddField(
            model_name='statementfile',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='funds.bankaccount'),
        ),
        migrations.AddField(
            model_name='statementfile',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standing',
            name='mark',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.linemark'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['account', 'booked_on', 'id'], name='statement_line_by_day'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('account', 'key'), name='statement_line_once'),
        ),
    ]
