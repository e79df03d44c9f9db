"""What editors do in Wagtail's pages is told in the chain of events, with who did it: kept apart it could be altered unseen."""

from typing import Any

from django.db import transaction

from chungtay.audit import services as audit
from chungtay.web import clock


def keep_in_chain(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record an entry of Wagtail's log: its action, what it was about, and by whom."""
    if not created or raw:
        return
    with transaction.atomic():
        audit.record(
            "portal.page.edited",
            obj=("page", instance.object_id),
            data={"action": instance.action, "title": instance.label[:200]},
            now=clock.now(),
            by=instance.user,
        )
