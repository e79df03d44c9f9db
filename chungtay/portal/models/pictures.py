"""Pictures of the portal, kept by Wagtail; each says what it shows and whose it is."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture; `description` is what is read to those who do not see it."""

    credit = models.CharField("nguồn ảnh", max_length=120)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    def generate_rendition_file(self, filter: Any, **kwargs: Any) -> "ContentFile[bytes]":  # noqa: A002 - Wagtail's name
        """Draw a size of the picture; the file that Wagtail draws into is closed, which it leaves to chance."""
        with super().generate_rendition_file(filter, **kwargs) as drawn:
            drawn.seek(0)
            return ContentFile(drawn.read(), name=drawn.name)

    @property
    def default_alt_text(self) -> Any:
        return self.description


class PictureRendition(AbstractRendition):
    """A picture drawn in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="portal_rendition_is_one_of_its_kind"
            )
        ]
