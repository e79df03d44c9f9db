import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0002_lists_answered_by_indexes'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='household',
            name='household_list',
        ),
        migrations.AlterField(
            model_name='household',
            name='merged_into',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='households.household'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['area', 'merged_into', 'erased_at', 'sort_key', 'id', 'hamlet_key', 'changed_at', 'words'], name='household_list'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='household_absorbed'),
        ),
    ]
