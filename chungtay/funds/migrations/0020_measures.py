import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0010_reversal_acts"),
        ("indicators", "0002_record_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("received", "đã nhận, theo tài khoản thu"),
                            ("outside", "vận động không qua quỹ"),
                            ("pledged", "đăng ký ủng hộ"),
                            ("campaign", "vận động theo đợt"),
                            ("spent", "đã chi theo loại"),
                        ],
                        max_length=12,
                        verbose_name="số được ghi",
                    ),
                ),
                ("accounts", models.CharField(blank=True, max_length=100, verbose_name="tài khoản")),
                ("dimension", models.CharField(blank=True, max_length=160, verbose_name="phân tổ")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measures", to="funds.fund"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="indicators.indicator"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("fund", "indicator", "dimension"), name="fund_measure_cell_once"),
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", ["received", "outside", "pledged", "campaign", "spent"])),
                        name="fund_measure_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accounts", ""), ("measure", "received"), _negated=True),
                        name="fund_measure_received_names_accounts",
                    ),
                ],
            },
        ),
    ]
