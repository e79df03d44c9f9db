import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.programmes.link_rules


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0001_initial'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('way', models.CharField(choices=[('take', 'Tiếp nhận nguyên văn'), ('adapt', 'Điều chỉnh cho địa phương'), ('decline', 'Không thực hiện')], max_length=8)),
                ('value', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('way', chungtay.programmes.link_rules.Way['TAKE']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='answer_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=400)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='programmes.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='change_changes')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holds', models.BooleanField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='programmes.answer')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('holds', True), models.Q(('note', ''), _negated=True), _connector='OR'), name='decision_back_has_note')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=80, verbose_name='loại văn bản')),
                ('number', models.CharField(max_length=80, verbose_name='số, ký hiệu')),
                ('abstract', models.CharField(max_length=500, verbose_name='trích yếu')),
                ('signed_on', models.DateField(verbose_name='ngày ký')),
                ('effect_from', models.DateField(verbose_name='có hiệu lực từ')),
                ('effect_to', models.DateField(null=True, verbose_name='đến hết')),
                ('effect', models.CharField(blank=True, choices=[('amends', 'sửa đổi, bổ sung'), ('replaces', 'thay thế'), ('ends', 'bãi bỏ')], max_length=8)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='nội dung sửa đổi')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programmes.document')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='programmes.programme')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'signed_on'], name='document_of_programme')],
                'constraints': [models.CheckConstraint(condition=models.Q(('effect_to__isnull', True), ('effect_to__gte', models.F('effect_from')), _connector='OR'), name='document_effect_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('amends__isnull', True), ('effect', '')), models.Q(('amends__isnull', False), ('effect__in', ['amends', 'replaces', 'ends'])), _connector='OR'), name='document_effect_on_another'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('abstract', ''), _negated=True)), name='document_says_number_and_what')],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='programmes.document')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='document_file_number_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.body')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='programmes.document')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'body'), name='document_party_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('held', models.TextField(blank=True)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programmes.change')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'plan'), name='proposal_once'), models.UniqueConstraint(fields=('plan', 'number'), name='proposal_number_once')],
            },
        ),
        migrations.AddField(
            model_name='answer',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='programmes.proposal'),
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='programmes.document')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='document_withdrawal_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='phiên bản')),
                ('title', models.CharField(max_length=300)),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('area_of_work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='programmes.areaofwork')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area_of_work', 'number'), name='wording_version_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('proposal', 'number'), name='answer_number_once'),
        ),
    ]
