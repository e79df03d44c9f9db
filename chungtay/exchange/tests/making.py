"""The cast's city exchanges with one system: two indicators are kept on record there since 2022, one by returns; all through services."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.exchange import services
from chungtay.exchange.models import DataImport, Partner
from chungtay.exchange.rules import Verb
from chungtay.figures import selectors as figures
from chungtay.indicators import records
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 10, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
WORDS = "Định nghĩa dùng trong kiểm thử."
VISITS, AREA, HOUSES, RATE = "health.visits", "land.area", "support.houses", "health.rate"


@dataclass
class World:
    """The cast, the system, and short ways to send it something and to see what came of it."""

    cast: Cast
    partner: Partner
    now: datetime = NOW

    def send(self, *values: dict, by=None, partner=None, name: str = "tep.json", **more) -> services.Received:
        """Take a JSON file in, an hour after what was before."""
        self.now += timedelta(hours=1)
        data = json.dumps({"dataValues": list(values)}).encode()
        given = {"partner": partner or self.partner, "data": data, "file_name": name, "now": self.now}
        return services.receive(**given, by=by or self.cast.officer, **more)

    def move(self, of: DataImport, verb: Verb, by, note: str = "") -> None:
        self.now += timedelta(hours=1)
        services.move(of=of, verb=verb, note=note, now=self.now, by=by)

    def approve(self, of: DataImport) -> None:
        self.move(of, Verb.APPROVE, self.cast.upper_leader)

    def value(
        self, code: str, place: int | None, period: str, dimension: str = "", status: str = "approved"
    ) -> int | None:
        """Return a figure of a commune, None: of the city."""
        area = self.cast.city if place is None else self.cast.communes[place]
        return figures.figure(code, area.pk, parse_period(period), dimension=dimension, status=status).value


def said(element: str, unit: str, period: str, value: object, **more: object) -> dict:
    """Return a value as DHIS2 writes it."""
    return {"dataElement": element, "orgUnit": unit, "period": period, "value": str(value), **more}


def define(by) -> None:
    """Define the dictionary: a flow with and one without a breakdown, a stock with decimals, a ratio."""
    indicators.define_dimension(
        code="work", name="Cách làm", values={"new": "Xây mới", "repair": "Sửa chữa"}, now=NOW, by=by
    )
    indicators.define_indicators(
        [
            Definition(VISITS, "Lượt khám", "lượt", WORDS, Kind.FLOW),
            Definition(AREA, "Diện tích đất", "ha", WORDS, Kind.STOCK, decimals=2),
            Definition(HOUSES, "Nhà ở", "căn", WORDS, Kind.FLOW, dimensions=("work",)),
            Definition(RATE, "Lượt khám trên đất", "lượt/ha", WORDS, Kind.RATIO, numerator=VISITS, denominator=AREA),
            Definition("groups.clubs", "Hội quán", "Hội quán", WORDS, Kind.STOCK),
        ],
        now=NOW,
        by=by,
    )
    for code in (VISITS, AREA, HOUSES):
        records.set_record_source(
            indicator=indicator_by_code(code), keeper=Keeper.EXCHANGE, valid_from=date(2021, 1, 1), now=NOW, by=by
        )


def make_world() -> World:
    """Make the world in an empty database."""
    cast = make_cast(communes=3)
    define(cast.officer)
    partner = services.create_partner(area=cast.city, code="dhis2", name="DHIS2 ngành y tế", now=NOW, by=cast.officer)
    return World(cast, partner)
