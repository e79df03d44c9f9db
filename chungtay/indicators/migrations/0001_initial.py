import chungtay.audit.models
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Dimension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=80, unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='tên tiếng Anh')),
                ('unit', models.CharField(max_length=40, verbose_name='đơn vị tính')),
                ('definition', models.TextField(verbose_name='định nghĩa')),
                ('method', models.TextField(blank=True, verbose_name='cách tính')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('kind', models.CharField(choices=[('flow', 'flow'), ('stock', 'stock'), ('ratio', 'ratio')], max_length=10, verbose_name='loại')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='số lẻ')),
                ('is_money', models.BooleanField(default=False, verbose_name='là tiền')),
                ('round_step', models.PositiveIntegerField(default=1, verbose_name='bước làm tròn khi nói')),
                ('numerator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('denominator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('per', models.PositiveIntegerField(default=1, verbose_name='tính trên')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['flow', 'stock', 'ratio'])), name='indicator_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', False), ('kind', 'ratio'), ('numerator__isnull', False)), models.Q(models.Q(('kind', 'ratio'), _negated=True), ('denominator__isnull', True), ('numerator__isnull', True)), _connector='OR'), name='indicator_ratio_has_both_terms'), models.CheckConstraint(condition=models.Q(('is_money', False), ('decimals', 0), _connector='OR'), name='indicator_money_is_whole_dong'), models.CheckConstraint(condition=models.Q(('round_step__gte', 1)), name='indicator_round_step_positive'), models.CheckConstraint(condition=models.Q(('per', 1), models.Q(('kind', 'ratio'), ('per__gte', 1)), _connector='OR'), name='indicator_only_a_ratio_is_per')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DimensionValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimension', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='indicators.dimension')),
                ('code', models.SlugField(verbose_name='mã')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('dimension', 'code'), name='dimension_value_code_once'), models.UniqueConstraint(fields=('dimension', 'position'), name='dimension_value_position_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='indicators.indicator')),
                ('number', models.PositiveSmallIntegerField(verbose_name='phiên bản')),
                ('valid_from', models.DateField(verbose_name='áp dụng từ')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='tên')),
                ('definition', models.TextField(verbose_name='định nghĩa')),
                ('method', models.TextField(blank=True, verbose_name='cách tính')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('change', models.CharField(choices=[('same', 'same'), ('mapped', 'mapped'), ('break', 'break')], max_length=10, verbose_name='thay đổi')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('mapping', chungtay.audit.models.JSONField(default=dict)),
                ('dimensions', chungtay.audit.models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'number'), name='indicator_version_number_once'), models.UniqueConstraint(fields=('indicator', 'valid_from'), name='indicator_version_day_once'), models.CheckConstraint(condition=models.Q(('number__gte', 2)), name='indicator_version_follows_the_first'), models.CheckConstraint(condition=models.Q(('change__in', ['same', 'mapped', 'break'])), name='indicator_version_change_known'), models.CheckConstraint(condition=models.Q(models.Q(('change', 'break'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='indicator_version_break_has_note')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='RecordSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_sources', to='indicators.indicator')),
                ('keeper', models.CharField(choices=[('returns', 'báo cáo kỳ'), ('funds', 'sổ quỹ'), ('registers', 'sổ đăng ký'), ('exchange', 'hệ thống khác')], max_length=20, verbose_name='nguồn ghi nhận')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
            ],
            options={
                'indexes': [models.Index(fields=['indicator', 'valid_from', 'id'], name='record_source_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('keeper__in', ['returns', 'funds', 'registers', 'exchange'])), name='record_source_keeper_known')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorDimension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breakdowns', to='indicators.indicator')),
                ('dimension', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.dimension')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'position'), name='indicator_dimension_position_once'), models.UniqueConstraint(fields=('indicator', 'dimension'), name='indicator_dimension_once'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 3)), name='indicator_at_most_three_dimensions')],
                'indexes': [],
            },
        ),
    ]
