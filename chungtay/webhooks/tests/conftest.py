"""An office that may tell the loopback, and a receiver there."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _http_on_the_loopback(settings: Any) -> None:
    settings.WEBHOOK_HTTP = True


@pytest.fixture
def receiver() -> Iterator[Any]:
    """A machine that takes everything unless told otherwise."""
    from chungtay.webhooks.tests.receiver import receiving

    with receiving() as machine:
        yield machine


@pytest.fixture
def happen() -> Callable[..., int]:
    """Return what records an event of a place and gives back its number."""
    from django.db import transaction

    from chungtay.audit import services as audit

    def record(area: Any, code: str = "returns.return.submitted", by: Any = None) -> int:
        with transaction.atomic():
            number: int = audit.record(
                code, obj=("returns.return", "5e0a"), area_id=area.pk, data={"said": "bí mật"}, now=NOW, by=by
            ).pk
        return number

    return record


@pytest.fixture
def hook(cast: Any, receiver: Any) -> tuple[Any, str]:
    """The city's webhook for returns, registered by its officer, with its secret."""
    from chungtay.webhooks import services

    return services.register_hook(
        area=cast.city.pk,
        name="Hệ thống tỉnh",
        url=receiver.url,
        subjects=["returns"],
        only="",
        now=NOW,
        by=cast.officer,
    )
