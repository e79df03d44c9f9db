import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models
import chungtay.papers.content
import chungtay.reviews.rules


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('places', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('period_code', models.CharField(max_length=40, verbose_name='kỳ')),
                ('header', models.CharField(choices=[('ubnd', 'ubnd'), ('mttq', 'mttq'), ('joint', 'joint'), ('party', 'party')], max_length=8, verbose_name='thể thức')),
                ('known_at', models.DateTimeField(verbose_name='số liệu như đã biết lúc')),
                ('map_as_of', models.DateField(blank=True, null=True, verbose_name='số liệu trên bản đồ ngày')),
                ('head', chungtay.audit.models.JSONField(default=dict)),
                ('asks', chungtay.audit.models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('for_signing', 'Chờ ký')], default=chungtay.reviews.rules.State['DRAFT'], max_length=12)),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='bản')),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='places.area')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='programmes.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'programme', 'period_code'], name='review_of_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'for_signing'])), name='review_state_known'), models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='review_revision_from_one'), models.CheckConstraint(condition=models.Q(('header__in', [chungtay.papers.content.HeadKind['UBND'], chungtay.papers.content.HeadKind['MTTQ'], chungtay.papers.content.HeadKind['JOINT']])), name='review_header_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewBlock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('h1', 'h1'), ('h2', 'h2'), ('paragraph', 'paragraph'), ('table', 'table'), ('chart', 'chart'), ('annex', 'annex')], max_length=10)),
                ('section', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('text', models.TextField(blank=True, verbose_name='nội dung')),
                ('generated', models.TextField(blank=True)),
                ('spec', chungtay.audit.models.JSONField(default=dict)),
                ('is_suggestion', models.BooleanField(default=False)),
                ('is_edited', models.BooleanField(default=False, verbose_name='người đã sửa')),
                ('updated_at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='reviews.review')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['review', 'position'], name='review_block_order')],
                'constraints': [models.UniqueConstraint(fields=('review', 'section', 'name'), name='review_block_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['h1', 'h2', 'paragraph', 'table', 'chart', 'annex'])), name='review_block_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='ReviewEdit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('block_id', models.UUIDField(null=True)),
                ('verb', models.CharField(max_length=20, verbose_name='việc')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='chỗ')),
                ('old_text', models.TextField(blank=True)),
                ('new_text', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(verbose_name='bản')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='edits', to='reviews.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'revision'), name='review_edit_once_per_revision'), models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='review_edit_has_verb')],
            },
        ),
    ]
