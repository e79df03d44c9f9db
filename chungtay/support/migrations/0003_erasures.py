from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0002_lists_answered_by_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='handoverhead',
            name='erasures',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
