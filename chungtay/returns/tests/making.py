"""A small real programme for tests: two flows, two stocks and their ratio, one form, rounds; all through the services."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from chungtay.programmes import services as programmes
from chungtay.returns import selectors, services
from chungtay.returns.rules import Entry, RuleSpec
from chungtay.returns.services import CellDraft

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 10, 10, 9, 0, tzinfo=ZONE)
DUE = datetime(2022, 10, 20, 17, 0, tzinfo=ZONE)
WHOLE = {
    "support.houses:new": Entry(value=3),
    "support.houses:repair": Entry(value=4),
    "groups.clubs": Entry(value=2),
    "poverty.poor": Entry(value=61),
    "poverty.all": Entry(value=4512),
}


def make_programme(cast):
    """Return the programme of the cast's province, with its dictionary."""
    indicators.define_dimension(
        code="work", name="Cách làm", values={"new": "Xây mới", "repair": "Sửa chữa"}, now=NOW, by=cast.officer
    )
    words = "Định nghĩa dùng trong kiểm thử."
    indicators.define_indicators(
        [
            Definition("support.houses", "Nhà ở", "căn", words, Kind.FLOW, dimensions=("work",)),
            Definition("groups.clubs", "Hội quán", "Hội quán", words, Kind.STOCK),
            Definition("poverty.poor", "Hộ nghèo", "hộ", words, Kind.STOCK),
            Definition("poverty.all", "Hộ dân", "hộ", words, Kind.STOCK),
            Definition(
                "poverty.rate",
                "Tỷ lệ hộ nghèo",
                "%",
                words,
                Kind.RATIO,
                numerator="poverty.poor",
                denominator="poverty.all",
            ),
        ],
        now=NOW,
        by=cast.officer,
    )
    return programmes.create_programme(
        code="500",
        number="500",
        kind="Chương trình phối hợp",
        title="về thực hiện một số nhiệm vụ trọng tâm, giai đoạn 2020 - 2024",
        signed_on=date(2019, 12, 13),
        starts_on=date(2020, 1, 1),
        ends_on=date(2024, 12, 31),
        area=cast.province,
        parties=[cast.body(cast.province, BodyKind.UBND), cast.body(cast.province, BodyKind.MTTQ)],
        now=NOW,
        by=cast.officer,
    )


def make_form(cast, programme):
    """Return form B01 with five cells and one relation."""
    return services.publish_form(
        programme=programme,
        code="B01",
        title="Kết quả phối hợp",
        cells=[
            CellDraft("A. Nhà ở", "Nhà xây mới", "support.houses", "new"),
            CellDraft("A. Nhà ở", "Nhà sửa chữa", "support.houses", "repair"),
            CellDraft("B. Khác", "Hội quán", "groups.clubs"),
            CellDraft("B. Khác", "Hộ nghèo", "poverty.poor"),
            CellDraft("B. Khác", "Tổng số hộ", "poverty.all"),
        ],
        relations=[
            RuleSpec("at_most", "poverty.poor", "poverty.all", "Hộ nghèo ({left}) nhiều hơn tổng số hộ ({right}).")
        ],
        now=NOW,
        by=cast.officer,
    )


def make_round(cast, form=None, period="2022Q3", due=DUE):
    """Open a round for the cast's communes and return it."""
    form = form or make_form(cast, make_programme(cast))
    return services.open_round(
        form=form, period=parse_period(period), due_at=due, areas=cast.communes, now=NOW, by=cast.officer
    )


def return_at(opened, area):
    """Return what the area owes in the round, as it stands."""
    return selectors.return_of(form=opened.form, period_code=opened.period_code, area=area)


def fill(of, by, entries=None, now=NOW):
    """Save entries (the whole form by default)."""
    return services.save_draft(of=of, entries=WHOLE if entries is None else entries, now=now, by=by)


def send(of, clerk, leader, entries=None, now=NOW):
    """Fill, submit and sign; return the return."""
    fill(of, clerk, entries, now)
    version = services.submit_return(of=of, now=now, by=clerk)
    return services.sign_return(of=of, content_hash=version.content_hash, now=now + timedelta(hours=1), by=leader)


def approve(of, officer, now=NOW):
    """Approve the version that waits."""
    of.refresh_from_db()
    return services.approve_return(
        of=of, content_hash=of.current_version.content_hash, now=now + timedelta(days=1), by=officer
    )
