"""Pictures of the portal, kept by Wagtail; each says what it shows and whose it is."""

from typing import Any

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture; `description` is what is read to those who do not see it."""

    credit = models.CharField("nguồn ảnh", max_length=120)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

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
