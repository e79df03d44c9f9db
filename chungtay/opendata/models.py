"""Releases of open data with their files, and the licence in force from a day on; all of it is only added to."""

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField


class Licence(AppendOnly):
    """An office's word on how its data may be used, from a day on; the newest word for a day counts. Without one, nothing is said."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField("mã", max_length=40)
    name = models.CharField("tên", max_length=150)
    url = models.URLField("địa chỉ toàn văn", max_length=300)
    basis = models.CharField("căn cứ", max_length=300)
    is_verified = models.BooleanField("đã kiểm chứng", default=False)
    valid_from = models.DateField("từ ngày")
    at = models.DateTimeField("ghi lúc")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name="") & ~Q(basis=""), name="opendata_licence_says_what_and_why"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReleaseHead(models.Model):
    """The one row (id 1) that whoever releases locks: the number of the last release."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="opendata_one_release_head")]

    def __str__(self) -> str:
        return str(self.version)


class Release(AppendOnly):
    """A numbered release. `position`: how many events the log had when its reading began; `licence` and `datasets` as they were said.

    `digest` is of what it says, whatever the libraries that wrote its files.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.PositiveIntegerField("bản", unique=True)
    at = models.DateTimeField("lúc")
    day = models.DateField("tính đến ngày")
    position = models.BigIntegerField("sự kiện thứ")
    digest = models.CharField("mã nội dung", max_length=64)
    licence = JSONField("giấy phép", default=dict)
    datasets = JSONField("các bộ dữ liệu", default=list)
    is_sample = models.BooleanField("số liệu minh họa", default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="opendata_release_counts_from_one"),
            models.CheckConstraint(condition=Q(position__gte=0), name="opendata_release_stands_in_the_log"),
        ]

    def __str__(self) -> str:
        return f"bản {self.version}"


class ReleaseFile(AppendOnly):
    """A file of a release; `dataset` is "" for one that holds or describes all, `rows` None for one that holds no table."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    dataset = models.SlugField("bộ dữ liệu", max_length=40, blank=True)
    name = models.CharField("tên tệp", max_length=80)
    sha256 = models.CharField("mã băm", max_length=64)
    size = models.BigIntegerField("số byte")
    rows = models.BigIntegerField("số dòng", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="opendata_release_has_a_file_once"),
            models.CheckConstraint(condition=Q(size__gte=1), name="opendata_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(rows__isnull=True) | Q(rows__gte=0), name="opendata_file_rows_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name
