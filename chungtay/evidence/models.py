"""One row for each keeping of a file; the file itself lies in the workspace under the hash of its content."""

import uuid

from django.db import models

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly


class Kind(models.TextChoices):
    """What may be done with it: a picture is shown, a document is downloaded."""

    PICTURE = "picture", "ảnh"
    DOCUMENT = "document", "tài liệu"


class Attachment(AppendOnly):
    """A kept file. `sha256` is of what is kept, `received_sha256` of what was sent: the same picture sent twice is known by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField("tên tệp", max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField("lúc")
    kept_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: a citizen without account

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on a page."""
        return self.kind == Kind.PICTURE
