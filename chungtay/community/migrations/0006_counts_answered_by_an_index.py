from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("community", "0005_what_a_unit_leaves"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="groupcount", name="group_count_by_day"),
        migrations.AddIndex(
            model_name="groupcount",
            index=models.Index(
                fields=["group", "as_of", "position", "members", "households"], name="group_count_as_of"
            ),
        ),
    ]
