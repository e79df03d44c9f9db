"""A programme with a city plan, targets and two rounds, told through the services: the first approved and later mended,
the second under way. Two communes; Phường 11 reports 3 new + 4 repaired houses for quarter III, Phường 1 the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.indicators.selectors import indicator_by_code
from chungtay.places.rules import BodyKind
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Comparison, Programme
from chungtay.returns import services
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from tests.cast import Cast, make_cast

MENDED_ON = date(2022, 11, 5)
MENDED_AT = datetime(2022, 11, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
WHOLE_PROGRAMME = "2020-01..2024-12"


@dataclass
class Tale:
    """What the tests look at."""

    cast: Cast
    programme: Programme
    plan: Programme


def tell(communes: int = 2) -> Tale:
    """Make the programme, approve quarter III of both communes, mend Phường 11 (4 repaired become 5), open quarter IV."""
    cast = make_cast(communes)
    programme = making.make_programme(cast)
    plan = _plan(cast, programme)
    form = making.make_form(cast, programme)
    third = making.make_round(cast, form)
    pairs = list(zip(cast.communes[:2], (cast.clerk, cast.other_clerk), strict=True))
    for area, clerk in pairs:
        of = making.return_at(third, area)
        making.send(of, clerk, cast.leader)
        making.approve(of, cast.officer)
    _mend(cast, making.return_at(third, cast.communes[0]))
    due = datetime(2023, 1, 20, 17, 0, tzinfo=making.ZONE)
    fourth = making.make_round(cast, form, period="2022Q4", due=due)
    making.send(making.return_at(fourth, cast.communes[1]), cast.other_clerk, cast.leader, now=due - timedelta(days=3))
    return Tale(cast, programme, plan)


def _plan(cast: Cast, programme: Programme) -> Programme:
    plan = programmes.create_programme(
        code="500-866",
        number="18/KH",
        kind="Kế hoạch thực hiện",
        title="thực hiện Chương trình phối hợp số 500",
        signed_on=date(2020, 1, 15),
        starts_on=programme.starts_on,
        ends_on=programme.ends_on,
        area=cast.city,
        parties=[cast.body(cast.city, BodyKind.UBND)],
        parent=programme,
        now=making.NOW,
        by=cast.officer,
    )
    for code, period, value, comparison in (
        ("support.houses", WHOLE_PROGRAMME, 16, Comparison.AT_LEAST),
        ("poverty.rate", "2024", 80, Comparison.AT_MOST),
    ):
        programmes.set_target(
            programme=plan,
            indicator=indicator_by_code(code),
            area=cast.city,
            period_code=period,
            value=value,
            comparison=comparison,
            basis="Kế hoạch 18/KH",
            now=making.NOW,
            by=cast.officer,
        )
    return plan


def _mend(cast: Cast, of) -> None:
    services.reopen_return(of=of, note="Thêm một căn đã nghiệm thu.", now=MENDED_AT, by=cast.officer)
    of.refresh_from_db()
    making.send(of, cast.clerk, cast.leader, {"support.houses:repair": Entry(value=5)}, now=MENDED_AT)
    of.refresh_from_db()
    services.approve_return(
        of=of, content_hash=of.current_version.content_hash, now=MENDED_AT + timedelta(hours=3), by=cast.officer
    )
