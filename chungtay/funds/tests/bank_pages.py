"""The bank's pages as tests ask for them: an account of the office's fund, and who opens which page."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.funds import services
from chungtay.funds.models import BankAccount, StatementLine
from chungtay.funds.tests.making import NOW, Office
from chungtay.funds.tests.statements import LINES, workbook


@dataclass
class Desk:
    """The bank pages of one fund; everybody is signed in once. Without `user` it is the accountant who asks."""

    office: Office
    account: BankAccount
    clients: dict[User, Client] = field(default_factory=dict)

    def client(self, user: User | None = None) -> Client:
        """Return the browser of a person."""
        user = user or self.office.accountant
        if user not in self.clients:
            self.clients[user] = Client()
            self.clients[user].force_login(user)
        return self.clients[user]

    def address(self, name: str, line: StatementLine | None = None, *more: object) -> str:
        """Return the address of a page of the fund, of the account, or of a line."""
        if name.startswith("bank-account"):
            return reverse(name, args=[self.office.fund.pk])
        thing = self.account.pk if line is None else line.pk
        return reverse(name, args=[self.office.fund.pk, thing, *more])

    def get(
        self, name: str, user: User | None = None, line: StatementLine | None = None, *more: object, **query: object
    ) -> Any:
        """Open a page."""
        return self.client(user).get(self.address(name, line, *more), query)

    def post(self, name: str, data: dict[str, Any], user: User | None = None, line: StatementLine | None = None) -> Any:
        """Send a form."""
        return self.client(user).post(self.address(name, line), data)

    def take(self, data: bytes | None = None, name: str = "thang-3.xlsx") -> None:
        """Take a file in past the pages; without one, the usual five lines."""
        services.import_statement(
            account=self.account, data=data or workbook(LINES), name=name, now=NOW, by=self.office.accountant
        )

    def sent(self, data: bytes, name: str = "sao-ke.xlsx") -> str:
        """Send a file through its page; return the address it leads to, "" when it was refused."""
        response = self.post("bank-import", {"file": SimpleUploadedFile(name, data)})
        return str(response.headers.get("Location", ""))


def make_desk(office: Office) -> Desk:
    """Open an account of the office's fund."""
    account = services.open_account(
        fund=office.fund,
        code="cao-lanh",
        bank="970436",
        number="1017999888",
        holder="QUY VI NGUOI NGHEO",
        now=NOW,
        by=None,
    )
    return Desk(office, account)


def text(response: HttpResponse) -> str:
    """Return a page as one line with plain spaces."""
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def line_of(ref: str) -> StatementLine:
    """Return the first line with a reference."""
    return StatementLine.objects.filter(ref=ref).order_by("id")[0]
