"""What was published: the words, the questions and every printed figure of one moment, never changed again."""

from django.conf import settings
from django.db import models

from chungtay.audit.models import AppendOnly, JSONField
from chungtay.reviews.models.review import Review


class Publication(AppendOnly):
    """One published version. `content` has head, asks, blocks; `manifest` each print of each figure; `files` a hash by name.

    `content_hash` is of content and manifest together: whoever rebuilds it years later holds his own against it.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField("lần")
    content = JSONField()
    manifest = JSONField()
    files = JSONField()
    content_hash = models.CharField(max_length=64)
    known_at = models.DateTimeField("số liệu như đã biết lúc")
    note = models.CharField("ý kiến", max_length=500, blank=True)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="review_publication_number_once"),
            models.CheckConstraint(condition=~models.Q(content_hash=""), name="review_publication_has_hash"),
        ]
