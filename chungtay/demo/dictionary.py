"""The dictionary of the demonstration: what each figure of Programme 500 means and how it adds up."""

from datetime import date, datetime

from chungtay.accounts.models import User
from chungtay.demo.story import story
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicators_by_code
from chungtay.indicators.services import Definition

AMOUNTS = {"cash": "Tiền thực nhận", "in_kind": "Hiện vật quy thành tiền", "outside": "Vận động ngoài Quỹ"}
WORKS = {"new": "Xây mới", "repair": "Sửa chữa"}
GIFTS = {
    "scholarship": "Học bổng",
    "medical": "Khám chữa bệnh",
    "gift": "Quà cho hộ nghèo, hộ khó khăn",
    "production": "Hỗ trợ sản xuất",
}


SPENDING = {
    "house-new": "Xây mới nhà ở",
    "house-repair": "Sửa chữa nhà ở",
    "bridge": "Xây, sửa cầu, đường",
    "scholarship": "Học bổng",
    "medical": "Khám chữa bệnh",
    "gift": "Quà tặng",
    "livelihood": "Hỗ trợ sản xuất, sinh kế",
    "relief": "Cứu trợ đột xuất",
    "management": "Chi quản lý quỹ",
    "hien-vat": "Hiện vật đã trao",
}
OF_THE_FUNDS = ("fund.raised", "fund.raised_in_campaigns", "fund.pledged", "fund.spent")
"""Whose source of record are the books of the funds."""
OF_THE_CASES = ("support.houses", "support.bridges", "support.packages", "support.package_value")
"""Whose source of record are the cases of support."""


def define(now: datetime, by: User) -> None:
    """Define the dimensions and indicators of the programme, in reading order."""
    indicators.define_dimension(code="amount", name="Nguồn vận động", values=AMOUNTS, now=now, by=by)
    indicators.define_dimension(code="house_work", name="Cách làm nhà", values=WORKS, now=now, by=by)
    indicators.define_dimension(code="gift_kind", name="Loại hỗ trợ", values=GIFTS, now=now, by=by)
    campaigns = {code: told["name"] for code, told in story()["fund"]["campaigns"].items()}
    campaigns["ngoai-dot"] = "Ngoài các đợt vận động"
    indicators.define_dimension(code="campaign", name="Đợt vận động", values=campaigns, now=now, by=by)
    indicators.define_dimension(code="spending_kind", name="Loại chi", values=SPENDING, now=now, by=by)
    stock = "Số có đến ngày cuối kỳ."
    indicators.define_indicators(
        [
            Definition(
                "fund.raised",
                "Vận động chăm lo người nghèo",
                "đồng",
                "Tổng số vận động trong kỳ: tiền thực nhận vào Quỹ “Vì người nghèo”, hiện vật quy thành tiền và vận động trực tiếp "
                "không qua Quỹ. Không tính số mới đăng ký, không tính tiền cấp trên chuyển xuống, không tính lãi tiền gửi.",
                Kind.FLOW,
                name_en="Raised for the poor",
                method="Cộng từ chứng từ của từng quỹ theo ngày phát sinh; báo cáo kỳ xác nhận. Tính cả năm không có Tháng cao "
                "điểm, như năm 2021.",
                is_money=True,
                dimensions=("amount",),
            ),
            Definition(
                "support.houses",
                "Nhà đại đoàn kết, nhân ái, tình thương",
                "căn",
                "Căn nhà xây mới hoặc sửa chữa đã nghiệm thu, bàn giao trong kỳ.",
                Kind.FLOW,
                name_en="Houses built or repaired",
                dimensions=("house_work",),
            ),
            Definition(
                "support.bridges",
                "Cầu nông thôn xây dựng, sửa chữa",
                "cây cầu",
                "Cây cầu nông thôn xây mới hoặc sửa chữa đã nghiệm thu trong kỳ.",
                Kind.FLOW,
                name_en="Rural bridges built or repaired",
            ),
            Definition(
                "support.packages",
                "Học bổng, khám chữa bệnh, quà, hỗ trợ sản xuất",
                "suất",
                "Số suất đã trao trong kỳ; một hộ nhận hai lần là hai suất.",
                Kind.FLOW,
                name_en="Support packages given",
                round_step=1000,
                dimensions=("gift_kind",),
            ),
            Definition(
                "support.package_value",
                "Giá trị các suất hỗ trợ",
                "đồng",
                "Giá trị bằng tiền của các suất đã trao trong kỳ.",
                Kind.FLOW,
                name_en="Value of support packages",
                is_money=True,
                dimensions=("gift_kind",),
            ),
            Definition(
                "poverty.poor_households",
                "Hộ nghèo",
                "hộ",
                "Hộ nghèo theo kết quả rà soát cuối năm được công nhận.",
                Kind.STOCK,
                name_en="Poor households",
                method=stock,
            ),
            Definition(
                "poverty.households",
                "Hộ dân cư",
                "hộ",
                "Tổng số hộ dân cư cuối năm.",
                Kind.STOCK,
                name_en="Households",
                method=stock,
            ),
            Definition(
                "poverty.rate",
                "Tỷ lệ hộ nghèo",
                "%",
                "Hộ nghèo trên tổng số hộ dân cư, tính lại từ hai số ở từng cấp, không lấy trung bình.",
                Kind.RATIO,
                name_en="Poverty rate",
                numerator="poverty.poor_households",
                denominator="poverty.households",
            ),
            Definition(
                "groups.hoi_quan",
                "Hội quán đang hoạt động",
                "Hội quán",
                "Hội quán có sinh hoạt trong kỳ.",
                Kind.STOCK,
                name_en="Farmers' clubs",
                method=stock,
            ),
            Definition(
                "groups.hoi_quan_members",
                "Thành viên Hội quán",
                "thành viên",
                "Người đang tham gia các Hội quán.",
                Kind.STOCK,
                name_en="Members of farmers' clubs",
                method=stock,
            ),
            Definition(
                "groups.htx_from_hoi_quan",
                "Hợp tác xã thành lập từ Hội quán",
                "HTX",
                "Hợp tác xã ra đời từ Hội quán, còn hoạt động.",
                Kind.STOCK,
                name_en="Co-operatives born of clubs",
                method=stock,
            ),
            Definition(
                "groups.self_managed",
                "Tổ Nhân dân tự quản",
                "tổ",
                "Tổ Nhân dân tự quản đang hoạt động.",
                Kind.STOCK,
                name_en="Self-managed groups",
                method=stock,
            ),
            Definition(
                "activities.propaganda",
                "Buổi tuyên truyền",
                "buổi",
                "Buổi tuyên truyền, vận động do các bên phối hợp tổ chức trong kỳ.",
                Kind.FLOW,
                name_en="Outreach sessions",
            ),
            Definition(
                "awards.collectives",
                "Tập thể được tặng giấy khen",
                "tập thể",
                "Tập thể được UBND thành phố tặng giấy khen về thực hiện Chương trình.",
                Kind.FLOW,
                name_en="Collectives commended",
            ),
            Definition(
                "fund.raised_in_campaigns",
                "Vận động theo đợt",
                "đồng",
                "Số vận động chăm lo người nghèo chia theo đợt. Đợt có thể qua hai năm, có năm không có đợt nào: năm và đợt là hai "
                "cách chia riêng của cùng một tổng.",
                Kind.FLOW,
                name_en="Raised by campaign",
                method="Cộng từ chứng từ của từng quỹ.",
                is_money=True,
                dimensions=("campaign",),
            ),
            Definition(
                "fund.pledged",
                "Đăng ký ủng hộ",
                "đồng",
                "Số mới đăng ký trong kỳ, kể cả khi chưa nhận. Không bao giờ cộng vào số đã vận động.",
                Kind.FLOW,
                name_en="Pledged",
                method="Cộng từ sổ đăng ký của từng quỹ.",
                is_money=True,
            ),
            Definition(
                "fund.spent",
                "Đã chi chăm lo người nghèo",
                "đồng",
                "Tiền đã chi và hiện vật đã trao từ Quỹ “Vì người nghèo” trong kỳ, theo loại. Không tính tiền chuyển cho cấp khác.",
                Kind.FLOW,
                name_en="Spent for the poor",
                method="Cộng từ chứng từ của từng quỹ theo ngày phát sinh.",
                is_money=True,
                dimensions=("spending_kind",),
            ),
        ],
        now=now,
        by=by,
    )
    since = date.fromisoformat(story()["fund"]["opened_on"])
    for codes, keeper, told in (
        (OF_THE_FUNDS, Keeper.FUNDS, story()["fund"]),
        (OF_THE_CASES, Keeper.REGISTERS, story()["support"]),
    ):
        for indicator in indicators_by_code(codes).values():
            indicators.set_record_source(
                indicator=indicator,
                keeper=keeper,
                valid_from=since,
                legal_basis=told["record_basis"],
                now=now,
                by=by,
            )
