"""Writes about claims: take in what another body says of a figure, withdraw it, explain why it differs.

No write here touches a fact. A claim is corrected by one that supersedes it; what was said stays in the history.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.figures.answering import keys_by_indicator
from chungtay.figures.claims import PAPER, Standing
from chungtay.figures.models import Claim, ClaimExplanation
from chungtay.figures.rules import MAX_VALUE, Statement
from chungtay.figures.selectors import discrepancies
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.rules import BodyKind


class NotClaimable(DomainError):
    """What is said cannot be held against a figure: a ratio, an unknown key, a value too large, an area not on the map."""


class ClaimIncomplete(DomainError):
    """A claim without the body or the paper that says it, or a decision without its words."""


class ClaimMovedOn(DomainError):
    """The claim, or the figure beside it, is no longer what the person has seen."""


class NothingToExplain(DomainError):
    """The claim matches the figure."""


class ClaimOfReturn(DomainError):
    """The claim stands in a return: it goes when the return is sent back."""


@transaction.atomic
def record_claims(
    statements: Sequence[Statement],
    *,
    said_by: str,
    thread: str,
    source_kind: str,
    source_id: str,
    body_kind: BodyKind | None = None,
    paper: str = "",
    note: str = "",
    now: datetime,
    by: User | None,
) -> list[Claim]:
    """Take in what a body says and return the claims that are new; a value None withdraws. Facts are never touched.

    thread: what stays the same through the versions of a source. Within it the same value again adds nothing. Raises
    UnknownIndicator, NotClaimable, ClaimIncomplete.
    """
    if not said_by.strip():
        raise ClaimIncomplete("Chưa ghi cơ quan nêu số này. Hãy ghi tên cơ quan.")
    indicators = indicators_by_code(dict.fromkeys(statement.indicator_code for statement in statements))
    keys = keys_by_indicator(indicators.values())
    last = {
        (claim.indicator_id, claim.dimension, claim.area_id, claim.period_start, claim.period_end): claim
        for claim in Claim.objects.select_for_update(of=("self",)).filter(thread=thread, superseded_by__isnull=True)
    }
    new: list[Claim] = []
    for said in statements:
        indicator, period = indicators[said.indicator_code], said.period
        if indicator.kind == Kind.RATIO:
            raise NotClaimable(f"Chỉ tiêu “{indicator.name}” là tỷ lệ: hãy đối chiếu tử số và mẫu số của nó.")
        if said.dimension not in keys[indicator.pk] | {""}:
            raise NotClaimable(f"Chỉ tiêu “{indicator.name}” không có phân tổ “{said.dimension}”: hãy chọn lại.")
        if said.value is not None and abs(said.value) > MAX_VALUE:
            raise NotClaimable(f"Giá trị {format_integer(said.value)} quá lớn: hãy kiểm tra lại số chữ số.")
        before = last.get((indicator.pk, said.dimension, said.area_id, period.start, period.end))
        if said.value == (before.value if before is not None else None):
            continue
        new.append(
            Claim(
                thread=thread,
                supersedes=before,
                body_kind=body_kind or "",
                said_by=said_by.strip(),
                paper=paper.strip(),
                indicator=indicator,
                dimension=said.dimension,
                area_id=said.area_id,
                period_start=period.start,
                period_end=period.end,
                period_code=period.code,
                value=said.value,
                source_kind=source_kind,
                source_id=source_id,
                source_cell=said.cell,
                note=note.strip(),
                recorded_at=now,
                recorded_by=by,
            )
        )
    if new:
        Claim.objects.bulk_create(new)
        data = {"source": f"{source_kind}:{source_id}", "said_by": said_by.strip(), "claims": len(new)}
        area_id = new[0].area_id if len({claim.area_id for claim in new}) == 1 else None
        audit.record("figures.claim.recorded", obj=new[0], area_id=area_id, data=data, now=now, by=by)
    return new


@transaction.atomic
def state_claim(
    *, said: Statement, said_by: str, paper: str, body_kind: BodyKind | None = None, now: datetime, by: User
) -> Claim:
    """Take in a number that a paper states. Raises NotAllowed, ClaimIncomplete, NotClaimable, UnknownIndicator."""
    access.require(by, "state", Matter("claim", said.area_id), localdate(now))
    if said.value is None:
        raise ClaimIncomplete("Chưa ghi số mà văn bản nêu. Hãy ghi số.")
    if not paper.strip():
        raise ClaimIncomplete("Chưa ghi văn bản nêu số này. Hãy ghi tên hoặc số, ký hiệu của văn bản.")
    last_day = said.period.last_day
    if said.area_id not in places.tree_on(last_day):
        raise NotClaimable(f"Đơn vị không có trên bản đồ ngày {date_text(last_day)}: hãy chọn kỳ hoặc đơn vị khác.")
    source_id = str(uuid4())
    [claim] = record_claims(
        [said],
        said_by=said_by,
        thread=f"{PAPER}:{source_id}",
        source_kind=PAPER,
        source_id=source_id,
        body_kind=body_kind,
        paper=paper,
        now=now,
        by=by,
    )
    return claim


@transaction.atomic
def withdraw_claim(*, claim_id: UUID, note: str, now: datetime, by: User) -> Claim:
    """Take back a claim that was typed in from a paper, saying why. Raises NotAllowed, ClaimMovedOn, ClaimOfReturn, ClaimIncomplete."""
    claim = _locked(claim_id)
    access.require(by, "state", Matter("claim", claim.area_id), localdate(now))
    if claim.source_kind != PAPER:
        raise ClaimOfReturn("Số này nằm trong một báo cáo kỳ. Hãy trả lại báo cáo đó nếu số sai.")
    if not note.strip():
        raise ClaimIncomplete("Chưa ghi lý do bỏ. Hãy ghi vì sao số này không còn được nêu.")
    gone = Claim.objects.create(
        thread=claim.thread,
        supersedes=claim,
        body_kind=claim.body_kind,
        said_by=claim.said_by,
        paper=claim.paper,
        indicator_id=claim.indicator_id,
        dimension=claim.dimension,
        area_id=claim.area_id,
        period_start=claim.period_start,
        period_end=claim.period_end,
        period_code=claim.period_code,
        value=None,
        source_kind=PAPER,
        source_id=str(uuid4()),
        note=note.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    data = {"claim": str(claim.pk), "note": note.strip()}
    audit.record("figures.claim.withdrawn", obj=gone, area_id=claim.area_id, data=data, now=now, by=by)
    return gone


@transaction.atomic
def explain_claim(
    *, claim_id: UUID, claimed: int, derived: int | None, text: str, now: datetime, by: User
) -> ClaimExplanation:
    """Say why a claim differs from the figure; claimed and derived are the values that the person has seen.

    Never by who stated the claim. Raises NotAllowed, ClaimMovedOn when either value is another one by now,
    NothingToExplain, ClaimIncomplete.
    """
    claim = _locked(claim_id)
    [found] = discrepancies(claim_id=claim.pk)
    access.require(by, "explain", found.claimed, localdate(now))
    if (found.claimed.value, found.derived) != (claimed, derived):
        raise ClaimMovedOn("Số tổng hợp vừa thay đổi so với trang bạn đang xem. Hãy tải lại trang rồi giải trình.")
    if found.standing is Standing.MATCHED:
        raise NothingToExplain("Hai số đã khớp, không còn chênh lệch để giải trình.")
    if not text.strip():
        raise ClaimIncomplete("Chưa ghi giải trình. Hãy viết vì sao hai số khác nhau và số nào được dùng.")
    explained = ClaimExplanation.objects.create(
        claim=claim, derived=derived, text=text.strip(), recorded_at=now, recorded_by=by
    )
    data = {"claimed": claimed, "derived": derived, "text": text.strip()}
    audit.record("figures.claim.explained", obj=claim, area_id=claim.area_id, data=data, now=now, by=by)
    return explained


def _locked(claim_id: UUID) -> Claim:
    """Return a claim that stands, under lock. Raises ClaimMovedOn for one that was withdrawn or superseded."""
    claim = Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
    if claim is None or claim.value is None or Claim.objects.filter(supersedes=claim).exists():
        raise ClaimMovedOn("Số này vừa được bỏ hoặc thay bằng số khác. Hãy mở lại danh sách chênh lệch.")
    return claim
