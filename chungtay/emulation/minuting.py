"""The report of achievements of an entrant and the minutes of the council as official papers."""

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.emulation import judging
from chungtay.emulation.figures_of_papers import TEXT, count_figure, foot_note, head_of, head_of_council, points_figure
from chungtay.emulation.models import Sheet, Vote, VoteMark
from chungtay.emulation.scoring import totals
from chungtay.papers.rules import (
    Align,
    Column,
    Head,
    HeadKind,
    Mark,
    NumberCell,
    OrdinalCell,
    Paper,
    Paragraph,
    PrintedFigure,
    Signature,
    TableBlock,
    TextCell,
)
from chungtay.papers.sources import with_sources
from chungtay.places import selectors as places
from chungtay.places.models import Body

# ---------------------------------------------------------------- report of achievements


def achievements(sheet: Sheet, is_sample: bool) -> Paper:
    """Return the report of achievements of one entrant: every criterion with its points and the figure behind them."""
    standing = judging.standing_of(sheet)
    items = [one.item for one in standing.criteria]
    every = totals(items, standing.points)
    url = reverse("sheet-detail", args=[sheet.pk])
    place = places.name_on(sheet.area_id, sheet.contest.due_on)
    figures: dict[str, PrintedFigure] = {}
    rows = []
    for at, one in enumerate(standing.criteria, 1):
        key, held = f"c{at}", standing.held.get(one.number)
        seen = held.at if held else sheet.contest.written_at
        figures[key] = points_figure(key, every[one.number], one.title, url, "Phiếu chấm", seen)
        figures[f"m{key}"] = points_figure(
            f"m{key}", one.most, f"Điểm tối đa: {one.title}", url, "Bộ tiêu chí", sheet.contest.written_at
        )
        live = standing.counted.get(one.number)
        said = live.as_json() if live else held.figure if held else {}
        if said.get("trace"):
            figures[f"f{key}"] = PrintedFigure(
                key=f"f{key}",
                text=said["text"],
                label=one.title,
                exact=said["text"],
                unit="",
                coverage=said["coverage"],
                known_at=seen,
                source="Số liệu tổng hợp",
                trace=said["trace"],
                url=reverse("figure-trace", args=[said["trace"]]),
            )
        result = NumberCell(f"f{key}") if f"f{key}" in figures else Mark.EMPTY
        rows.append((TextCell(f"{one.number}. {one.title}"), result, NumberCell(f"m{key}"), NumberCell(key)))
    figures["total"] = points_figure(
        "total", standing.total, f"Tổng điểm của {sheet.name}", url, "Phiếu chấm", sheet.contest.written_at
    )
    columns = (
        Column("Tiêu chí", 0, TEXT),
        Column("Kết quả", 34),
        Column("Tối đa", 20),
        Column("Điểm", 20),
    )
    body = sheet.body
    paper = Paper(
        head=head_of(body, "BC", place, sheet.contest.due_on) if body else _head_of_group(sheet, place),
        type_name="BÁO CÁO",
        abstract=("Thành tích đề nghị khen thưởng",),
        blocks=(
            Paragraph(f"{sheet.name} báo cáo thành tích trong {sheet.contest.title}, đạt {{total}} điểm như sau:"),
            TableBlock(columns=columns, rows=tuple(rows), caption="Kết quả theo từng tiêu chí", unit_line="điểm"),
            Paragraph("Trên đây là Báo cáo thành tích; số liệu mở được đến nguồn./."),
        ),
        signatures=(
            Signature(("XÁC NHẬN CỦA CẤP TRÌNH",), ""),
            Signature(("THỦ TRƯỞNG ĐƠN VỊ",), ""),
        ),
        note=foot_note(is_sample),
        figures=figures,
        names=(place, sheet.name, sheet.contest.title, *(one.title for one in standing.criteria)),
    )
    return with_sources(paper)


def _head_of_group(sheet: Sheet, place: str) -> Head:
    return Head(
        kind=HeadKind.MTTQ,
        issuer=(sheet.name.upper(),),
        symbol="BC",
        place=place,
        dated_on=sheet.contest.due_on,
        issuer_in_text=sheet.name,
    )


# ---------------------------------------------------------------- minutes


def minutes(vote: Vote, body: Body, place: str) -> Paper:
    """Return the minutes of a council's vote: how many members, how many voted, what every candidate got. No name beside a paper."""
    url = reverse("contest-detail", args=[vote.contest_id])
    members, voted = vote.jurors.count(), VoteMark.objects.filter(juror__vote=vote).count()
    figures = {
        "members": count_figure("members", members, "Thành viên Hội đồng", "Biên bản kiểm phiếu", url),
        "voted": count_figure("voted", voted, "Thành viên đã bỏ phiếu", "Biên bản kiểm phiếu", url),
        "need": count_figure("need", vote.majority, "Tỷ lệ tán thành phải đạt", vote.basis, url),
    }
    rows = []
    results = vote.results.select_related("sheet").order_by("sheet__block", "sheet__name")
    for at, one in enumerate(results, 1):
        for key, count, label in (("a", one.agree, "đồng ý"), ("d", one.disagree, "không đồng ý")):
            name = f"{key}{at}"
            figures[name] = count_figure(name, count, f"{one.sheet.name}: {label}", "Biên bản kiểm phiếu", url)
        said = TextCell("Tán thành" if one.is_carried else "Không tán thành")
        rows.append((OrdinalCell(str(at)), TextCell(one.sheet.name), NumberCell(f"a{at}"), NumberCell(f"d{at}"), said))
    names = tuple(juror.user.full_name for juror in vote.jurors.select_related("user").order_by("user__full_name"))
    interests = vote.interests.select_related("user", "sheet").order_by("sheet__name", "user__full_name")
    declared = [f"{one.user.full_name} ({one.sheet.name})" for one in interests]
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Tập thể, cá nhân", 0, TEXT),
        Column("Đồng ý", 22),
        Column("Không đồng ý", 32),
        Column("Kết quả", 34, TEXT),
    )
    closed = vote.closed_at or vote.opened_at
    paper = Paper(
        head=head_of_council(body, "BB", place, localdate(closed)),
        type_name="BIÊN BẢN",
        abstract=("Họp Hội đồng thi đua, khen thưởng",),
        blocks=(
            Paragraph(f"Nội dung: xét, bỏ phiếu kín {vote.contest.title}."),
            Paragraph(
                f"Hội đồng có {{members}} thành viên; {{voted}} thành viên đã bỏ phiếu. Thành phần: {', '.join(names)}."
            ),
            Paragraph("Phiếu cần đạt {need}% số phiếu đồng ý. Thành viên không bỏ phiếu cho đơn vị của mình."),
            *([Paragraph(f"Khai có liên quan và không bỏ phiếu: {'; '.join(declared)}.")] if declared else ()),
            TableBlock(columns=columns, rows=tuple(rows), caption="Kết quả kiểm phiếu", unit_line="phiếu"),
            Paragraph("Biên bản được thông qua tại cuộc họp./."),
        ),
        signatures=(Signature(("THƯ KÝ",), ""), Signature(("CHỦ TỊCH HỘI ĐỒNG",), "")),
        note=foot_note(vote.contest.is_sample),
        figures=figures,
        names=(place, vote.contest.title, *(one.sheet.name for one in results), *names),
    )
    return with_sources(paper)
