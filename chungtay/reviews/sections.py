"""The opening, sections I, III and IV, and the closing. What the figures can say is said; judgements are marked as suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.kernel.periods import Period
from chungtay.kernel.text import LOCAL_TIME, date_text, day_text, join_and
from chungtay.papers.rules import HeadKind
from chungtay.reviews import idiom
from chungtay.reviews.annex import has_annex
from chungtay.reviews.book import Book, below_noun, goal_name
from chungtay.reviews.heads import HeadText, in_sentence
from chungtay.reviews.results import FUND, paragraph
from chungtay.reviews.rules import BlockKind, DraftBlock, Shape
from chungtay.reviews.scope import Scope


def write_opening(book: Book, head: HeadText) -> list[DraftBlock]:
    """Return the paragraph that says what is reported, by whom, and up to when."""
    scope, programme = book.scope, book.scope.programme
    between = f" giữa {join_and([in_body(party) for party in scope.parties])}" if len(scope.parties) > 1 else ""
    name = f"{programme.kind} số {programme.number} {day_text(programme.signed_on)}{between} {programme.title}"
    text = (
        f"Thực hiện {name} (sau đây gọi tắt là Chương trình), {head.issuer_in_text} báo cáo {scope.word} kết quả thực hiện "
        f"{_span(scope.period)} như sau:"
    )
    return [paragraph("open", "open", text), *_map_told(scope)]


def _map_told(scope: Scope) -> list[DraftBlock]:
    """Return the paragraph that names the map, when one was chosen."""
    if scope.map.as_of is None:
        return []
    wider = bool(scope.formers)
    parts = (
        "; đơn vị rộng hơn trước có dòng riêng cho phần “trước sắp xếp” tại Phụ lục" if wider and scope.children else ""
    )
    text = (
        f"Số liệu trên bản đồ ngày {date_text(scope.map.as_of)}: số liệu của đơn vị đã nhập, chia hoặc kết thúc được tính vào đơn "
        f"vị hình thành sau sắp xếp{parts}. So sánh với cùng kỳ cũng trên bản đồ này."
    )
    return [paragraph("open", "map", text)]


def in_body(name: str) -> str:
    """Return a body's name inside a sentence, its place in lower case: "Ủy ban nhân dân tỉnh Đồng Tháp"."""
    for word in ("Tỉnh", "Thành phố", "Huyện", "Xã", "Phường"):
        name = name.replace(f" {word} ", f" {word.lower()} ")
    return name


def _span(period: Period) -> str:
    name = idiom.window_name(period)
    return name if name.startswith("từ ") else f"trong {name}"


def write_direction(book: Book, head: HeadText) -> list[DraftBlock]:
    """Return section I: documents and division of work, then reporting and how far the figures reach."""
    scope, programme = book.scope, book.scope.programme
    both = "Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc Việt Nam"
    place = in_sentence(scope.area_name)
    planned = (
        f"{both} {place} đã thống nhất kế hoạch thực hiện Chương trình, phân công mỗi nhiệm vụ một cơ quan chủ trì và các cơ quan "
        "phối hợp, gắn với thời hạn và chỉ tiêu cụ thể."
        if scope.is_planned
        else f"{both} {place} đã phân công mỗi nhiệm vụ một cơ quan chủ trì và các cơ quan phối hợp."
    )
    blocks = [
        DraftBlock(BlockKind.H1, "i", "h1", "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN"),
        DraftBlock(BlockKind.H2, "i-1", "h2", "1. Ban hành văn bản, phân công nhiệm vụ"),
        paragraph("i-1", "plan", planned, is_suggestion=True),
    ]
    areas = [idiom.lower_first(area.title) for area in programme.areas_of_work.order_by("number")]
    if areas:
        blocks.append(paragraph("i-1", "areas", f"Nội dung phối hợp gồm: {'; '.join(areas)}."))
    blocks += [DraftBlock(BlockKind.H2, "i-2", "h2", "2. Thông tin, báo cáo"), _reporting(book)]
    return blocks


def _reporting(book: Book) -> DraftBlock:
    main = next((code for code in (FUND, *book.scope.series) if book.has(code) and book.figure(code)), "")
    reported = book.ask(main, Shape.COVERAGE) if main else ""
    noun = f"các {below_noun(book.scope)}" if book.scope.children else "đơn vị"
    told = f"Đến thời điểm chốt số liệu, {reported} kết quả thực hiện. " if reported else ""
    has_others = has_annex(book) or book.scope.map.old is not None
    last = "Phụ lục cuối của Báo cáo" if has_others else "Phụ lục"  # its number grows with the lists that people add
    text = (
        f"Chế độ thông tin, báo cáo giữa Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc Việt Nam, giữa {noun} với cấp trên được duy trì "
        f"định kỳ. {told}Số liệu trong Báo cáo này là số đã duyệt đến ngày {date_text(_known_day(book.scope))}; phạm vi và nguồn "
        f"của từng số liệu nêu tại {last}."
    )
    return paragraph("i-2", "reporting", text)


def _known_day(scope: Scope) -> date:
    return scope.known_at.astimezone(LOCAL_TIME).date()


def write_assessment(book: Book) -> list[DraftBlock]:
    """Return section III: what was reached, what was not, and suggestions for causes and lessons."""
    goals = _goals(book)
    reached = [goal for goal in goals if goal.is_reached]
    behind = [goal for goal in goals if not goal.is_reached]
    lacking = _lacking(book)
    blocks = [
        DraftBlock(BlockKind.H1, "iii", "h1", "III. ĐÁNH GIÁ CHUNG"),
        DraftBlock(BlockKind.H2, "iii-1", "h2", "1. Ưu điểm"),
        paragraph(
            "iii-1",
            "strengths",
            "Công tác phối hợp giữa Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc Việt Nam đi vào nền nếp, rõ việc, rõ cơ quan chủ trì; "
            "nguồn lực được vận động, quản lý công khai và hỗ trợ đúng đối tượng.",
            is_suggestion=True,
        ),
    ]
    if reached:
        blocks.append(paragraph("iii-1", "reached", f"Các chỉ tiêu đã đạt và vượt kế hoạch: {_said(reached)}."))
    blocks.append(DraftBlock(BlockKind.H2, "iii-2", "h2", "2. Hạn chế và nguyên nhân"))
    if behind:
        blocks.append(paragraph("iii-2", "behind", f"{idiom.capital(_said_together(behind))}."))
    if lacking:
        blocks.append(paragraph("iii-2", "lacking", f"Số liệu chưa đủ đơn vị: {'; '.join(lacking)}."))
    blocks += [
        paragraph(
            "iii-2",
            "causes",
            "Một số đơn vị gửi báo cáo chưa đúng hạn; việc nhân rộng các mô hình tự quản chưa đều. Nguyên nhân chủ yếu do cán bộ "
            "cơ sở kiêm nhiệm nhiều việc, sổ theo dõi ban đầu chưa thống nhất.",
            is_suggestion=True,
        ),
        DraftBlock(BlockKind.H2, "iii-3", "h2", "3. Bài học kinh nghiệm"),
        paragraph(
            "iii-3",
            "lessons",
            "Mỗi việc giao một cơ quan chủ trì; lấy sổ sách gốc ở cơ sở làm nguồn của số liệu; công khai kết quả thường xuyên để "
            "Nhân dân cùng tham gia và giám sát.",
            is_suggestion=True,
        ),
    ]
    return blocks


@dataclass(frozen=True)
class Met:
    """A target held against its figure: of which indicator, for which plan, how much of it."""

    name: str
    plan: str
    when: str  # "năm 2022" for a target of one year
    token: str
    is_reached: bool


def _goals(book: Book) -> list[Met]:
    """Every target of the window and its years against its figure; a year that is not over is left out."""
    found = []
    for series in book.scope.series.values():
        for window in dict.fromkeys((book.scope.period, *book.scope.years)):
            goal, figure = book.scope.goal(series.code, window), book.figure(series.code, window)
            if goal is None or figure is None or figure.value is None or goal.at_most:
                continue
            if goal.is_of_one_year and goal.period != window:
                continue
            if token := book.ask(series.code, Shape.OF_TARGET, period=window):
                when = idiom.window_name(window) if goal.is_of_one_year else ""
                plan = "kế hoạch năm" if goal.is_of_one_year else goal_name(goal, window)
                name = idiom.lower_first(series.name)
                found.append(Met(name, plan, when, token, figure.value >= goal.value))
    return found


def _said(goals: Sequence[Met]) -> str:
    """The targets by indicator: "nhà ở (đạt {…} kế hoạch); vận động (năm 2021 đạt {…}, năm 2022 đạt {…} kế hoạch năm)"."""
    by_name: dict[tuple[str, str], list[str]] = {}
    for goal in goals:
        by_name.setdefault((goal.name, goal.plan), []).append(f"{goal.when} đạt {goal.token}".strip())
    return "; ".join(f"{name} ({', '.join(parts)} {plan})" for (name, plan), parts in by_name.items())


def _said_together(goals: Sequence[Met]) -> str:
    """The same for targets that share one plan, which is then named once."""
    if len({(goal.plan, goal.when) for goal in goals}) > 1:
        return f"các chỉ tiêu cần tiếp tục phấn đấu: {_said(goals)}"
    shares = "; ".join(f"{goal.name} ({goal.token})" for goal in goals)
    return f"so với {goals[0].plan}, các chỉ tiêu cần tiếp tục phấn đấu gồm: {shares}"


def _lacking(book: Book) -> list[str]:
    found = []
    for series in book.scope.series.values():
        figure = book.figure(series.code)
        if figure is not None and figure.expected and not figure.is_complete and figure.kind != "ratio":
            found.append(f"{idiom.lower_first(series.name)} ({book.ask(series.code, Shape.COVERAGE)})")
    return found


def write_plans(book: Book) -> list[DraftBlock]:
    """Return section IV: the next tasks, those about targets and figures from the account."""
    behind = list(dict.fromkeys(goal.name for goal in _goals(book) if not goal.is_reached))
    lacking = _lacking(book)
    items = [
        (
            "campaigns",
            "Nâng cao chất lượng các cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh”, “Người Việt "
            "Nam ưu tiên dùng hàng Việt Nam” và phong trào “Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau”.",
            True,
        ),
        (
            "models",
            "Phát huy vai trò tự chủ, tự quản của Nhân dân trong các mô hình ở cộng đồng dân cư; định kỳ sơ kết, tổng kết, rút "
            "kinh nghiệm.",
            True,
        ),
    ]
    if behind:
        items.insert(0, ("goals", f"Tập trung hoàn thành các chỉ tiêu chưa đạt kế hoạch: {'; '.join(behind)}.", False))
    also = "; hoàn thành số liệu còn thiếu của các đơn vị trước kỳ báo cáo sau" if lacking else ""
    items.append(
        ("reports", f"Thống nhất biểu mẫu, kỳ chốt số liệu và thời hạn gửi báo cáo giữa hai bên{also}.", False)
    )
    until = "THỜI GIAN TỚI" if book.scope.is_final else f"ĐẾN NĂM {book.scope.programme.ends_on.year}"
    return [
        DraftBlock(BlockKind.H1, "iv", "h1", f"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {until}"),
        *(
            paragraph("iv", name, f"{number}. {text}", is_suggestion=mark)
            for number, (name, text, mark) in enumerate(items, 1)
        ),
    ]


def write_closing(book: Book, head: HeadText) -> list[DraftBlock]:
    """Return the last paragraph; it ends with "./."."""
    programme = book.scope.programme
    where = "" if head.kind is HeadKind.PARTY else f" trên địa bàn {in_sentence(book.scope.area_name)}"
    text = f"Trên đây là Báo cáo {book.scope.word} thực hiện {programme.kind} số {programme.number}{where}./."
    return [paragraph("close", "close", text)]
