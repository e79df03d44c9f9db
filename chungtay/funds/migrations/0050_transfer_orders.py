"""Orders of transfer between two funds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0061_words_of_vouchers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TransferOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, unique=True, verbose_name="mã chuyển tiền")),
                ("amount", models.BigIntegerField(verbose_name="số tiền")),
                ("purpose", models.CharField(blank=True, max_length=20, verbose_name="mục đích")),
                ("memo", models.CharField(max_length=500, verbose_name="nội dung")),
                ("ordered_on", models.DateField(verbose_name="ngày lập lệnh")),
                ("due_on", models.DateField(verbose_name="nơi nhận ghi sổ trước ngày")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers_in", to="funds.fund"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers_out", to="funds.fund"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_order_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="transfer_order_two_funds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("ordered_on"))), name="transfer_order_due_later"
                    ),
                ],
            },
        ),
    ]
