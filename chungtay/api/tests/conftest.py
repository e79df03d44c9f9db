"""A caller for anybody of the cast, and a meter that starts at nothing."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    from chungtay.api import metering, middleware

    middleware.meter = metering.Meter()
    yield


@pytest.fixture
def ask() -> Any:
    """Return what sends a request as somebody (`asking.asker`)."""
    from chungtay.api.tests.asking import asker

    return asker()
