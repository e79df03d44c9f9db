"""The base of every history table, and the events of the hash chain."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from chungtay.kernel.errors import DomainError

ERASED = "(đã xóa)"
"""What stands where somebody's personal data stood."""

_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class HistoryIsFixed(DomainError):
    """Somebody tried to change or delete a row of a history table."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"Bảng {model._meta.label} chỉ được ghi thêm: không sửa, không xóa. Hãy ghi một dòng mới để đính chính."
        )


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """Rows that can be added and read, nothing else. `triggers` holds the same below Django."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise HistoryIsFixed(self.model)

    def delete(self) -> NoReturn:
        raise HistoryIsFixed(self.model)

    def erase(self) -> int:
        """Erase for ever what of these rows is somebody's personal data (`erasable`); the rows stay. Return how many there are."""
        model = self.model
        if not issubclass(model, AppendOnly) or not model.erasable:
            raise HistoryIsFixed(model)
        return super().update(**{name: model.erased_value(name) for name in model.erasable})

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsFixed(self.model)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsFixed(self.model)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[_Row]:
        if kwargs.get("update_conflicts"):
            raise HistoryIsFixed(self.model)
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """A history row: written once. Subclass it and triggers come with the next migrate; nothing else is needed.

    erasable: texts and JSON that may hold somebody's personal data. They may become ERASED (JSON: {}) once somebody's data has to be
    erased, and nothing else; the triggers hold that too.

    Foreign keys that point here must be PROTECT; a subclass that needs its own queryset derives it from
    AppendOnlyQuerySet.
    """

    erasable: ClassVar[tuple[str, ...]] = ()
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def erased_value(cls, name: str) -> Any:
        """Return what stands in an erasable field afterwards."""
        return {} if isinstance(cls._meta.get_field(name), models.JSONField) else ERASED

    # This override refuses and does no work: it turns a late database error into an early, named one.
    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding or kwargs.get("force_update") or kwargs.get("update_fields"):
            raise HistoryIsFixed(type(self))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsFixed(type(self))


class JSONField(models.JSONField):
    """JSON without the JSON_VALID constraint, which SQLite refuses as unsafe under `trusted_schema=OFF` (3.40)."""

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        return None if connection.vendor == "sqlite" else super().db_check(connection)


class AuditEvent(AppendOnly):
    """One thing that was done.

    `id` counts 1, 2, 3, … without gaps in order of commit; `hash` seals it to the one before.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("lúc")
    day = models.DateField("ngày")  # of `at`, local
    actor_id = models.UUIDField(null=True)  # no foreign key: people belong to a higher floor
    actor_name = models.CharField("người làm", max_length=150, blank=True)
    code = models.CharField("việc", max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    area_id = models.UUIDField(null=True)  # no foreign key: the log outlives what it tells of
    data = JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id__gte=1), name="audit_event_counts_from_one"),
            models.CheckConstraint(condition=~Q(code=""), name="audit_event_has_code"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_event_object"),
            models.Index(fields=["day", "id"], name="audit_event_day"),
            models.Index(fields=["area_id", "id"], name="audit_event_area"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.code}"


class ChainHead(models.Model):
    """The one row (id 1) that every writer locks: the number of events and the hash of the last."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_one_chain_head")]

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"
