"""What editors do in Wagtail's pages is told in the chain of events, with who did it: kept apart it could be altered unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from chungtay.audit import services as audit
from chungtay.web import clock

_is_silent: ContextVar[bool] = ContextVar("portal_is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Tell nothing: what is laid with the tables is nobody's act."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def keep_in_chain(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record an entry of Wagtail's log: its action, what it was about, and by whom."""
    if not created or raw or _is_silent.get():
        return
    with transaction.atomic():
        audit.record(
            "portal.page.edited",
            obj=("page", instance.object_id),
            data={"action": instance.action, "title": instance.label[:200]},
            now=clock.now(),
            by=instance.user,
        )
