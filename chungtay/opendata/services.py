"""Every write of the room: releasing, and saying under which licence."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.opendata.licences import known_licences
from chungtay.opendata.models import Licence
from chungtay.opendata.releasing import Made, NoPortal, matter, release
from chungtay.opendata.store import path_of

__all__ = ["Made", "NoBasis", "NoPortal", "UnknownLicence", "give_licence", "path_of", "release", "release_due"]


class UnknownLicence(DomainError):
    """The code is none of the licences to choose from."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Không có giấy phép mang mã {code}. Hãy chọn một trong: {', '.join(known_licences())}.")


class NoBasis(DomainError):
    """Nobody said what the choice rests on."""

    def __init__(self) -> None:
        super().__init__("Hãy ghi căn cứ: văn bản, quyết định nào cho phép dùng giấy phép này.")


def release_due(*, now: datetime) -> int:
    """Release what has changed, by the clock; return how many releases that made: 0 or 1. Nothing before the portal has a place.

    Raises what `release` raises.
    """
    try:
        matter()
    except NoPortal:
        return 0
    return int(release(now=now, by=None).is_new)


@transaction.atomic
def give_licence(*, code: str, basis: str, is_verified: bool, valid_from: date, now: datetime, by: User) -> Licence:
    """Say under which licence releases go out from a day on; releases that are out keep theirs.

    Raises NoPortal, NotAllowed, UnknownLicence, NoBasis.
    """
    about = matter()
    access.require(by, "publish", about, on=localdate(now))
    known = known_licences().get(code)
    if known is None:
        raise UnknownLicence(code)
    if not basis.strip():
        raise NoBasis
    made = Licence.objects.create(
        code=known.code,
        name=known.name,
        url=known.url,
        basis=basis.strip(),
        is_verified=is_verified,
        valid_from=valid_from,
        at=now,
        by=by,
    )
    facts = {"code": made.code, "basis": made.basis, "verified": is_verified, "from": valid_from}
    audit.record("opendata.licence.given", obj=made, area_id=about.access_area_id, data=facts, now=now, by=by)
    return made
