"""Who works in which role at which place, and since when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chungtay.access.rules import ROLE_LABELS, Role
from chungtay.places.models import Area


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: datetime.date) -> "AssignmentQuerySet":
        """Keep the assignments in force on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Assignment(models.Model):
    """A person's role at a place during [valid_from, valid_to)."""

    id = models.BigAutoField(primary_key=True)
    # The only foreign key that points upward: Django fixes the account model by its setting, below everything else.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name="người")
    role = models.CharField("vai trò", max_length=20, choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    area = models.ForeignKey(Area, models.PROTECT, related_name="assignments", verbose_name="địa bàn")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="access_assignment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]) & ~Q(role=Role.VISITOR.value),
                name="access_assignment_role_known",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "area"], condition=Q(valid_to__isnull=True), name="access_one_open_assignment"
            ),
        ]
        indexes = [models.Index(fields=["area", "role"], name="access_assignment_area_role")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.area_id}"

    def is_on(self, day: datetime.date) -> bool:
        """Whether it is in force on `day`, as `on` keeps it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
