"""An office decides who is told when, from a day on: a new version of a chain, with its basis and reason."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.text import date_text
from chungtay.notices.chains import BadChain, Step, check_steps
from chungtay.notices.models import ChainStep, ChainVersion
from chungtay.notices.registry import chain_of
from chungtay.notices.selectors import versions_known
from chungtay.places.models import Area


class ChainMoved(BadChain):
    """Somebody else has set the chain since the person looked."""


@transaction.atomic
def set_chain(
    *,
    area: Area,
    chain: str,
    steps: Sequence[Step],
    valid_from: date,
    legal_basis: str,
    is_verified: bool = False,
    reason: str,
    seen: int,
    now: datetime,
    by: User,
) -> ChainVersion:
    """Set the steps of a chain for a place and those below it from a day on, never backwards.

    seen: how many versions of the chain, of all places, stood when the person looked. Raises NotAllowed, BadChain, ChainMoved,
    and KeyError for an unknown chain.
    """
    today = localdate(now)
    access.require(by, "edit", Matter("chain", area.pk), on=today)
    kind = chain_of(chain)
    found = check_steps(steps)
    if strange := [step.who for step in found if step.who not in kind.whos]:
        raise BadChain(f"Việc này không báo cho “{strange[0]}”. Hãy bỏ bước đó.")
    if valid_from < today:
        raise BadChain(
            f"Trình tự chỉ đổi từ hôm nay ({date_text(today)}) trở đi; việc đã báo rồi không báo lại. Hãy sửa ngày."
        )
    if not legal_basis.strip() or not reason.strip():
        raise BadChain("Mỗi lần đổi phải có căn cứ (số, ngày văn bản) và lý do. Hãy ghi rồi lưu lại.")
    Area.objects.select_for_update().get(pk=area.pk)
    known = ChainVersion.objects.filter(area=area, chain=chain).count()
    if versions_known(chain) != seen:
        raise ChainMoved(
            "Người khác vừa đổi trình tự này. Hãy tải lại trang, xem lại rồi làm tiếp; chưa có gì bị ghi đè."
        )
    made = ChainVersion.objects.create(
        area=area, chain=chain, number=known + 1, valid_from=valid_from, legal_basis=legal_basis.strip()[:300],
        is_verified=is_verified, reason=reason.strip()[:300], at=now, by=by,
    )  # fmt: skip
    ChainStep.objects.bulk_create(ChainStep(version=made, who=step.who, days=step.days) for step in found)
    data = {
        "chain": chain,
        "steps": [f"{step.who} {step.days}" for step in found],
        "from": valid_from,
        "basis": made.legal_basis,
        "reason": made.reason,
    }
    audit.record("notices.chain.set", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made
