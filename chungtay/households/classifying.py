"""Classing a household by a decision, ending a class, withdrawing a wrong one; each keeps the ledger of counts true."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households import telling
from chungtay.households.models import Classification, Household, PovertyLine
from chungtay.households.register import Erased, locked
from chungtay.households.rules import BY_STANDARD, KIND_LABELS, Kind
from chungtay.households.timelines import overlaps
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc
from chungtay.kernel.text import date_text

_EXCLUDE = frozenset({Kind.POOR, Kind.NEAR_POOR, Kind.ESCAPED})


class NotClassed(DomainError):
    """The class cannot be recorded as given."""


@dataclass(frozen=True)
class Decision:
    """What a decision says of a household: class, days [valid_from, valid_to), number and day of the decision, the cause."""

    kind: Kind
    valid_from: date
    number: str
    decided_on: date
    valid_to: date | None = None
    reason: str = ""


@transaction.atomic
def classify(*, household: Household, decision: Decision, now: datetime, by: User) -> Classification:
    """Record a class of a household. Raises NotClassed, Erased and what `access.require` raises."""
    row = locked(household)
    access.require(by, "edit", row, on=localdate(now))
    (made,) = classify_all([(row, decision)], now=now, by=by)
    data = {"kind": decision.kind, "decision": made.decision_number, "from": made.valid_from, "line": _code(made)}
    audit.record("households.household.classified", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


def classify_all(pairs: Sequence[tuple[Household, Decision]], *, now: datetime, by: User) -> list[Classification]:
    """Record classes of many households of one area; rights and the audit are the caller's. Raises NotClassed."""
    known: dict[UUID, list[Classification]] = defaultdict(list)
    for one in Classification.objects.filter(household__in=[row.pk for row, _ in pairs], withdrawn_at=None):
        known[one.household_id].append(one)
    lines = {day: line_on(day) for day in {one.valid_from for _, one in pairs if one.kind in BY_STANDARD}}
    made = []
    for row, decision in pairs:
        one = _checked(row, decision, known[row.pk], lines.get(decision.valid_from), now, by)
        known[row.pk].append(one)
        made.append(one)
    Classification.objects.bulk_create(made, batch_size=500)
    telling.settle([row for row, _ in pairs], now=now, by=by)
    return made


@transaction.atomic
def end_class(*, classification: Classification, day: date, decision_number: str, now: datetime, by: User) -> None:
    """End a class: `day` is the first day without it. Raises NotClassed and what `access.require` raises."""
    one, row = _open(classification, now, by)
    if one.valid_to is not None:
        raise NotClassed(f"Loại này đã kết thúc trước ngày {date_text(one.valid_to)}.")
    if day <= one.valid_from:
        raise NotClassed(
            f"Ngày thôi phải sau ngày bắt đầu {date_text(one.valid_from)}. Nếu ghi nhầm, hãy rút dòng này."
        )
    if not decision_number.strip():
        raise NotClassed("Chưa ghi số quyết định thôi công nhận. Ví dụ: 45/QĐ-UBND.")
    one.valid_to, one.end_decision = day, nfc(decision_number.strip())
    one.save(update_fields=["valid_to", "end_decision"])
    telling.settle([row], now=now, by=by)
    data = {"kind": one.kind, "until": day, "decision": one.end_decision}
    audit.record("households.class.ended", obj=row, area_id=row.area_id, data=data, now=now, by=by)


@transaction.atomic
def withdraw_class(*, classification: Classification, why: str, now: datetime, by: User) -> None:
    """Take back a class that was recorded by mistake; it stays to be seen. Raises NotClassed."""
    one, row = _open(classification, now, by)
    if not why.strip():
        raise NotClassed("Chưa ghi vì sao rút. Ví dụ: nhập nhầm hộ cùng tên.")
    one.withdrawn_at, one.withdrawn_why = now, nfc(why.strip())[:200]
    one.save(update_fields=["withdrawn_at", "withdrawn_why"])
    telling.settle([row], now=now, by=by)
    data = {"kind": one.kind, "why": one.withdrawn_why}
    audit.record("households.class.withdrawn", obj=row, area_id=row.area_id, data=data, now=now, by=by)


def in_force(day: date) -> Q:
    """Return the condition that a classification holds on a day."""
    ends = Q(valid_to=None) | Q(valid_to__gt=day)
    return Q(withdrawn_at=None, valid_from__lte=day) & ends


def kinds_on(households: Iterable[UUID], day: date) -> dict[UUID, frozenset[Kind]]:
    """Return {household: its classes on a day}; one without any is left out (one query)."""
    found: dict[UUID, set[Kind]] = defaultdict(set)
    rows = Classification.objects.filter(in_force(day), household__in=list(households))
    for key, kind in rows.values_list("household", "kind"):
        found[key].add(Kind(kind))
    return {key: frozenset(kinds) for key, kinds in found.items()}


def line_on(day: date) -> PovertyLine | None:
    """Return the poverty line in force on a day; the lines of the law are loaded when they are not there yet."""
    load_lines()
    ends = Q(valid_to=None) | Q(valid_to__gt=day)
    return PovertyLine.objects.filter(ends, valid_from__lte=day).order_by("-valid_from").first()


def load_lines() -> int:
    """Add the lines of the law that are not there yet; return how many. What an office corrected stays."""
    known = set(PovertyLine.objects.values_list("code", flat=True))
    text = files("chungtay.households").joinpath("data", "poverty_lines.csv").read_text(encoding="utf-8")
    new = [
        PovertyLine(
            code=row["code"],
            name=row["name"],
            legal_basis=row["legal_basis"],
            rural=int(row["rural"]),
            urban=int(row["urban"]),
            lacks=int(row["lacks"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            is_verified=row["is_verified"] == "1",
        )
        for row in csv.DictReader(text.splitlines())
        if row["code"] not in known
    ]
    PovertyLine.objects.bulk_create(new)
    return len(new)


def _open(classification: Classification, now: datetime, by: User) -> tuple[Classification, Household]:
    row = Household.objects.select_for_update(of=("self",)).get(pk=classification.household_id)
    access.require(by, "edit", row, on=localdate(now))
    one = Classification.objects.select_for_update(of=("self",)).get(pk=classification.pk)
    if one.withdrawn_at is not None:
        raise NotClassed("Dòng này đã được rút trước đó.")
    return one, row


def _checked(
    row: Household,
    decision: Decision,
    known: Sequence[Classification],
    line: PovertyLine | None,
    now: datetime,
    by: User,
) -> Classification:
    if row.erased_at is not None:
        raise Erased
    if not decision.number.strip():
        raise NotClassed("Chưa ghi số quyết định công nhận. Ví dụ: 12/QĐ-UBND.")
    if decision.decided_on > localdate(now):
        raise NotClassed("Ngày quyết định ở sau hôm nay. Hãy xem lại ngày ghi trên quyết định.")
    if decision.valid_to is not None and decision.valid_to <= decision.valid_from:
        raise NotClassed("Ngày hết hiệu lực phải sau ngày bắt đầu.")
    span = (decision.valid_from, decision.valid_to)
    for other in known:
        same = other.kind == decision.kind or (Kind(other.kind) in _EXCLUDE and decision.kind in _EXCLUDE)
        if same and overlaps(span, (other.valid_from, other.valid_to)):
            label = KIND_LABELS[Kind(other.kind)]
            raise NotClassed(
                f"Hộ đã là {label} từ ngày {date_text(other.valid_from)} (quyết định {other.decision_number}). "
                "Hãy ghi ngày thôi của loại đó trước, hoặc chọn khoảng ngày khác."
            )
    line = line if decision.kind in BY_STANDARD else None
    if line is None and decision.kind in BY_STANDARD:
        raise NotClassed(f"Chưa có chuẩn nghèo áp dụng cho ngày {date_text(decision.valid_from)}.")
    return Classification(
        household=row,
        root_id=row.root_id,
        kind=decision.kind,
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        decision_number=nfc(decision.number.strip())[:60],
        decided_on=decision.decided_on,
        line=line,
        reason=nfc(decision.reason.strip())[:200],
        recorded_at=now,
        recorded_by=by,
    )


def _code(made: Classification) -> str:
    return made.line.code if made.line else ""


def counts_on(areas: Iterable[UUID], day: date) -> dict[tuple[UUID, Kind], int]:
    """Return {(area, class): households on a day}, each class by itself (one query)."""
    return dict(telling.counts(areas, day))
