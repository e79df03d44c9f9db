import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0001_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupGrade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField()),
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grades", to="community.group"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "grade",
                    models.CharField(
                        choices=[("tot", "Tốt"), ("kha", "Khá"), ("trung-binh", "Trung bình"), ("yeu", "Yếu")],
                        max_length=10,
                        verbose_name="xếp loại",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField()),
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="officers", to="community.group"
                    ),
                ),
                ("role", models.CharField(max_length=60, verbose_name="vai trò")),
                ("full_name", models.CharField(max_length=100, verbose_name="họ và tên")),
                ("since", models.DateField(verbose_name="từ ngày")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("full_name", ""), _negated=True), models.Q(("role", ""), _negated=True)
                        ),
                        name="officer_has_name_and_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficerEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField()),
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
                    "officer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="community.officer"
                    ),
                ),
                ("on", models.DateField(verbose_name="đến trước ngày")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="places.area"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phong-trao", "Phong trào"),
                            ("cuoc-van-dong", "Cuộc vận động"),
                            ("chien-dich", "Đợt cao điểm, chiến dịch"),
                        ],
                        max_length=15,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                ("starts_on", models.DateField(verbose_name="từ ngày")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("aim", models.TextField(blank=True, max_length=2000, verbose_name="mục đích, nội dung")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="văn bản phát động")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("is_sample", models.BooleanField(default=False, verbose_name="số liệu minh họa")),
                ("indicators", models.ManyToManyField(blank=True, related_name="+", to="indicators.indicator")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="movement_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="movement_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="community.movement"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="bản")),
                ("content", chungtay.audit.models.JSONField()),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("movement", "number"), name="movement_version_once")],
            },
        ),
        migrations.CreateModel(
            name="MovementEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="community.movement"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                ("participants", models.PositiveIntegerField(null=True, verbose_name="số người, hộ đăng ký")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="kết quả")),
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
            ],
            options={
                "indexes": [models.Index(fields=["movement", "area", "id"], name="movement_entry_by_unit")],
            },
        ),
    ]
