import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chungtay.audit.models


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0002_officers_and_movements"),
        ("evidence", "0001_initial"),
        ("tasks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.SlugField(max_length=30, verbose_name="loại")),
                ("title", models.CharField(max_length=200, verbose_name="tên hoạt động")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="places.area",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "hamlet",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="community.hamlet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="community.group",
                    ),
                ),
                (
                    "movement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="community.movement",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="tasks.task",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="places.body",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="ngày")),
                ("venue", models.CharField(blank=True, max_length=150, verbose_name="địa điểm")),
                ("participants", models.PositiveIntegerField(null=True, verbose_name="người tham gia")),
                ("counts", chungtay.audit.models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Nháp"),
                            ("recorded", "Chờ xác nhận"),
                            ("confirmed", "Đã xác nhận"),
                            ("returned", "Trả lại"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("is_sample", models.BooleanField(default=False, verbose_name="số liệu minh họa")),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [
                    models.Index(fields=["-held_on", "id"], name="activity_by_day"),
                    models.Index(fields=["area", "-held_on", "id"], name="activity_by_place"),
                    models.Index(fields=["kind", "-held_on", "id"], name="activity_by_kind"),
                    models.Index(fields=["state", "-held_on", "id"], name="activity_by_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="activity_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(
                                models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                                models.Q(("confirmed_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="activity_author_does_not_confirm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="activity_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="community.activity"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("write", "ghi"),
                            ("record", "gửi xác nhận"),
                            ("confirm", "xác nhận"),
                            ("return", "trả lại"),
                            ("withdraw", "rút"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="lý do")),
                ("content", chungtay.audit.models.JSONField()),
                ("position", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "position"], name="activity_act_in_order")],
            },
        ),
        migrations.CreateModel(
            name="ActivityPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="community.activity"
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.attachment"
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=200, verbose_name="chú thích")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "attachment"), name="activity_picture_once")
                ],
            },
        ),
    ]
