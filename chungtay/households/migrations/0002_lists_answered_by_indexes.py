from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='household',
            name='household_list',
        ),
        migrations.RemoveIndex(
            model_name='household',
            name='household_list_all',
        ),
        migrations.RemoveIndex(
            model_name='household',
            name='household_hamlet',
        ),
        migrations.RemoveIndex(
            model_name='household',
            name='household_newest',
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['area', 'merged_into', 'erased_at', 'sort_key', 'id', 'hamlet_key', 'changed_at'], name='household_list'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['sort_key', 'id', 'area', 'merged_into', 'erased_at'], name='household_list_all'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['hamlet_key', 'sort_key', 'id', 'area', 'merged_into', 'erased_at'], name='household_hamlet'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(condition=models.Q(('erased_at', None), ('merged_into', None)), fields=['-changed_at', 'id', 'area', 'merged_into', 'erased_at'], name='household_newest'),
        ),
    ]
