"""A portal with an editor, a leader who lets articles out, and houses that two units have counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_indicators
from chungtay.kernel.periods import parse_period
from chungtay.portal import ground, services
from chungtay.portal.models import ArticlePage
from chungtay.portal.rules import Form
from chungtay.portal.services import Draft, FigureGiven
from tests.cast import START, Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2023, 5, 30, 9, 0, tzinfo=ZONE)
HOUSES, RAISED = "support.houses", "fund.raised"
PERIOD = "2022"


@dataclass
class Newsroom:
    """The people of the portal and its clock, a minute later at every act."""

    cast: Cast
    editor: User
    now: datetime = NOW

    def tick(self, days: int = 0) -> datetime:
        self.now += timedelta(days=days, minutes=1)
        return self.now

    def trace(self, code: str = HOUSES, period: str = PERIOD) -> str:
        return encode_trace(TraceKey(code, "", self.cast.city.pk, period, "approved", None, None))

    def figure(self, key: str = "nha", **more: object) -> FigureGiven:
        return FigureGiven(**({"key": key, "label": "Nhà xây, sửa", "trace": self.trace(), "in_box": True} | more))  # type: ignore[arg-type]

    def draft(self, **more: object) -> Draft:
        said: dict[str, object] = {
            "title": "Bốn trăm mái nhà", "lead": "Thành phố đã giúp {nha} nhà.", "author": "Ban biên tập", "category": "tin-tuc",
            "body": [("paragraph", "Trong đó có {nha} của năm 2022."), ("chart", {"title": "Nhà theo năm", "key": "nha", "note": ""})],
            "figures": [self.figure()],
        }  # fmt: skip
        return Draft(**(said | more))  # type: ignore[arg-type]

    def write(self, by: User | None = None, **more: object) -> ArticlePage:
        return services.write_article(
            draft=self.draft(**more), area_id=self.cast.city.pk, now=self.tick(), by=by or self.editor
        )

    def publish(self, article: ArticlePage, by: User | None = None) -> ArticlePage:
        return services.publish_article(article=article, now=self.tick(), by=by or self.cast.upper_leader)

    def published(self, **more: object) -> ArticlePage:
        return self.publish(self.write(**more))

    def count(self, unit: int, value: int, code: str = HOUSES, period: str = PERIOD) -> None:
        """A unit states a number, approved, at the newsroom's clock."""
        statement = Statement(code, "", self.cast.communes[unit].pk, parse_period(period), value, "B01/1")
        figures.record_facts(
            [statement], status="approved", source_kind="test", source_id=f"{unit}-{code}-{period}-{value}",
            now=self.tick(), by=None,
        )  # fmt: skip


def make_newsroom() -> Newsroom:
    """Create the people, the pages that every portal has, and 10 + 11 houses."""
    ground.lay()
    cast = make_cast()
    editor = cast.person("editor", "Mai Thị Sen", "Biên tập viên", (Role.EDITOR, cast.city))
    define_indicators(
        [
            Definition(HOUSES, "Nhà xây mới, sửa chữa", "căn", "Nhà đã nghiệm thu.", Kind.FLOW),
            Definition(RAISED, "Vận động chăm lo người nghèo", "đồng", "Tiền đã nhận.", Kind.FLOW, is_money=True),
        ],
        now=NOW,
        by=cast.admin,
    )
    room = Newsroom(cast, editor)
    for code in (HOUSES, RAISED):
        figures.expect(
            indicator_code=code,
            area_ids=[unit.pk for unit in cast.communes[:2]],
            valid_from=START,
            now=NOW,
            by=cast.admin,
        )
    room.count(0, 10)
    room.count(1, 11)
    room.count(0, 58_100_000_000, RAISED)
    room.count(1, 20_000_000, RAISED)
    return room


def picture_bytes(size: tuple[int, int] = (640, 360)) -> bytes:
    """A drawn picture as PNG."""
    out = BytesIO()
    Image.new("RGB", size, "#0b4f5c").save(out, "PNG")
    return out.getvalue()


__all__ = ["Form", "Newsroom", "make_newsroom", "picture_bytes"]
