import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keeper', models.CharField(choices=[('returns', 'báo cáo kỳ'), ('funds', 'sổ quỹ')], max_length=20, verbose_name='nguồn ghi nhận')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('legal_basis', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_sources', to='indicators.indicator')),
            ],
            options={
                'indexes': [models.Index(fields=['indicator', 'valid_from', 'id'], name='record_source_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('keeper__in', ['returns', 'funds'])), name='record_source_keeper_known')],
            },
        ),
    ]
