"""Givers named or not, the codes of gifts, and published days with the seal of the book."""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ALPHABET = "0123456789CFHJKMNPRTVWX"  # as banking.references has it on the day of this migration
GIFTS = ("receipt", "in_kind_receipt")


def give_codes(apps, schema_editor):
    """Give every gift that is booked already its codes."""
    alias = schema_editor.connection.alias
    voucher, code = apps.get_model("funds", "Voucher"), apps.get_model("funds", "GiftCode")
    ids = list(voucher.objects.using(alias).filter(kind__in=GIFTS).order_by("pk").values_list("pk", flat=True))
    codes, aliases = set(), set()
    while len(codes) < len(ids):
        codes.add("".join(secrets.choice(ALPHABET) for _ in range(14)))
    while len(aliases) < len(ids):
        aliases.add("".join(secrets.choice(ALPHABET) for _ in range(8)))
    rows = (code(voucher_id=pk, code=c, alias=a) for pk, c, a in zip(ids, codes, aliases, strict=True))
    code.objects.using(alias).bulk_create(rows, batch_size=2_000)


def nothing(apps, schema_editor):
    """Nothing to undo: the table goes."""


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        ("funds", "0031_disclosure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GiftCode",
            fields=[
                (
                    "voucher",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="gift_code",
                        serialize=False,
                        to="funds.voucher",
                    ),
                ),
                ("code", models.CharField(max_length=14, unique=True, verbose_name="mã tra cứu")),
                ("alias", models.CharField(max_length=8, unique=True, verbose_name="mã ẩn danh")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NamingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_named", models.BooleanField(verbose_name="nêu tên khi chưa rõ")),
                ("legal_basis", models.CharField(max_length=200, verbose_name="căn cứ")),
                ("is_verified", models.BooleanField(default=False, verbose_name="đã đối chiếu văn bản")),
                ("valid_from", models.DateField(unique=True, verbose_name="từ ngày")),
            ],
        ),
        migrations.AddField(
            model_name="disclosure",
            name="hour",
            field=models.TimeField(null=True, verbose_name="giờ"),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="paper_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="mã băm của bản đã đăng"),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="picture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.attachment"
            ),
        ),
        migrations.AddField(
            model_name="frozenday",
            name="book_hash",
            field=models.CharField(blank=True, max_length=64, verbose_name="dấu niêm phong sổ"),
        ),
        migrations.AddField(
            model_name="frozenday",
            name="book_position",
            field=models.BigIntegerField(default=0, verbose_name="chứng từ thứ"),
        ),
        migrations.AddField(
            model_name="frozenday",
            name="manifest_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.CreateModel(
            name="NamingChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_named", models.BooleanField(verbose_name="nêu tên")),
                ("said_by", models.CharField(max_length=200, verbose_name="ai cho biết")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="naming_choices", to="funds.voucher"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("said_by", ""), _negated=True), name="naming_choice_says_who"
                    )
                ],
            },
        ),
        migrations.RunPython(give_codes, nothing),
    ]
