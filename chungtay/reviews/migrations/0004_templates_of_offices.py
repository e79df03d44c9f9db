import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.papers.content


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('evidence', '0001_initial'),
        ('places', '0001_initial'),
        ('reviews', '0003_links_of_the_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('header', models.CharField(choices=[('ubnd', 'ubnd'), ('mttq', 'mttq'), ('joint', 'joint'), ('party', 'party')], max_length=8, verbose_name='thể thức')),
                ('form', models.CharField(choices=[('report', 'Báo cáo sơ kết, tổng kết'), ('invitation', 'Giấy mời hội nghị')], max_length=12, verbose_name='loại văn bản')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                ('valid_from', models.DateField(verbose_name='dùng từ ngày')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.attachment')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'header', 'form', 'valid_from'], name='office_template_in_force')],
                'constraints': [models.UniqueConstraint(fields=('area', 'header', 'form', 'number'), name='office_template_version_once'), models.CheckConstraint(condition=models.Q(('header__in', [chungtay.papers.content.HeadKind['UBND'], chungtay.papers.content.HeadKind['MTTQ'], chungtay.papers.content.HeadKind['JOINT']])), name='office_template_header_known'), models.CheckConstraint(condition=models.Q(('form__in', ['report', 'invitation'])), name='office_template_form_known')],
            },
        ),
        migrations.AddField(
            model_name='review',
            name='template',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.officetemplate'),
        ),
    ]
