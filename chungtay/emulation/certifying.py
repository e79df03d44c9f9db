"""A certificate is taken back, or replaced by a corrected one, by two people: one asks with a reason, another decides."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation import selectors
from chungtay.emulation.awarding import book, locked_counter
from chungtay.emulation.models import BookEntry, CertificateStep
from chungtay.emulation.rules import AwardState, CertificateState, WrongTurn, check_reason
from chungtay.kernel.folding import nfc

_Act = CertificateStep.Act


@transaction.atomic
def ask_revocation(*, entry: BookEntry, reason: str, name: str = "", now: datetime, by: User) -> CertificateStep:
    """Ask to revoke a certificate; with the right `name` also to replace it. Raises WrongTurn, ReasonNeeded, NotAllowed."""
    row = _locked(entry)
    access.require(by, "revoke", row, on=localdate(now))
    said = check_reason(reason, "thu hồi")
    if selectors.certificate_state(row) is not CertificateState.VALID:
        raise WrongTurn("Giấy khen này đã thu hồi, hoặc đang có đề nghị thu hồi. Hãy tải lại trang.")
    return _step(row, _Act.ASK, said, nfc(" ".join(name.split())), "asked", now, by)


@transaction.atomic
def decide_revocation(*, entry: BookEntry, confirms: bool, reason: str, now: datetime, by: User) -> BookEntry | None:
    """Confirm or decline what somebody else asked for; return the replacement where there is one.

    The replacement takes the next number of the book of the year; it brings no money of its own. Raises WrongTurn, ReasonNeeded,
    NotAllowed.
    """
    counter = locked_counter(entry.body, localdate(now).year)
    row = _locked(entry)
    asked = row.steps.order_by("-number").first()
    if asked is None or asked.act != _Act.ASK:
        raise WrongTurn("Không có đề nghị thu hồi nào đang chờ. Hãy tải lại trang.")
    matter = Matter("award", row.access_area_id, AwardState.ISSUED, frozenset({asked.by_id}))
    access.require(by, "annul", matter, on=localdate(now))
    said = check_reason(reason, "quyết định")
    made = None
    if confirms and asked.name:
        made = book(row.decision, row.award, asked.name, counter, None, row, now, by)
    _step(row, _Act.CONFIRM if confirms else _Act.DECLINE, said, asked.name, "revoked" if confirms else "kept", now, by)
    return made


def _locked(entry: BookEntry) -> BookEntry:
    """The line with everything of it; its steps are counted under the lock of its decision, since it is only added to."""
    from_decision = type(entry.decision).objects.select_for_update().get(pk=entry.decision_id)
    row = BookEntry.objects.select_related("body", "award").prefetch_related("steps").get(pk=entry.pk)
    row.decision = from_decision
    return row


def _step(
    row: BookEntry, act: CertificateStep.Act, reason: str, name: str, past: str, now: datetime, by: User
) -> CertificateStep:
    number = row.steps.count() + 1
    made = CertificateStep.objects.create(entry=row, number=number, act=act, reason=reason, name=name, at=now, by=by)
    data = {"book": str(row), "reason": reason, "replaced": bool(name)}
    audit.record(f"emulation.certificate.{past}", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return made
