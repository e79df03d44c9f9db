"""Groups of the people: what they are, and everything that is dated about them in tables that are only added to."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.community.models.hamlets import Hamlet
from chungtay.community.rules import ActKind, LinkKind
from chungtay.places.models import Area


class RegisterHead(models.Model):
    """The one row (id 1) that whoever writes into the registers locks first: dated rows have their place in one order."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="community_one_register_head")]


class Group(models.Model):
    """A group as it is described now; `founded_on`, `ended_on`, `area` repeat what its acts say, for lists.

    So do `last_members`, `last_households` and `last_count_on` what its newest counts say, so that totals look at each group once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField("loại", max_length=30)
    name = models.CharField("tên", max_length=150)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="groups", verbose_name="xã, phường")
    hamlet = models.ForeignKey(Hamlet, on_delete=models.PROTECT, null=True, blank=True, related_name="groups")
    founded_on = models.DateField("ngày thành lập, ra mắt")
    ended_on = models.DateField("không còn từ ngày", null=True, blank=True)
    details = JSONField(default=dict)
    schedule = models.CharField("lịch sinh hoạt", max_length=150, blank=True)
    venue = models.CharField("nơi sinh hoạt", max_length=150, blank=True)
    words = models.CharField(max_length=400, blank=True)
    last_members = models.PositiveIntegerField(null=True)
    last_households = models.PositiveIntegerField(null=True)
    last_count_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "group"
    access_authors: frozenset[uuid.UUID] = frozenset()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("founded_on")), name="group_ends_after_start"
            ),
        ]
        indexes = [
            # A page is found, and all are counted, in one of these alone; only what is shown is read from the table.
            models.Index(fields=["words", "id", "area", "kind", "founded_on", "ended_on"], name="group_by_name"),
            models.Index(fields=["area", "words", "id", "kind", "founded_on", "ended_on"], name="group_by_place"),
            models.Index(fields=["founded_on", "id", "area", "kind", "ended_on", "words"], name="group_by_age"),
            models.Index(
                fields=[
                    "kind",
                    "area",
                    "id",
                    "founded_on",
                    "ended_on",
                    "last_count_on",
                    "last_members",
                    "last_households",
                ],
                name="group_totals",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_state(self) -> str:
        return "ended" if self.ended_on else "active"

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id


class _Dated(AppendOnly):
    """A row about a group: its place in the order of all, who wrote it and when."""

    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class GroupVersion(_Dated):
    """What a group was described as, from one change to the next; the newest equals the group itself."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("bản")
    content = JSONField()
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="group_version_once")]


class GroupAct(_Dated):
    """What happened to a group on a day: founded, dissolved, merged, moved, or an end taken back."""

    LABELS = {
        ActKind.FOUNDED: "Thành lập, ra mắt",
        ActKind.DISSOLVED: "Giải thể, ngừng hoạt động",
        ActKind.MERGED: "Nhập vào nhóm khác",
        ActKind.MOVED: "Chuyển về đơn vị khác",
        ActKind.REVIVED: "Đính chính: vẫn hoạt động",
    }

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in LABELS.items()])
    on = models.DateField("ngày")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField("văn bản", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["group", "position"], name="group_act_in_order"),
            models.Index(fields=["on"], condition=Q(kind=ActKind.MOVED), name="group_act_moved"),
        ]


class GroupLink(_Dated):
    """One group came out of another: a co-operative of a Hội quán, the heir of a merger of what went into it."""

    LABELS = {LinkKind.BORN: "ra đời từ", LinkKind.MERGED: "tiếp nhận"}

    parent = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="children_links")
    child = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="parent_links")
    kind = models.CharField(max_length=8, choices=[(kind.value, label) for kind, label in LABELS.items()])
    on = models.DateField("ngày")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "child", "kind"], name="group_link_once"),
            models.CheckConstraint(condition=~Q(parent=F("child")), name="group_link_of_two_groups"),
        ]


class GroupCount(_Dated):
    """Members or households of a group as of a day. `merger`: the people of a group that went into this one."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="counts")
    as_of = models.DateField("tính đến ngày")
    members = models.PositiveIntegerField("thành viên", null=True)
    households = models.PositiveIntegerField("số hộ", null=True)
    is_merger = models.BooleanField(default=False)
    note = models.CharField("ghi chú, lý do đính chính", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(members=None, households=None), name="group_count_says_something")
        ]
        indexes = [
            # What a group counted last before a day is answered without looking at the row.
            models.Index(fields=["group", "as_of", "position", "members", "households"], name="group_count_as_of")
        ]


class GroupGrade(_Dated):
    """How a group was classed for a year; of two for one year the later row holds."""

    class Grade(models.TextChoices):
        GOOD = "tot", "Tốt"
        FAIR = "kha", "Khá"
        AVERAGE = "trung-binh", "Trung bình"
        WEAK = "yeu", "Yếu"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="grades")
    year = models.PositiveSmallIntegerField("năm")
    grade = models.CharField("xếp loại", max_length=10, choices=Grade.choices)
    note = models.CharField("ghi chú", max_length=300, blank=True)


class Officer(_Dated):
    """Somebody who serves in a group, from a day on. Unpaid; of a person nothing but the name is kept."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="officers")
    role = models.CharField("vai trò", max_length=60)
    full_name = models.CharField("họ và tên", max_length=100)
    since = models.DateField("từ ngày")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(full_name="") & ~Q(role=""), name="officer_has_name_and_role")
        ]


class OfficerEnd(_Dated):
    """The first day on which somebody no longer serves."""

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="end")
    on = models.DateField("đến trước ngày")
    note = models.CharField("lý do", max_length=300, blank=True)
