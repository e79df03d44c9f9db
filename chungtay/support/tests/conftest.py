from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from chungtay.support.tests.making import Place


@pytest.fixture
def place(db: None, settings: "SettingsWrapper", tmp_path: "Path") -> "Place":
    """A ward with its fund, its people and two households; kept files of this test alone."""
    from chungtay.support.tests.making import make_place  # its models cannot be imported before Django is set up

    settings.DATA_DIR = tmp_path
    return make_place()
