import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("evidence", "0001_initial"),
        ("indicators", "0003_registers"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hamlet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hamlets",
                        to="places.area",
                        verbose_name="xã, phường",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("khom", "Khóm"), ("ap", "Ấp"), ("thon", "Thôn"), ("tdp", "Tổ dân phố")],
                        max_length=4,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="tên")),
                ("founded_on", models.DateField(verbose_name="có từ ngày")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="đến trước ngày")),
                ("words", models.CharField(blank=True, max_length=120)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("is_sample", models.BooleanField(default=False, verbose_name="số liệu minh họa")),
            ],
            options={
                "indexes": [models.Index(fields=["area", "words", "id"], name="hamlet_by_place")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("area", "kind", "name"),
                        name="hamlet_name_once_in_a_commune",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gt", models.F("founded_on")), _connector="OR"
                        ),
                        name="hamlet_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HamletCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hamlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="community.hamlet"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="tính đến ngày")),
                ("households", models.PositiveIntegerField(verbose_name="số hộ")),
                ("people", models.PositiveIntegerField(null=True, verbose_name="nhân khẩu")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
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
            ],
            options={
                "indexes": [models.Index(fields=["hamlet", "as_of", "position"], name="hamlet_count_by_day")],
            },
        ),
        migrations.CreateModel(
            name="RegisterHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="community_one_register_head")
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.SlugField(max_length=30, verbose_name="loại")),
                ("name", models.CharField(max_length=150, verbose_name="tên")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="places.area",
                        verbose_name="xã, phường",
                    ),
                ),
                (
                    "hamlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="community.hamlet",
                    ),
                ),
                ("founded_on", models.DateField(verbose_name="ngày thành lập, ra mắt")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="không còn từ ngày")),
                ("details", chungtay.audit.models.JSONField(default=dict)),
                ("schedule", models.CharField(blank=True, max_length=150, verbose_name="lịch sinh hoạt")),
                ("venue", models.CharField(blank=True, max_length=150, verbose_name="nơi sinh hoạt")),
                ("words", models.CharField(blank=True, max_length=400)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("is_sample", models.BooleanField(default=False, verbose_name="số liệu minh họa")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "area"], name="group_by_kind"),
                    models.Index(fields=["kind", "words", "id"], name="group_by_name"),
                    models.Index(fields=["area", "words", "id"], name="group_by_place"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="group_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("founded_on")), _connector="OR"
                        ),
                        name="group_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupVersion",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="community.group"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="bản")),
                ("content", chungtay.audit.models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "number"), name="group_version_once")],
            },
        ),
        migrations.CreateModel(
            name="GroupAct",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="community.group"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("founded", "Thành lập, ra mắt"),
                            ("dissolved", "Giải thể, ngừng hoạt động"),
                            ("merged", "Nhập vào nhóm khác"),
                            ("moved", "Chuyển về đơn vị khác"),
                            ("revived", "Đính chính: vẫn hoạt động"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(verbose_name="ngày")),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="văn bản")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
            ],
            options={
                "indexes": [models.Index(fields=["group", "position"], name="group_act_in_order")],
            },
        ),
        migrations.CreateModel(
            name="GroupLink",
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
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children_links", to="community.group"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parent_links", to="community.group"
                    ),
                ),
                ("kind", models.CharField(choices=[("born", "ra đời từ"), ("merged", "tiếp nhận")], max_length=8)),
                ("on", models.DateField(verbose_name="ngày")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("parent", "child", "kind"), name="group_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("child")), _negated=True),
                        name="group_link_of_two_groups",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupCount",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="community.group"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="tính đến ngày")),
                ("members", models.PositiveIntegerField(null=True, verbose_name="thành viên")),
                ("households", models.PositiveIntegerField(null=True, verbose_name="số hộ")),
                ("is_merger", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú, lý do đính chính")),
            ],
            options={
                "indexes": [models.Index(fields=["group", "as_of", "position"], name="group_count_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("households", None), ("members", None), _negated=True),
                        name="group_count_says_something",
                    )
                ],
            },
        ),
    ]
