"""The room is tested on its own addresses and without a database: it owns no table."""

from typing import Any

import pytest

from chungtay.web import context, nav


@pytest.fixture(autouse=True)
def own_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "chungtay.web.tests.pages"


@pytest.fixture(autouse=True)
def empty_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "_items", {})
    monkeypatch.setattr(context.sample_provider, "_answer", None)
    monkeypatch.setattr(context.place_provider, "_answer", None)
