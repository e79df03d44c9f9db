"""The dictionary of the demonstration: what each figure of Programme 500 means and how it adds up."""

from datetime import datetime

from chungtay.accounts.models import User
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition

AMOUNTS = {"cash": "Tiền thực nhận", "in_kind": "Hiện vật quy thành tiền", "outside": "Vận động ngoài Quỹ"}
WORKS = {"new": "Xây mới", "repair": "Sửa chữa"}
GIFTS = {
    "scholarship": "Học bổng",
    "medical": "Khám chữa bệnh",
    "gift": "Quà cho hộ nghèo, hộ khó khăn",
    "production": "Hỗ trợ sản xuất",
}


def define(now: datetime, by: User) -> None:
    """Define the dimensions and indicators of the programme, in reading order."""
    indicators.define_dimension(code="amount", name="Nguồn vận động", values=AMOUNTS, now=now, by=by)
    indicators.define_dimension(code="house_work", name="Cách làm nhà", values=WORKS, now=now, by=by)
    indicators.define_dimension(code="gift_kind", name="Loại hỗ trợ", values=GIFTS, now=now, by=by)
    stock = "Số có đến ngày cuối kỳ."
    indicators.define_indicators(
        [
            Definition(
                "fund.raised",
                "Vận động chăm lo người nghèo",
                "đồng",
                "Tổng số vận động trong kỳ: tiền thực nhận vào Quỹ “Vì người nghèo”, hiện vật quy thành tiền và vận động trực tiếp "
                "không qua Quỹ. Không tính số mới đăng ký, không tính tiền cấp trên chuyển xuống.",
                Kind.FLOW,
                name_en="Raised for the poor",
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
        ],
        now=now,
        by=by,
    )
