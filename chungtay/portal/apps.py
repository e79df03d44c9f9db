"""Start of the room: the ground of its pages after every migration, and what happens when an article is published."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class PortalConfig(AppConfig):
    """The public portal."""

    name = "chungtay.portal"
    label = "portal"
    verbose_name = "Cổng công khai"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.models import ModelLogEntry, PageLogEntry

        from chungtay.access import navigation
        from chungtay.opendata import registry as open_data
        from chungtay.portal import editing, from_reviews, published, telling
        from chungtay.portal.models import pages
        from chungtay.portal.open_data import WINDOW
        from chungtay.reviews.registry import register_news_way
        from chungtay.web import nav

        nav.register(
            nav.NavItem(
                "Biên tập cổng",
                "wagtailadmin_home",
                order=90,
                visible=navigation.sees("article"),
                prefix="/bien-tap/",
            )
        )
        open_data.register(WINDOW)
        register_news_way(from_reviews.way_on)
        published.register()
        post_migrate.connect(lay_ground, sender=self, dispatch_uid="portal.ground")
        post_save.connect(telling.keep_in_chain, sender=PageLogEntry, dispatch_uid="portal.page_log")
        post_save.connect(telling.keep_in_chain, sender=ModelLogEntry, dispatch_uid="portal.model_log")
        pages.publishing.connect(editing.before_publication, dispatch_uid="portal.publishing")
        pages.scheduled.connect(editing.after_scheduling, dispatch_uid="portal.scheduled")
        pages.published.connect(editing.after_publication, dispatch_uid="portal.published")


def lay_ground(**kwargs: Any) -> None:
    """Make the pages that every portal has, once."""
    from chungtay.portal import ground  # models are not loaded when this module is imported

    if ground.is_there():
        ground.lay()
