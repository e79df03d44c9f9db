"""A household as it is now, its sealed earlier forms, the key of both, what it needs, and what was merged into what."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.households.rules import NEED_LABELS
from chungtay.places.models import Area


class Household(models.Model):
    """One household at a place. What identifies a person lies sealed; the folded columns are for searching and sorting.

    `root` is the household that stands for it now: itself, or the one it was merged into, directly or by steps.
    `merged_into` is the direct one, so that a merge can be taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="households")
    hamlet = models.CharField("khóm, ấp", max_length=80)
    head_name = models.CharField("họ tên chủ hộ", max_length=100)
    birth_year = models.SmallIntegerField("năm sinh", null=True)
    members = models.PositiveSmallIntegerField("số nhân khẩu", default=1)
    address = models.CharField("địa chỉ", max_length=160, blank=True)
    cccd_sealed = models.BinaryField(default=bytes)
    phone_sealed = models.BinaryField(default=bytes)
    cccd_index = models.CharField(max_length=32, blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    hamlet_key = models.CharField(max_length=80)
    name_key = models.CharField(max_length=100)  # one key for all spellings of a name: duplicates are found by it
    sort_key = models.CharField(max_length=110)  # given name first, as Vietnamese lists are ordered
    words = models.CharField(max_length=360)
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="lineage")
    # Its index holds the merged alone: nearly all households are none, and a list looked up by that would be read from everywhere.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="absorbed", db_index=False
    )
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)
    erased_at = models.DateTimeField("xóa dữ liệu cá nhân lúc", null=True)
    recorded_at = models.DateTimeField("ghi lúc")
    changed_at = models.DateTimeField("đổi lúc")

    access_type = "household"
    access_state = ""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="household_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into=None, root=F("id")) | Q(merged_into__isnull=False),
                name="household_stands_for_itself",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(head_name="", cccd_index="", phone_index="", words=""),
                name="household_erased_says_nothing",
            ),
        ]
        indexes = [
            # A page is found, and all are counted, in one of these alone. Those that hold a condition hold its columns too: SQLite
            # does not see that the condition says what they are.
            models.Index(
                fields=["area", "merged_into", "erased_at", "sort_key", "id", "hamlet_key", "changed_at", "words"],
                name="household_list",
            ),
            models.Index(
                fields=["sort_key", "id", "area", "merged_into", "erased_at"],
                condition=Q(merged_into=None, erased_at=None),
                name="household_list_all",
            ),
            models.Index(
                fields=["hamlet_key", "sort_key", "id", "area", "merged_into", "erased_at"],
                condition=Q(merged_into=None, erased_at=None),
                name="household_hamlet",
            ),
            models.Index(
                fields=["-changed_at", "id", "area", "merged_into", "erased_at"],
                condition=Q(merged_into=None, erased_at=None),
                name="household_newest",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="household_absorbed"),
            models.Index(fields=["name_key"], name="household_name"),
            models.Index(fields=["cccd_index"], condition=~Q(cccd_index=""), name="household_cccd"),
            models.Index(fields=["phone_index"], condition=~Q(phone_index=""), name="household_phone"),
        ]

    def __str__(self) -> str:
        return str(self.id)  # never a name: this is what logs and errors print

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset()


class HouseholdKey(models.Model):
    """The data key of a household, itself sealed by the workspace's key. Deleting the row makes all that it sealed unreadable."""

    household = models.OneToOneField(Household, on_delete=models.PROTECT, primary_key=True, related_name="key")
    sealed = models.BinaryField()


class HouseholdVersion(AppendOnly):
    """What was known of a household from one change to the next, sealed by its key."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("bản")
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "number"], name="household_version_once")]


class HouseholdMove(AppendOnly):
    """That a household's place in the register is another unit from a day on: its own ended, or was divided."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="moves")
    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("từ ngày")
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "on"], name="household_moves_once_a_day"),
            models.CheckConstraint(condition=~Q(from_area=F("area")), name="household_moves_elsewhere"),
        ]
        indexes = [models.Index(fields=["on"], name="household_moves_by_day")]


class Need(models.Model):
    """Something a household lacks, since a day, until it is met. Ended once, never removed. `root`: as its household's."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs")
    root = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        "nhu cầu", max_length=12, choices=[(one.value, label) for one, label in NEED_LABELS.items()]
    )
    note = models.CharField("mô tả", max_length=200, blank=True)
    since = models.DateField("từ ngày")
    until = models.DateField("đã hết từ ngày", null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="household_need_ends_later")
        ]
        indexes = [models.Index(fields=["kind", "root"], condition=Q(until=None), name="household_need_open")]


class Merge(AppendOnly):
    """That two records were found to be one household, or that this was undone (`undoes`)."""

    erasable = ("reason",)

    kept = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="merges")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    score = models.PositiveSmallIntegerField("điểm giống nhau", default=0)
    reason = models.CharField("căn cứ", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="household_merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="household_merge_has_a_reason"),
        ]
