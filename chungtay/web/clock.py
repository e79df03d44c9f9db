"""The one clock that views, jobs and commands read. A demonstration workspace may live on another day than the wall."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the present moment of the workspace, with its time zone."""
    return timezone.now() + settings.CLOCK_SHIFT


def today() -> date:
    """Return the present day of the workspace in Vietnam."""
    return timezone.localdate(now())
