from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0002_lists_answered_by_indexes'),
        ('places', '0001_initial'),
        ('support', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='support_case_board',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='support_case_newest',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['area', '-changed_at', 'id', 'state', 'kind', 'year', 'number', 'total', 'words'], name='support_case_board'),
        ),
    ]
