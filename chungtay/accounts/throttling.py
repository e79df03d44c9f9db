"""Slowing a guesser down: after some failures for a name from one network address everybody waits there under that name."""

from datetime import datetime, timedelta

from django.db import transaction

from chungtay.accounts.models import SignInAttempt
from chungtay.kernel.errors import DomainError

FAILURES_ALLOWED = 5
WINDOW = timedelta(minutes=15)


class TooManyFailures(DomainError):
    """Too many failures for this name from this address: wait, whether the account exists or not."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Đã nhập sai {FAILURES_ALLOWED} lần. Hãy đợi {minutes} phút rồi thử lại, "
            "hoặc nhờ quản trị hệ thống đặt lại mật khẩu."
        )


def refuse_guesser(name: str, address: str, now: datetime) -> None:
    """Return when another try is allowed. Raises TooManyFailures."""
    failures = SignInAttempt.objects.filter(username=name, address=address, at__gt=now - WINDOW)
    times = list(failures.order_by("-at").values_list("at", flat=True)[:FAILURES_ALLOWED])
    if len(times) == FAILURES_ALLOWED:
        seconds = (times[-1] + WINDOW - now).total_seconds()
        raise TooManyFailures(max(1, -int(-seconds // 60)))


@transaction.atomic
def keep_failure(name: str, address: str, now: datetime) -> None:
    """Remember a failure, and forget what is too old to matter."""
    SignInAttempt.objects.filter(at__lte=now - WINDOW).delete()
    SignInAttempt.objects.create(username=name, address=address, at=now)
