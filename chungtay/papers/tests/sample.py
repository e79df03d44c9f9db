"""The example paper of these tests: the review report of Programme 500, its figures invented ("Số liệu minh họa")."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from chungtay.kernel.numerals import format_decimal, format_integer, format_percent
from chungtay.papers.rules import (
    Align,
    Annex,
    Bar,
    ChartBlock,
    Column,
    Head,
    Heading,
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

DATA = json.loads((Path(__file__).parent / "sample.json").read_text(encoding="utf-8"))
KNOWN_AT = datetime(2023, 5, 26, 8, 0, tzinfo=UTC)
ADDRESSEES = ("Ủy ban nhân dân tỉnh Đồng Tháp", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Đồng Tháp")
COPIES = ("Như trên", "Thường trực Thành ủy", "Thường trực HĐND Thành phố", "UBND, Ủy ban MTTQ các xã, phường")
UNIT_COLUMNS = (  # head, group, key of the data, unit, width
    ("Tiền", "Vận động Quỹ (đồng)", "cash", "đồng", 27.5),
    ("Hiện vật quy tiền", "Vận động Quỹ (đồng)", "in_kind", "đồng", 27.5),
    ("Cộng", "Vận động Quỹ (đồng)", "raised", "đồng", 27.5),
    ("Xây mới", "Nhà ở (căn)", "houses_new", "căn", 10.5),
    ("Sửa chữa", "Nhà ở (căn)", "houses_repaired", "căn", 10.5),
    ("Cộng", "Nhà ở (căn)", "houses", "căn", 11),
    ("Cầu", "", "bridges", "cây cầu", 10),
    ("Suất", "Hỗ trợ khác", "gifts", "suất", 13),
    ("Giá trị (đồng)", "Hỗ trợ khác", "gift_value", "đồng", 25),
    ("Số hội", "Hội quán", "clubs", "hội", 10),
    ("Thành viên", "Hội quán", "members", "thành viên", 14),
    ("HTX", "Hội quán", "coops", "HTX", 11),
    ("Tổ ND tự quản", "", "groups", "tổ", 12),
)
FUND = {"coverage": "15/15 đơn vị", "source": "Sổ Quỹ “Vì người nghèo”"}


def head(kind: HeadKind = HeadKind.UBND) -> Head:
    """One head of each kind."""
    city = "Cao Lãnh"
    match kind:
        case HeadKind.MTTQ:
            return Head(
                kind=kind,
                superior=("ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ CAO LÃNH"),
                issuer=("BAN THƯỜNG TRỰC",),
                number="8",
                symbol="BC-MTTQ-BTT",
                place=city,
                dated_on=date(2023, 5, 5),
                issuer_in_text="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Cao Lãnh",
            )
        case HeadKind.JOINT:
            return Head(
                kind=kind,
                issuer=("ỦY BAN NHÂN DÂN -", "ỦY BAN MTTQ VIỆT NAM", "THÀNH PHỐ CAO LÃNH"),
                number="3",
                symbol="BC-UBND-MTTQ",
                place=city,
                dated_on=date(2023, 2, 2),
                issuer_in_text="Ủy ban nhân dân và Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Cao Lãnh",
            )
        case HeadKind.PARTY:
            return Head(
                kind=kind,
                superior=("ĐẢNG BỘ TỈNH ĐỒNG THÁP",),
                issuer=("THÀNH ỦY CAO LÃNH",),
                number="41",
                symbol="BC/TU",
                place=city,
                dated_on=date(2023, 6, 9),
                issuer_in_text="Ban Thường vụ Thành ủy Cao Lãnh",
            )
    return Head(
        kind=kind,
        issuer=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ CAO LÃNH"),
        number="152",
        symbol="BC-UBND",
        place=city,
        dated_on=date(2023, 5, 26),
        issuer_in_text="Ủy ban nhân dân thành phố Cao Lãnh",
    )


SIGNATURES = {
    HeadKind.UBND: (Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn A"),),
    HeadKind.MTTQ: (Signature(("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), "Trần Thị B"),),
    HeadKind.JOINT: (
        Signature(("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM", "CHỦ TỊCH"), "Trần Thị B"),
        Signature(("TM. ỦY BAN NHÂN DÂN", "THÀNH PHỐ CAO LÃNH", "CHỦ TỊCH"), "Lê Văn C"),
    ),
    HeadKind.PARTY: (Signature(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Phạm Văn D"),),
}


def report(kind: HeadKind = HeadKind.UBND, *, sources: bool = True) -> Paper:
    """The report of three pages, a table, a chart, two annexes, and the sources annex."""
    issuer = head(kind)
    figures = dict[str, PrintedFigure]()
    blocks = []
    for block in DATA["blocks"]:
        text = block["text"].replace("{issuer}", issuer.issuer_in_text)
        match block["kind"]:
            case "h1" | "h2" as level:
                blocks.append(Heading(int(level[1]), text))
            case "table":
                blocks.append(_years_table(figures))
            case "chart":
                blocks.append(_years_chart(figures))
            case "p":
                blocks.append(Paragraph(text))
    for key, f in DATA["figures"].items():
        figures[key] = PrintedFigure(key=key, unit=f["exact"].split()[-1], url=f"/so-lieu/{f['trace']}/", **f)
    figures["groups_coverage"] = replace(
        figures["groups"],
        key="groups_coverage",
        text="14/15 đơn vị",
        label="Đơn vị đã báo cáo số Tổ Nhân dân tự quản",
        exact="14 / 15 đơn vị",
    )
    annexes = (
        Annex(("Biểu số liệu theo đơn vị",), (_units_table(figures),), landscape=True),
        Annex(
            ("Danh sách tập thể đề nghị tặng Giấy khen",),
            (_awards_table(), Paragraph("Danh sách gồm {awards}./.")),
        ),
    )
    names = (*(unit["name"] for unit in DATA["units"]), "Khóm 3")
    paper = Paper(
        head=issuer,
        type_name="BÁO CÁO",
        abstract=(
            "Sơ kết thực hiện Chương trình phối hợp số 500",
            "về thực hiện một số nhiệm vụ trọng tâm, giai đoạn 2020 - 2024",
        ),
        addressees=ADDRESSEES if kind in (HeadKind.UBND, HeadKind.JOINT) else ADDRESSEES[:1],
        blocks=tuple(blocks),
        signatures=SIGNATURES[kind],
        recipients=(*COPIES, "Lưu: VT, VX"),
        annexes=annexes,
        note="Số liệu minh họa",
        figures=figures,
        names=names,
    )
    return with_sources(paper) if sources else paper


def _millions(figures: dict[str, PrintedFigure], key: str, value: int, label: str) -> NumberCell:
    figures[key] = PrintedFigure(
        key=key,
        text=format_decimal(Fraction(value, 10**6), 2),
        label=label,
        exact=f"{format_integer(value)} đồng",
        unit="đồng",
        value=value,
        divisor=10**6,
        places=2,
        when="từ tháng 01/2020 đến tháng 4/2023",
        known_at=KNOWN_AT,
        trace=f"NV-{key.upper()}",
        url=f"https://chungtay.example/so-lieu/{key}/",
        **FUND,
    )
    return NumberCell(key)


def _years_table(figures: dict[str, PrintedFigure]) -> TableBlock:
    rows = []
    for year in DATA["years"]:
        label, short = year["label"], year["label"][-4:]
        cells = [
            _millions(figures, f"{short}-{key}", year[key], f"{name}, {label}")
            for key, name in (("cash", "Tiền"), ("in_kind", "Hiện vật"), ("total", "Cộng"), ("plan", "Kế hoạch"))
        ]
        share = figures[f"{short}-pct"] = PrintedFigure(
            key=f"{short}-pct",
            text=format_percent(year["total"], year["plan"]),
            label=f"Đạt kế hoạch, {label}",
            exact=f"{format_integer(year['total'])} / {format_integer(year['plan'])} đồng",
            unit="%",
            ratio=Fraction(year["total"], year["plan"]),
            places=1,
            when="từ tháng 01/2020 đến tháng 4/2023",
            **FUND,
        )
        growth = Mark.NONE
        if year["yoy"] != "-":
            growth = NumberCell(f"{short}-yoy")
            figures[growth.key] = replace(
                share, key=growth.key, text="+" + year["yoy"], label=f"So với cùng kỳ, {label}", ratio=None
            )
        rows.append((TextCell(label), *cells, NumberCell(share.key), growth))
    totals = [sum(year[key] for year in DATA["years"]) for key in ("cash", "in_kind", "total")]
    total = [
        _millions(figures, f"sum-{key}", value, "Tổng")
        for key, value in zip(("cash", "in_kind", "total"), totals, strict=True)
    ]
    heads = ("Tiền", "Hiện vật quy tiền", "Cộng", "Kế hoạch năm", "Đạt kế hoạch", "So với cùng kỳ")
    widths = (24, 24, 25, 24, 20, 21)
    return TableBlock(
        caption="Kết quả vận động Quỹ “Vì người nghèo” theo năm",
        unit_line="triệu đồng",
        columns=(Column("Năm", align=Align.LEFT), *map(Column, heads, widths)),
        rows=tuple(rows),
        total=(TextCell("Tổng"), *total, Mark.NO_SUM, Mark.NO_SUM, Mark.NO_SUM),
    )


def _years_chart(figures: dict[str, PrintedFigure]) -> ChartBlock:
    bars = []
    for year in DATA["years"]:
        short = year["label"][-4:]
        total = figures[f"{short}-total"]
        key = f"{short}-chart"
        figures[key] = replace(total, key=key, text=format_decimal(Fraction(year["total"], 10**9), 2), divisor=10**9)
        bars.append(Bar(year["label"], (f"{short}-cash", f"{short}-in_kind"), key, f"{short}-plan"))
    return ChartBlock(
        caption="Kết quả vận động Quỹ “Vì người nghèo” theo năm",
        alt="Biểu đồ cột: kết quả vận động theo năm, số liệu như Bảng 1",
        unit_line="tỷ đồng",
        series=("Tiền", "Hiện vật quy tiền"),
        plan_label="kế hoạch năm",
        bars=tuple(bars),
    )


def _units_table(figures: dict[str, PrintedFigure]) -> TableBlock:
    def cell(unit: dict[str, object], index: int, key: str, of: str):
        value = unit[key]
        if not value:
            return Mark.MISSING if value is None else Mark.NONE
        name = f"u{index}-{key}"
        figures[name] = PrintedFigure(
            key=name,
            text=format_integer(value),
            label=f"{unit['name']}: {key}",
            exact=f"{format_integer(value)} {of}",
            unit=of,
            value=value,
            coverage="14/15 đơn vị" if key == "groups" else "15/15 đơn vị",
            when="từ tháng 01/2020 đến tháng 4/2023",
            known_at=KNOWN_AT,
            source="Báo cáo của các đơn vị (Biểu M-05)",
            trace=f"DV{index:02d}-{key.upper()}",
            url=f"https://chungtay.example/so-lieu/{name}/",
        )
        return NumberCell(name)

    rows = tuple(
        (
            OrdinalCell("A" if index == 0 else str(index)),
            TextCell(unit["name"]),
            *(cell(unit, index, key, of) for _, _, key, of, _ in UNIT_COLUMNS),
        )
        for index, unit in enumerate(DATA["units"])
    )
    whole = {"name": "Tổng cộng"} | {
        key: sum(unit[key] or 0 for unit in DATA["units"]) for _, _, key, _, _ in UNIT_COLUMNS
    }
    total = (Mark.EMPTY, TextCell("Tổng cộng"), *(cell(whole, 99, key, of) for _, _, key, of, _ in UNIT_COLUMNS))
    return TableBlock(
        unit_line="tiền: đồng; số lượng: căn, cây cầu, suất, hội, thành viên, hợp tác xã, tổ",
        columns=(
            Column("TT", 8, Align.CENTER),
            Column("Đơn vị", 0, Align.LEFT),
            *(Column(name, width, group=group) for name, group, _, _, width in UNIT_COLUMNS),
        ),
        rows=rows,
        total=total,
        note="Dấu (-): không phát sinh; dấu (…): chưa báo cáo. Cột 15: {groups_coverage} đã báo cáo.",
        small=True,
        numbered=True,
    )


def _awards_table() -> TableBlock:
    return TableBlock(
        columns=(
            Column("TT", 12, Align.CENTER),
            Column("Tên tập thể", align=Align.LEFT),
            Column("Ghi chú", 40, Align.LEFT),
        ),
        rows=tuple(
            (OrdinalCell(str(index)), TextCell(name), Mark.EMPTY) for index, name in enumerate(DATA["awards"], 1)
        ),
    )
