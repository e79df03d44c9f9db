"""Households for tests: each call is another one, with made-up numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from chungtay.households.models import Household
from chungtay.households.rules import Ground, Kind, Personal
from chungtay.households.services import Decision, LegalGround, register
from tests.cast import Cast

NOW = datetime(2023, 6, 15, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
GROUND = LegalGround(Ground.LAW, "Quyết định số 12/QĐ-UBND ngày 15/12/2022", date(2022, 12, 15))
AN = Personal("Nguyễn Văn An", "Ấp Hòa Long", 4, 1960, "Tổ 3", "0912345678", "087060001234")


def household(cast: Cast, personal: Personal = AN, *, area: int = 0) -> Household:
    """Register a household as the clerk of its commune."""
    by = cast.clerk if area == 0 else cast.other_clerk
    return register(area=cast.communes[area], personal=personal, ground=GROUND, now=NOW, by=by)


def decision(kind: Kind = Kind.POOR, start: date = date(2023, 1, 1), end: date | None = None) -> Decision:
    """Return a decision of the end of 2022."""
    return Decision(kind, start, "120/QĐ-UBND", date(2022, 12, 20), end)
