import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='MapStamp',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('stamp', models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='places_one_map_stamp')],
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('merge', 'nhập đơn vị'), ('split', 'chia đơn vị'), ('transfer', 'chuyển về đơn vị cấp trên khác'), ('rename', 'đổi tên'), ('level', 'đổi cấp'), ('abolish', 'giải thể'), ('create', 'thành lập mới'), ('mixed', 'sắp xếp đơn vị hành chính')], max_length=10, verbose_name='loại')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('plan', models.TextField()),
                ('recorded_at', models.DateTimeField(verbose_name='ghi nhận lúc')),
                ('recorded_by_id', models.UUIDField(null=True)),
                ('recorded_by_name', models.CharField(blank=True, max_length=150, verbose_name='người ghi nhận')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='places.reorganisation', verbose_name='đính chính cho')),
            ],
            options={
                'indexes': [models.Index(fields=['effective_on'], name='places_reorganisation_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['merge', 'split', 'transfer', 'rename', 'level', 'abolish', 'create', 'mixed'])), name='places_reorganisation_kind_known'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='places_reorganisation_has_basis'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='places_reorganisation_not_own_correction')],
            },
        ),
        migrations.CreateModel(
            name='AreaVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('code', models.CharField(blank=True, max_length=10, verbose_name='mã')),
                ('level', models.CharField(choices=[('province', 'tỉnh'), ('municipality', 'thành phố trực thuộc trung ương'), ('city', 'thành phố'), ('urban_district', 'quận'), ('town', 'thị xã'), ('district', 'huyện'), ('ward', 'phường'), ('township', 'thị trấn'), ('commune', 'xã'), ('special_zone', 'đặc khu')], max_length=20, verbose_name='cấp')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='trước ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi nhận lúc')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='hết giá trị lúc')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='places.area', verbose_name='địa bàn')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_versions', to='places.area', verbose_name='đơn vị cấp trên')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='places.reorganisation', verbose_name='kết thúc theo')),
                ('reorganisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='begun', to='places.reorganisation', verbose_name='theo đợt sắp xếp')),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='places_version_code')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='places_version_ends_after_start'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('area')), _negated=True), _connector='OR'), name='places_version_not_own_parent'), models.CheckConstraint(condition=models.Q(('level__in', ['province', 'municipality', 'city', 'urban_district', 'town', 'district', 'ward', 'township', 'commune', 'special_zone'])), name='places_version_level_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='places_version_has_name'), models.CheckConstraint(condition=models.Q(('superseded_at__isnull', True), ('superseded_at__gte', models.F('recorded_at')), _connector='OR'), name='places_version_superseded_after_recorded'), models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), ('valid_to__isnull', False), _connector='OR'), name='places_version_ended_has_end'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True), ('valid_to__isnull', True)), fields=('area',), name='places_one_open_version')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('share_ppm', models.IntegerField(verbose_name='phần của đơn vị cũ')),
                ('back_share_ppm', models.IntegerField(blank=True, null=True, verbose_name='phần của đơn vị mới')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='cơ sở của tỷ lệ')),
                ('from_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='places.area', verbose_name='đơn vị cũ')),
                ('reorganisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='places.reorganisation')),
                ('to_area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='places.area', verbose_name='đơn vị mới')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reorganisation', 'from_area', 'to_area'), name='places_one_succession_of_two_units'), models.CheckConstraint(condition=models.Q(('share_ppm__gte', 1), ('share_ppm__lte', 1000000)), name='places_succession_share_is_a_part'), models.CheckConstraint(condition=models.Q(('back_share_ppm__isnull', True), models.Q(('back_share_ppm__gte', 0), ('back_share_ppm__lte', 1000000)), _connector='OR'), name='places_succession_back_share_is_a_part'), models.CheckConstraint(condition=models.Q(('from_area', models.F('to_area')), _negated=True), name='places_succession_of_two_units')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('ubnd', 'Ủy ban nhân dân'), ('mttq', 'Ủy ban Mặt trận Tổ quốc Việt Nam'), ('ldld', 'Liên đoàn Lao động'), ('hnd', 'Hội Nông dân'), ('hlhpn', 'Hội Liên hiệp Phụ nữ'), ('dtn', 'Đoàn Thanh niên Cộng sản Hồ Chí Minh'), ('hccb', 'Hội Cựu chiến binh')], max_length=10, verbose_name='loại')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='places.area', verbose_name='địa bàn')),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'constraints': [models.UniqueConstraint(fields=('area', 'kind'), name='places_one_body_of_a_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['ubnd', 'mttq', 'ldld', 'hnd', 'hlhpn', 'dtn', 'hccb'])), name='places_body_kind_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='places_body_has_name')],
            },
        ),
    ]
