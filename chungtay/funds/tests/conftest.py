from typing import TYPE_CHECKING

import pytest

from tests.remembering import remembered

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from chungtay.funds.models import BankAccount
    from chungtay.funds.tests.bank_pages import Desk
    from chungtay.funds.tests.making import Office


@pytest.fixture
def office(db: None) -> "Office":
    """The city's fund with the people who keep it."""
    from chungtay.funds.tests.making import make_office  # its models cannot be imported before Django is set up

    return remembered(make_office)()


@pytest.fixture
def live_office(transactional_db: None) -> "Office":
    """The same with real transactions, for several threads at once."""
    from chungtay.funds.tests.making import make_office

    return make_office()


@pytest.fixture
def account(office: "Office", settings: "SettingsWrapper", tmp_path: "Path") -> "BankAccount":
    """An account of the office's fund with a statement, in which one memo is full of what must never be published."""
    from chungtay.funds import services
    from chungtay.funds.tests.making import NOW
    from chungtay.funds.tests.statements import LINES, SECRETS, workbook

    settings.DATA_DIR = tmp_path
    made = services.open_account(
        fund=office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    lines = workbook([*LINES, SECRETS])
    services.import_statement(account=made, data=lines, name="a.xlsx", now=NOW, by=office.accountant)
    return made


@pytest.fixture
def desk(office: "Office", settings: "SettingsWrapper", tmp_path: "Path", monkeypatch: pytest.MonkeyPatch) -> "Desk":
    """The bank pages of the office's fund, with files of this test alone and no index of lines taken back."""
    from chungtay.funds.bank import finding
    from chungtay.funds.tests.bank_pages import make_desk

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(finding, "_registry", {})
    return make_desk(office)
