"""Tests run in a workspace of their own, on files of their own, with a fast password hasher.

The settings are named here and not in pyproject.toml: pytest-django would read them before this file could point them
to the temporary workspace. `DATABASE_URL` chooses another database for the whole run (`tests/databases/cluster.py`).
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.remembering import remembered

if TYPE_CHECKING:
    from tests.cast import Cast

os.environ["CHUNGTAY_TESTING"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.config.settings")
if "CHUNGTAY_DATA" not in os.environ:  # a worker process inherits its master's
    os.environ["CHUNGTAY_DATA"] = tempfile.mkdtemp(prefix="chungtay-test-")
    atexit.register(shutil.rmtree, os.environ["CHUNGTAY_DATA"], ignore_errors=True)
Path(os.environ["CHUNGTAY_DATA"], "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is not there

# A busy machine is no fault of the code: properties are not timed.
hypothesis_settings.register_profile("chungtay", deadline=None)
hypothesis_settings.load_profile("chungtay")

AHEAD = 12
"""More tests than any worker is given ahead."""

pytest_plugins = ["tests.databases.plugin", "tests.browser"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest and with the demonstration; its journeys come last, when it is made, the crawls first.

    Whatever the order of the others, no worker then waits for another. A worker is given its next tests ahead: between two
    crawls stand short tests, so that the worker with the first one does not also get the second.
    """
    items.sort(key=lambda item: (not _is_longest(item), _is_journey(item)))
    crawls = [item for item in items if _is_crawl(item)]
    others = [item for item in items if not _is_crawl(item)]
    place = next((at for at, item in enumerate(others) if _is_journey(item) and not _is_longest(item)), len(others))
    for number, crawl in enumerate(reversed(crawls)):
        others.insert(max(place - number * AHEAD, 0), crawl)
    items[:] = others


def pytest_collection_finish() -> None:
    """Leave what was loaded out of every later search for garbage; it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _is_longest(item: pytest.Item) -> bool:
    return item.get_closest_marker("longest") is not None


def _is_journey(item: pytest.Item) -> bool:
    return item.path.parent.name == "journeys"


def _is_crawl(item: pytest.Item) -> bool:
    return item.get_closest_marker("crawl") is not None


def pytest_configure() -> None:
    """Load the settings now: pytest-django sets Django up, right after this, when it finds them loaded."""
    from django.conf import settings

    if not settings.TESTING:
        raise RuntimeError("Settings were read too early: unset DJANGO_SETTINGS_MODULE")


@pytest.fixture
def cast(db: None) -> "Cast":
    """Return the named cast (`tests/cast.py`) in an empty database."""
    from tests.cast import make_cast  # its models cannot be imported before Django is set up

    return remembered(make_cast)()
