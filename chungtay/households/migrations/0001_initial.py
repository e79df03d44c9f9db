import chungtay.households.rules
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('indicators', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='households', to='places.area')),
                ('hamlet', models.CharField(max_length=80, verbose_name='khóm, ấp')),
                ('head_name', models.CharField(max_length=100, verbose_name='họ tên chủ hộ')),
                ('birth_year', models.SmallIntegerField(null=True, verbose_name='năm sinh')),
                ('members', models.PositiveSmallIntegerField(default=1, verbose_name='số nhân khẩu')),
                ('address', models.CharField(blank=True, max_length=160, verbose_name='địa chỉ')),
                ('cccd_sealed', models.BinaryField(default=bytes)),
                ('phone_sealed', models.BinaryField(default=bytes)),
                ('cccd_index', models.CharField(blank=True, max_length=32)),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('hamlet_key', models.CharField(max_length=80)),
                ('name_key', models.CharField(max_length=100)),
                ('sort_key', models.CharField(max_length=110)),
                ('words', models.CharField(max_length=360)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lineage', to='households.household')),
                ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='households.household')),
                ('version', models.PositiveIntegerField(default=1)),
                ('is_sample', models.BooleanField(default=False, verbose_name='số liệu minh họa')),
                ('erased_at', models.DateTimeField(null=True, verbose_name='xóa dữ liệu cá nhân lúc')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('changed_at', models.DateTimeField(verbose_name='đổi lúc')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'merged_into', 'erased_at', 'sort_key', 'id', 'hamlet_key', 'changed_at', 'words'], name='household_list'), models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['sort_key', 'id', 'area', 'merged_into', 'erased_at'], name='household_list_all'), models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['hamlet_key', 'sort_key', 'id', 'area', 'merged_into', 'erased_at'], name='household_hamlet'), models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['-changed_at', 'id', 'area', 'merged_into', 'erased_at'], name='household_newest'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='household_absorbed'), models.Index(fields=['name_key'], name='household_name'), models.Index(condition=models.Q(('cccd_index', ''), _negated=True), fields=['cccd_index'], name='household_cccd'), models.Index(condition=models.Q(('phone_index', ''), _negated=True), fields=['phone_index'], name='household_phone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='household_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into', None), ('root', models.F('id'))), ('merged_into__isnull', False), _connector='OR'), name='household_stands_for_itself'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('cccd_index', ''), ('head_name', ''), ('phone_index', ''), ('words', '')), _connector='OR'), name='household_erased_says_nothing')],
            },
        ),
        migrations.CreateModel(
            name='PovertyLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('rural', models.BigIntegerField(verbose_name='nông thôn, đồng/người/tháng')),
                ('urban', models.BigIntegerField(verbose_name='thành thị, đồng/người/tháng')),
                ('lacks', models.PositiveSmallIntegerField(verbose_name='số chỉ số thiếu hụt')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='đến trước ngày')),
                ('is_verified', models.BooleanField(default=False, verbose_name='đã đối chiếu văn bản')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rural__gt', 0), ('urban__gt', 0)), name='household_line_above_zero'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='household_line_forward')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='StepBook',
            fields=[
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='places.area')),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ClassMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='indicators.indicator')),
                ('kind', models.CharField(choices=[('poor', 'hộ nghèo'), ('near_poor', 'hộ cận nghèo'), ('escaped', 'hộ mới thoát nghèo'), ('policy', 'gia đình chính sách, người có công'), ('hardship', 'hộ có hoàn cảnh đặc biệt khó khăn'), ('protected', 'hộ có đối tượng bảo trợ xã hội')], max_length=10, verbose_name='loại')),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='HouseholdKey',
            fields=[
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='key', serialize=False, to='households.household')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='HouseholdVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='households.household')),
                ('number', models.PositiveIntegerField(verbose_name='bản')),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('household', 'number'), name='household_version_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='households.household')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('kind', models.CharField(choices=[('housing', 'nhà ở'), ('health', 'khám, chữa bệnh'), ('insurance', 'thẻ bảo hiểm y tế'), ('school', 'học tập'), ('livelihood', 'sinh kế'), ('job', 'việc làm'), ('water', 'nước sạch, vệ sinh'), ('food', 'lương thực'), ('other', 'khác')], max_length=12, verbose_name='nhu cầu')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='mô tả')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('until', models.DateField(null=True, verbose_name='đã hết từ ngày')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until', None)), fields=['kind', 'root'], name='household_need_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='household_need_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='households.household')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='households.merge')),
                ('score', models.PositiveSmallIntegerField(default=0, verbose_name='điểm giống nhau')),
                ('reason', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('absorbed')), _negated=True), name='household_merge_of_two'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='household_merge_has_a_reason')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='households.household')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household')),
                ('kind', models.CharField(choices=[('poor', 'hộ nghèo'), ('near_poor', 'hộ cận nghèo'), ('escaped', 'hộ mới thoát nghèo'), ('policy', 'gia đình chính sách, người có công'), ('hardship', 'hộ có hoàn cảnh đặc biệt khó khăn'), ('protected', 'hộ có đối tượng bảo trợ xã hội')], max_length=10, verbose_name='loại')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(null=True, verbose_name='đến trước ngày')),
                ('decision_number', models.CharField(max_length=60, verbose_name='số quyết định')),
                ('decided_on', models.DateField(verbose_name='ngày quyết định')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.povertyline', verbose_name='chuẩn')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='nguyên nhân')),
                ('end_decision', models.CharField(blank=True, max_length=60, verbose_name='quyết định thôi')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=200, verbose_name='lý do rút')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['kind', 'root', 'valid_from', 'valid_to'], name='household_class_days')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['poor', 'near_poor', 'escaped', 'policy', 'hardship', 'protected'])), name='household_class_known'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='household_class_forward'), models.CheckConstraint(condition=models.Q(('decision_number', ''), _negated=True), name='household_class_has_a_decision'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [chungtay.households.rules.Kind['ESCAPED'], chungtay.households.rules.Kind['NEAR_POOR'], chungtay.households.rules.Kind['POOR']]), _negated=True), ('line__isnull', False), _connector='OR'), name='household_class_has_a_line'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='household_class_withdrawn_why')],
            },
        ),
        migrations.CreateModel(
            name='ClassStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('position', models.PositiveIntegerField()),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='households.household')),
                ('kind', models.CharField(choices=[('poor', 'hộ nghèo'), ('near_poor', 'hộ cận nghèo'), ('escaped', 'hộ mới thoát nghèo'), ('policy', 'gia đình chính sách, người có công'), ('hardship', 'hộ có hoàn cảnh đặc biệt khó khăn'), ('protected', 'hộ có đối tượng bảo trợ xã hội')], max_length=10)),
                ('day', models.DateField()),
                ('step', models.SmallIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'kind', 'day'], name='household_step_day'), models.Index(fields=['household'], name='household_step_of')],
                'constraints': [models.UniqueConstraint(fields=('area', 'position'), name='household_step_once'), models.CheckConstraint(condition=models.Q(('step', 0), _negated=True), name='household_step_is_something')],
            },
        ),
        migrations.CreateModel(
            name='Basis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='households.household')),
                ('purpose', models.CharField(choices=[('support', 'lập, xét hồ sơ hỗ trợ'), ('verify', 'xác minh, rà soát hộ'), ('delivery', 'trao hỗ trợ, liên hệ với hộ'), ('review', 'soát trùng, sửa sai sót trong sổ'), ('subject', 'trả lời yêu cầu của chính người dân'), ('audit', 'kiểm tra, kiểm toán')], max_length=10, verbose_name='mục đích')),
                ('ground', models.CharField(choices=[('law', 'theo quy định pháp luật'), ('consent', 'người dân đồng ý'), ('emergency', 'khẩn cấp, đe dọa tính mạng')], max_length=10, verbose_name='căn cứ')),
                ('document', models.CharField(max_length=200, verbose_name='văn bản, bằng chứng')),
                ('day', models.DateField(verbose_name='ngày')),
                ('ends', models.BooleanField(default=False, verbose_name='rút lại')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='household_basis_has_proof')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='households.household')),
                ('purpose', models.CharField(choices=[('support', 'lập, xét hồ sơ hỗ trợ'), ('verify', 'xác minh, rà soát hộ'), ('delivery', 'trao hỗ trợ, liên hệ với hộ'), ('review', 'soát trùng, sửa sai sót trong sổ'), ('subject', 'trả lời yêu cầu của chính người dân'), ('audit', 'kiểm tra, kiểm toán')], max_length=10, verbose_name='mục đích')),
                ('what', models.CharField(max_length=12, verbose_name='đã xem')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['household', '-at'], name='household_look_newest')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='households.household')),
                ('reason', models.CharField(max_length=300, verbose_name='lý do')),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='household_erasure_has_a_reason')],
                'indexes': [],
            },
        ),
    ]
