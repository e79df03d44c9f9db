"""Tables of the room: a file that was taken in, the shapes of it, and its withdrawal."""

import uuid

from django.db import models

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.places.models import Area


class BoundarySet(AppendOnly):
    """Shapes that came in one file and hold from a day on, until a later file of the same units."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    valid_from = models.DateField("đúng từ ngày")
    source = models.CharField("nguồn", max_length=300)
    file_name = models.CharField("tên tệp", max_length=120)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    told_by = models.CharField("nhận ra đơn vị theo", max_length=120)
    left_out = models.PositiveIntegerField("hình bỏ qua", default=0)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(source=""), name="boundaries_set_has_source")]

    def __str__(self) -> str:
        return f"{self.file_name}, từ {self.valid_from}"


class Boundary(AppendOnly):
    """The shape of a unit: a MultiPolygon as GeoJSON text, degrees east and north, WGS 84."""

    id = models.BigAutoField(primary_key=True)
    set = models.ForeignKey(BoundarySet, on_delete=models.PROTECT, related_name="shapes")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    shape = models.TextField("hình")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["set", "area"], name="boundaries_unit_once_in_a_set")]

    def __str__(self) -> str:
        return f"{self.area_id}"


class BoundarySetEnd(AppendOnly):
    """A file that was taken back: its shapes count for nothing, and stay readable with the reason."""

    set = models.OneToOneField(BoundarySet, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField("lý do", max_length=300)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="boundaries_end_says_why")]
