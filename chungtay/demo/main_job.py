"""The main job: workbooks in, figures, papers out; then a short table of what came of it."""

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from chungtay.audit import schema
from chungtay.demo import ground, people, workspace
from chungtay.demo.days import at
from chungtay.demo.story import REVIEWED, WHOLE_TERM, story
from chungtay.demo.timeline import Story
from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.hedging import spoken_money
from chungtay.kernel.numerals import format_decimal, format_integer
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import date_text
from chungtay.places.selectors import area_by_ref
from chungtay.returns import intake
from chungtay.reviews import services as reviews
from chungtay.reviews.models import Review

HEADLINES = (
    "fund.raised",
    "support.houses",
    "support.bridges",
    "support.packages",
    "support.package_value",
    "poverty.rate",
    "groups.hoi_quan",
    "groups.hoi_quan_members",
    "groups.htx_from_hoi_quan",
    "awards.collectives",
)
Tell = Callable[[str], None]


def run(data: Path, out: Path, tell: Tell) -> None:
    """Make the demonstration when the folder is new, else read its workbooks again; then print and write the papers."""
    if (data / workspace.READY).exists():
        _read_again(data / "workbooks", tell)
    else:
        tell("Dựng không gian làm việc minh họa …")
        gc.set_threshold(100_000, 20, 50)  # rows come and go in millions, and hardly any of them in circles
        schema.bring_up_to_date(verbosity=0)
        made = Story(ground.lay(_first_day()), data / "workbooks", tell).play()
        tell(f"Đã đọc, ký, duyệt {made} tệp biểu mẫu.")
        workspace.finish(data)
    tell("")
    tell(f"Chương trình phối hợp số 500, thành phố Cao Lãnh, {parse_period(REVIEWED).label()} (Số liệu minh họa)")
    for line in headline_table():
        tell(line)
    _write_papers(out, tell)
    tell("")
    tell("Tài khoản dùng thử (mật khẩu chung: " + people.PASSWORD + "):")
    for account in people.demo_accounts():
        tell(f"  {account.username:22} {account.who}")


def _first_day() -> datetime:
    return at(datetime.fromisoformat("2019-12-20").date(), 8)


def _read_again(folder: Path, tell: Tell) -> None:
    """Read every workbook of the demonstration once more: what is already there changes nothing."""
    paths = sorted(folder.glob("*/*.xlsx"))
    states = [p.state for p in intake.preview_files(paths)]
    unchanged = states.count("unchanged")
    tell(f"Không gian minh họa đã có. Đọc lại {len(paths)} tệp biểu mẫu: {unchanged} tệp không có gì mới.")
    if others := len(paths) - unchanged:
        tell(
            f"{others} tệp khác với số đang có, vì đơn vị đã sửa trên màn hình sau khi nộp tệp; không tệp nào được ghi đè."
        )


def headline_table() -> list[str]:
    """Return the headline figures of the review as lines: name, value, coverage."""
    known = indicators_by_code(HEADLINES)
    found = figures.consolidate(
        indicators=HEADLINES, area_ids=[area_by_ref(story()["city"]["code"]).pk], periods=[parse_period(REVIEWED)]
    )
    lines = [
        f"  {known[f.indicator_code].name:48} {_shown(f, known[f.indicator_code].unit, known[f.indicator_code].is_money):>24}"
        f"   {f.reported}/{f.expected} đơn vị"
        for f in found
    ]
    return [*lines, year_without_campaign()]


def year_without_campaign() -> str:
    """Return the question that the article leaves open, and its answer: is 2021 inside the total? The account adds it up."""
    told = story()["fund"]["question"]
    parts = figures.consolidate(
        indicators=["fund.raised"],
        area_ids=[area_by_ref(story()["city"]["code"]).pk],
        periods=[parse_period(code) for code in (told["year"], *told["others"], REVIEWED)],
    )
    year, *others, whole = (part.value or 0 for part in parts)
    is_inside = year + sum(others) == whole
    return (
        f"  Năm {told['year']} không có Tháng cao điểm mà vẫn vận động {spoken_money(year, 2).text}: "
        f"{'nằm trong' if is_inside else 'nằm ngoài'} tổng {spoken_money(whole).text} (đã hỏi và trả lời, xem Chênh lệch)."
    )


def _shown(figure: Figure, unit: str, is_money: bool) -> str:
    if figure.ratio is not None:
        return f"{format_decimal(figure.ratio * 100, 2)} {unit}"
    if figure.value is None:
        return "chưa có số"
    return spoken_money(figure.value).text if is_money else f"{format_integer(figure.value)} {unit}"


def _write_papers(out: Path, tell: Tell) -> None:
    """Write the papers of the two reviews that the officer keeps, each as known on its day and on its map."""
    for period in (REVIEWED, WHOLE_TERM):
        review = Review.objects.select_related("programme", "area").get(period_code=period)
        papers = reviews.build_papers(review)
        on_map = f", số liệu trên bản đồ ngày {date_text(review.map_as_of)}" if review.map_as_of else ""
        tell("")
        tell(f"Báo cáo {review.word}{on_map}, {len(papers.manifest)} lần in số liệu, số nào cũng mở được đến nguồn:")
        for path in papers.write(out):
            tell(f"  {path}")
