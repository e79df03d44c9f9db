"""How a fund “Vì người nghèo” of the story is opened, and which figures its books make."""

from datetime import date, datetime

from chungtay.accounts.models import User
from chungtay.demo.story import Unit, story
from chungtay.funds import services as funds
from chungtay.funds.models import Fund
from chungtay.funds.rules import Measure
from chungtay.funds.services import MeasureDraft
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.places.selectors import body_at

MEASURES = (
    MeasureDraft(Measure.RECEIVED, "fund.raised", "cash", ("511",)),
    MeasureDraft(Measure.RECEIVED, "fund.raised", "in_kind", ("512",)),
    MeasureDraft(Measure.OUTSIDE, "fund.raised", "outside"),
    MeasureDraft(Measure.CAMPAIGN, "fund.raised_in_campaigns", accounts=("511", "512")),
    MeasureDraft(Measure.PLEDGED, "fund.pledged"),
    MeasureDraft(Measure.SPENT, "fund.spent"),
    MeasureDraft(Measure.SPENT, "fund.spent", "hien-vat", ("6120",)),
)


def open_fund(unit: Unit, area: Area, now: datetime, by: User) -> Fund:
    """Open the fund of a unit's Ủy ban MTTQ; its books make figures from then on."""
    told = story()["fund"]
    name = f"{told['name']} {unit.name[0].lower()}{unit.name[1:]}"
    opened = unit.since or date.fromisoformat(told["opened_on"])
    fund = funds.open_fund(
        body=body_at(area.pk, BodyKind.MTTQ),
        code=told["code"],
        name=name,
        opened_on=opened,
        legal_basis=told["basis"],
        is_sample=True,
        now=now,
        by=by,
    )
    funds.set_measures(fund=fund, measures=MEASURES, now=now, by=by)
    return fund
