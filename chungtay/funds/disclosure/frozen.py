"""The lines of a day as files that never change: CSV and SQLite with their hashes, so that anybody can check what was told.

A line that comes later, or is explained later, makes a new edition of the day; the earlier ones stay as they were.
"""

import csv
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.disclosure.lines import COLUMNS, PublicLine, public_lines
from chungtay.funds.models import BankAccount, FrozenDay
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text


class NothingToFreeze(DomainError):
    """The day has no lines, or is not over."""


@dataclass(frozen=True)
class Fault:
    """A published file that is not what was published."""

    day: FrozenDay
    file: str
    sentence: str


def freeze_day(*, account: BankAccount, day: date, now: datetime, by: User) -> FrozenDay:
    """Write a day's lines as files and keep their hashes; the same lines again give the edition that there is.

    Raises NothingToFreeze and what `access.require` raises.
    """
    access.require(by, "publish", account, on=localdate(now))
    if day >= localdate(now):
        raise NothingToFreeze(f"Ngày {date_text(day)} chưa hết, chưa chốt để công khai được.")
    lines = list(public_lines(account, day))
    if not lines:
        raise NothingToFreeze(f"Tài khoản {account.code} không có dòng nào ngày {date_text(day)}.")
    text = as_csv(lines)
    digest = hashlib.sha256(text).hexdigest()
    with transaction.atomic():
        BankAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        earlier = FrozenDay.objects.filter(account=account, day=day).order_by("-edition").first()
        if earlier is not None and earlier.csv_sha256 == digest:
            return earlier
        base = as_sqlite(lines)
        frozen = FrozenDay.objects.create(
            account=account,
            day=day,
            edition=1 + (earlier.edition if earlier is not None else 0),
            lines=len(lines),
            received=sum(line.received for line in lines),
            paid=sum(line.paid for line in lines),
            csv_sha256=digest,
            sqlite_sha256=hashlib.sha256(base).hexdigest(),
            at=now,
            by=by,
        )
        for name, data in ((csv_name(frozen), text), (sqlite_name(frozen), base)):
            _write(name, data)
        facts = {"day": day, "edition": frozen.edition, "lines": frozen.lines, "csv": digest}
        audit.record("funds.day.frozen", obj=frozen, area_id=account.access_area_id, data=facts, now=now, by=by)
    return frozen


def faults_of(account: BankAccount) -> list[Fault]:
    """Return every published file of an account that is gone or altered; [] when all are what they were."""
    found = []
    for frozen in FrozenDay.objects.filter(account=account).order_by("day", "edition"):
        for name, digest in ((csv_name(frozen), frozen.csv_sha256), (sqlite_name(frozen), frozen.sqlite_sha256)):
            try:
                data = (folder() / name).read_bytes()
            except OSError:
                found.append(Fault(frozen, name, f"Tệp {name} không còn."))
                continue
            if hashlib.sha256(data).hexdigest() != digest:
                found.append(Fault(frozen, name, f"Tệp {name} đã bị sửa: mã SHA-256 không khớp."))
    return found


def as_csv(lines: Iterable[PublicLine]) -> bytes:
    """Return lines as CSV (UTF-8, RFC 4180). A text that a spreadsheet would calculate begins with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([f"'{c}" if isinstance(c, str) and c[:1] in "=+-@\t\r" and c else c for c in line.cells])
    return out.getvalue().encode("utf-8")


def as_sqlite(lines: Iterable[PublicLine]) -> bytes:
    """Return lines as a database of one table `lines`; equal lines give equal bytes from one version of SQLite."""
    with tempfile.TemporaryDirectory() as where:
        path = Path(where) / "lines.sqlite3"
        with closing(sqlite3.connect(path)) as base:
            base.execute("PRAGMA journal_mode=OFF")
            kinds = {"id": "INTEGER PRIMARY KEY", "received": "INTEGER", "paid": "INTEGER", "corrects": "INTEGER"}
            columns = ", ".join(f"{name} {kinds.get(name, 'TEXT')} NOT NULL" for name in COLUMNS)
            base.execute(f"CREATE TABLE lines ({columns})")
            marks = ", ".join("?" * len(COLUMNS))
            base.executemany(f"INSERT INTO lines VALUES ({marks})", (line.cells for line in lines))  # noqa: S608  # names of ours
            base.commit()
        return path.read_bytes()


def csv_name(frozen: FrozenDay) -> str:
    """Return the name of an edition's CSV."""
    return f"{frozen.account.code}-{frozen.day.isoformat()}-{frozen.edition}.csv"


def sqlite_name(frozen: FrozenDay) -> str:
    """Return the name of an edition's database."""
    return f"{frozen.account.code}-{frozen.day.isoformat()}-{frozen.edition}.sqlite3"


def folder() -> Path:
    """Return where published files lie."""
    return Path(settings.DATA_DIR) / "published"


def _write(name: str, data: bytes) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    aside = folder() / f".new-{name}"
    aside.write_bytes(data)
    aside.rename(folder() / name)
