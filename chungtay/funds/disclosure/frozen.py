"""The lines of a day as files that never change: CSV and SQLite with their hashes, so that anybody can check what was told.

A line that comes later, or is explained later, makes a new edition of the day; the earlier ones stay as they were. The
manifest of an edition names its files with their hashes, and the seal of the body's book at that moment: whoever kept it
finds a book that was cut or written anew.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.banking.masking import mask_account
from chungtay.funds.disclosure.files import as_csv, as_sqlite
from chungtay.funds.disclosure.lines import PublicLine, public_days
from chungtay.funds.models import BankAccount, BookHead, FrozenDay
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.places.registry import Entry

KINDS = ("csv", "sqlite3", "json")
BEGINNING = date(1990, 1, 1)


class NothingToFreeze(DomainError):
    """The day has no lines, or is not over."""


@dataclass(frozen=True)
class Fault:
    """A published file that is not what was published."""

    day: FrozenDay
    file: str
    sentence: str


@dataclass(frozen=True)
class _Day:
    """A day that is to be frozen: its lines and files."""

    lines: Sequence[PublicLine]
    csv: bytes
    base: bytes


def freeze_day(*, account: BankAccount, day: date, now: datetime, by: User | None) -> FrozenDay:
    """Write a day's lines as files and keep their hashes; the same lines again give the edition that there is.

    Raises NothingToFreeze and what `access.require` raises.
    """
    if day >= localdate(now):
        raise NothingToFreeze(f"Ngày {date_text(day)} chưa hết, chưa chốt để công khai được.")
    freeze_days(account=account, first=day, last=day, now=now, by=by)
    newest = newest_of(account, day, day).get(day)
    if newest is None:
        raise NothingToFreeze(f"Tài khoản {account.code} không có dòng nào ngày {date_text(day)}.")
    return newest


def freeze_days(
    *, account: BankAccount, first: date = BEGINNING, last: date, now: datetime, by: User | None
) -> list[FrozenDay]:
    """Freeze every day in [first, last] that is over and tells something new; return the new editions, oldest first.

    Everything is written or nothing. Raises what `access.require` raises.
    """
    if by is not None:
        access.require(by, "publish", account, on=localdate(now))
    last = min(last, localdate(now) - timedelta(days=1))
    told = {day: frozen.csv_sha256 for day, frozen in newest_of(account, first, last).items()}
    days = {}
    for day, lines in public_days(account, first, last, on=localdate(now)).items():
        text = as_csv(lines)
        if told.get(day) != sha256(text):
            days[day] = _Day(lines, text, as_sqlite(lines))
    return _keep(account, days, now, by) if days else []


@transaction.atomic
def _keep(account: BankAccount, days: Mapping[date, _Day], now: datetime, by: User | None) -> list[FrozenDay]:
    row = BankAccount.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=account.pk)
    newest = newest_of(account, min(days), max(days))
    head = BookHead.objects.filter(body=row.fund.body).first()
    made = []
    for day, one in sorted(days.items()):
        earlier = newest.get(day)
        if earlier is not None and earlier.csv_sha256 == sha256(one.csv):
            continue  # somebody else froze it while we read
        frozen = FrozenDay(
            account=row,
            day=day,
            edition=1 + (earlier.edition if earlier is not None else 0),
            lines=len(one.lines),
            received=sum(line.received for line in one.lines),
            paid=sum(line.paid for line in one.lines),
            csv_sha256=sha256(one.csv),
            sqlite_sha256=sha256(one.base),
            book_position=head.position if head is not None else 0,
            book_hash=head.hash if head is not None else "",
            at=now,
            by=by,
        )
        manifest = as_manifest(frozen)
        frozen.manifest_sha256 = sha256(manifest)
        for kind, data in zip(KINDS, (one.csv, one.base, manifest), strict=True):
            _write(file_name(frozen, kind), data)
        made.append(frozen)
    FrozenDay.objects.bulk_create(made)
    audit.record_all((_told(frozen) for frozen in made), now=now, by=by)
    return made


def newest_of(account: BankAccount, first: date, last: date) -> dict[date, FrozenDay]:
    """Return {day: its newest edition} of the days in [first, last] that were frozen."""
    rows = FrozenDay.objects.filter(account=account, day__gte=first, day__lte=last).order_by("day", "edition")
    return {frozen.day: frozen for frozen in rows.select_related("by")}


def faults_of(account: BankAccount) -> list[Fault]:
    """Return every published file of an account that is gone or altered; [] when all are what they were."""
    rows = FrozenDay.objects.filter(account=account).select_related("account").order_by("day", "edition")
    return [fault for frozen in rows.iterator(chunk_size=1_000) for fault in faults_in(frozen)]


def faults_in(frozen: FrozenDay) -> list[Fault]:
    """Return the files of one edition that are gone or altered."""
    found = []
    digests = (frozen.csv_sha256, frozen.sqlite_sha256, frozen.manifest_sha256)
    for kind, digest in zip(KINDS, digests, strict=True):
        name = file_name(frozen, kind)
        if not digest:
            continue
        try:
            data = (folder() / name).read_bytes()
        except OSError:
            found.append(Fault(frozen, name, f"Tệp {name} không còn."))
            continue
        if sha256(data) != digest:
            found.append(Fault(frozen, name, f"Tệp {name} đã bị sửa: mã SHA-256 không khớp."))
    return found


def as_manifest(frozen: FrozenDay) -> bytes:
    """Return what an edition consists of, as JSON."""
    said = {
        "account": frozen.account.code,
        "number": mask_account(frozen.account.number),
        "fund": frozen.account.fund.name,
        "day": frozen.day.isoformat(),
        "edition": frozen.edition,
        "frozen_at": frozen.at.isoformat(timespec="seconds"),
        "lines": frozen.lines,
        "received": frozen.received,
        "paid": frozen.paid,
        "files": {
            file_name(frozen, "csv"): frozen.csv_sha256,
            file_name(frozen, "sqlite3"): frozen.sqlite_sha256,
        },
        "book": {"vouchers": frozen.book_position, "head": frozen.book_hash},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def file_name(frozen: FrozenDay, kind: str) -> str:
    """Return the name of a file of an edition; `kind` is one of KINDS."""
    return f"{frozen.account.code}-{frozen.day.isoformat()}-{frozen.edition}.{kind}"


def folder() -> Path:
    """Return where published files lie."""
    return Path(settings.DATA_DIR) / "published"


def sha256(data: bytes) -> str:
    """Return the hash under which a file is published."""
    return hashlib.sha256(data).hexdigest()


def _told(frozen: FrozenDay) -> Entry:
    facts = {
        "day": frozen.day,
        "edition": frozen.edition,
        "lines": frozen.lines,
        "csv": frozen.csv_sha256,
        "manifest": frozen.manifest_sha256,
        "head": frozen.book_hash,
    }
    return Entry("funds.day.frozen", frozen, frozen.account.access_area_id, facts)


def _write(name: str, data: bytes) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    aside = folder() / f".new-{name}"
    aside.write_bytes(data)
    aside.rename(folder() / name)
