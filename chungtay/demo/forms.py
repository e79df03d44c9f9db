"""The forms of the demonstration: which cells the units fill, and what must hold between them."""

from datetime import datetime

from chungtay.accounts.models import User
from chungtay.demo.dictionary import AMOUNTS, GIFTS
from chungtay.programmes.models import Programme
from chungtay.returns import services as returns
from chungtay.returns.models import Form
from chungtay.returns.rules import RuleSpec
from chungtay.returns.services import CellDraft


def publish_results(programme: Programme, now: datetime, by: User) -> Form:
    """Publish the form of the results, filled every quarter."""
    fund, care, groups = (
        "A. Vận động chăm lo người nghèo",
        "B. Hỗ trợ hộ nghèo, hộ khó khăn",
        "C. Mô hình cộng đồng, tuyên truyền",
    )
    cells = [
        *(CellDraft(fund, name, "fund.raised", code) for code, name in AMOUNTS.items()),
        CellDraft(care, "Nhà xây mới đã bàn giao", "support.houses", "new"),
        CellDraft(care, "Nhà sửa chữa đã bàn giao", "support.houses", "repair"),
        CellDraft(care, "Cầu nông thôn xây dựng, sửa chữa", "support.bridges"),
        *(CellDraft(care, f"{name}: số suất", "support.packages", code) for code, name in GIFTS.items()),
        *(CellDraft(care, f"{name}: giá trị", "support.package_value", code) for code, name in GIFTS.items()),
        CellDraft(groups, "Hội quán đang hoạt động", "groups.hoi_quan"),
        CellDraft(groups, "Thành viên Hội quán", "groups.hoi_quan_members"),
        CellDraft(groups, "Hợp tác xã thành lập từ Hội quán", "groups.htx_from_hoi_quan"),
        CellDraft(groups, "Tổ Nhân dân tự quản", "groups.self_managed"),
        CellDraft(groups, "Buổi tuyên truyền", "activities.propaganda"),
    ]
    relations = [
        *(
            RuleSpec(
                "needs",
                f"support.packages:{code}",
                f"support.package_value:{code}",
                "Có {left} suất nhưng giá trị bằng 0. Hãy ghi giá trị của các suất này.",
            )
            for code in GIFTS
        ),
        *(
            RuleSpec(
                "needs",
                f"support.package_value:{code}",
                f"support.packages:{code}",
                "Có giá trị {left} đồng nhưng số suất bằng 0. Hãy ghi số suất.",
            )
            for code in GIFTS
        ),
        RuleSpec(
            "at_most",
            "groups.hoi_quan",
            "groups.hoi_quan_members",
            "Có {left} Hội quán nhưng chỉ {right} thành viên. Hãy sửa một trong hai số.",
        ),
    ]
    return returns.publish_form(
        programme=programme, code="B01", title="Kết quả phối hợp", cells=cells, relations=relations, now=now, by=by
    )


def publish_poverty(programme: Programme, now: datetime, by: User) -> Form:
    """Publish the form of poor households, filled at the end of each year."""
    section = "Hộ nghèo cuối năm"
    return returns.publish_form(
        programme=programme,
        code="B02",
        title="Hộ nghèo",
        cells=[
            CellDraft(section, "Tổng số hộ dân cư", "poverty.households"),
            CellDraft(section, "Hộ nghèo", "poverty.poor_households"),
        ],
        relations=[
            RuleSpec(
                "at_most",
                "poverty.poor_households",
                "poverty.households",
                "Số hộ nghèo ({left}) lớn hơn tổng số hộ ({right}). Hãy sửa một trong hai số.",
            )
        ],
        now=now,
        by=by,
    )


def publish_awards(programme: Programme, now: datetime, by: User) -> Form:
    """Publish the form of commendations, filled by the city."""
    return returns.publish_form(
        programme=programme,
        code="B03",
        title="Khen thưởng",
        cells=[CellDraft("Khen thưởng", "Tập thể được tặng giấy khen", "awards.collectives")],
        now=now,
        by=by,
    )
