"""Re-read a Word file and check it against NĐ 30/2020, Phụ lục I: returns the rules that are broken, with what was found.

It trusts no style name for a verdict: a component is found by its text or place, and its size and weight are resolved
run -> paragraph style -> base styles -> document defaults, as Word does.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterator

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chungtay.papers.metrics import width_mm

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
UNITS = r"\d (?:tỷ|triệu|đồng|căn|suất|HTX)\b"


def broken_rules(document) -> list[str]:
    """The broken rules of an open document, each as "rule [found]"."""
    broken = list[str]()

    def rule(holds, text, found=""):
        if not holds:
            broken.append(f"{text} [{found}]")

    for check in (_pages, _whole_text, _head, _opening, _prose, _closing, _annexes, _links):
        check(document, rule)
    return broken


def open_docx(data: bytes):
    return Document(io.BytesIO(data))


def chain(paragraph) -> Iterator:
    style = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def font(paragraph, attribute: str):
    """Effective value over the runs of a paragraph: one value, or a set where they differ."""
    runs = [run for run in paragraph.runs if run.text.strip()] or [None]
    values = {_resolved(run, paragraph, attribute) for run in runs}
    return values.pop() if len(values) == 1 else values


def _resolved(run, paragraph, attribute):
    value = getattr(run.font, attribute) if run is not None else None
    if value is None:
        value = next((v for style in chain(paragraph) if (v := getattr(style.font, attribute)) is not None), None)
    return getattr(value, "pt", value)


def form(paragraph, attribute: str):
    value = getattr(paragraph.paragraph_format, attribute)
    if value is None:
        value = next((v for s in chain(paragraph) if (v := getattr(s.paragraph_format, attribute)) is not None), None)
    return value


def mm(length) -> float:
    return round(length / Mm(1), 1)


def cell_paragraphs(table) -> list:
    return [p for row in table.rows for cell in {id(c._tc): c for c in row.cells}.values() for p in cell.paragraphs]


def drawn_share(paragraph, size: float) -> float:
    """Length of the line drawn under a paragraph, as a share of its bold text; 0 where there is none."""
    extent = paragraph._p.find(f".//{WP}extent")
    return int(extent.get("cx")) / Mm(1) / width_mm(paragraph.text, size, bold=True) if extent is not None else 0


def component(rule: Callable, name: str, paragraph, sizes, *, bold, italic, at, upper=None) -> None:
    size, weight, slope = font(paragraph, "size"), bool(font(paragraph, "bold")), bool(font(paragraph, "italic"))
    holds = sizes[0] <= size <= sizes[1] and weight == bold and slope == italic and form(paragraph, "alignment") == at
    if upper is not None:
        holds = holds and (paragraph.text == paragraph.text.upper()) == upper
    rule(holds, f"{name}: cỡ {sizes}, đậm {bold}, nghiêng {italic}", f"{size} {weight} {slope} {paragraph.text[:30]}")


def _pages(document, rule) -> None:
    for number, s in enumerate(document.sections, 1):
        rule(sorted((round(mm(s.page_width)), round(mm(s.page_height)))) == [210, 297], f"Phần {number}: khổ A4")
        rule(all(20 <= mm(x) <= 25 for x in (s.top_margin, s.bottom_margin)), f"Phần {number}: lề trên, dưới 20-25")
        rule(30 <= mm(s.left_margin) <= 35, f"Phần {number}: lề trái 30-35", mm(s.left_margin))
        rule(15 <= mm(s.right_margin) <= 20, f"Phần {number}: lề phải 15-20", mm(s.right_margin))
        top = s.header.paragraphs[0]
        fields = "".join(t.text or "" for t in top._p.iter(qn("w:instrText")))
        good = "PAGE" in fields and form(top, "alignment") == ALIGN.CENTER and 13 <= font(top, "size") <= 14
        rule(good and not font(top, "italic"), f"Phần {number}: số trang canh giữa lề trên, 13-14, đứng", fields)
        rule(s.header_distance + Pt(14 * 1.149) < s.top_margin, f"Phần {number}: số trang nằm gọn trong lề trên")
        first = "".join(t.text or "" for t in s.first_page_header._element.iter(qn("w:instrText")))
        hidden = s.different_first_page_header_footer and "PAGE" not in first
        rule(hidden, f"Phần {number}: trang thứ nhất không hiện số")
        start = s._sectPr.find(qn("w:pgNumType"))
        rule(start is not None and start.get(qn("w:start")) == "1", f"Phần {number}: đánh số trang riêng từ 1")


def _whole_text(document, rule) -> None:
    body = document.element.body
    names = {font(p, "name") for p in document.paragraphs if p.text.strip()}
    names |= {font(p, "name") for t in document.tables for p in cell_paragraphs(t) if p.text.strip()}
    rule(names == {"Times New Roman"}, "Phông chữ Times New Roman ở mọi đoạn", names)
    colours = {c.get(qn("w:val")) for c in body.iter(qn("w:color"))}
    rule(colours <= {"000000", "auto"}, "Màu chữ đen", colours)
    text = "\n".join(t.text or "" for t in body.iter(qn("w:t")))
    rule(text == unicodedata.normalize("NFC", text), "Văn bản dạng NFC")
    rule(not re.search(UNITS, text), "Giữa số và đơn vị là dấu cách không ngắt", re.findall(UNITS, text)[:2])
    empty = [
        p
        for p in document.paragraphs
        if not p.text.strip() and not p._p.findall(".//" + qn("w:drawing")) and font(p, "size") > 6
    ]
    rule(not empty, "Không dùng đoạn trống để tạo khoảng cách", len(empty))
    for table in document.tables:
        rows = table._tbl.findall(qn("w:tr"))
        rule(all(r.find(".//" + qn("w:cantSplit")) is not None for r in rows), "Dòng của bảng không bị cắt đôi")
        if table.style is not None and table.style.name == "Table Grid":
            rule(rows[0].find(".//" + qn("w:tblHeader")) is not None, "Dòng đầu của bảng lặp lại ở trang sau")


def _head(document, rule) -> None:
    box = document.tables[0]
    left, right = box.cell(0, 0).paragraphs, box.cell(0, 1).paragraphs
    component(rule, "Quốc hiệu", right[0], (12, 13), bold=True, italic=False, at=ALIGN.CENTER, upper=True)
    rule(right[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu đúng chữ", right[0].text)
    component(rule, "Tiêu ngữ", right[1], (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=False)
    rule(right[1].text == "Độc lập - Tự do - Hạnh phúc", "Tiêu ngữ đúng chữ", right[1].text)
    share = drawn_share(right[1], font(right[1], "size"))
    rule(0.97 <= share <= 1.03, "Kẻ dưới tiêu ngữ dài bằng dòng chữ", share)
    for p in left:
        weight = bool(font(p, "bold"))
        component(rule, "Tên cơ quan", p, (12, 13), bold=weight, italic=False, at=ALIGN.CENTER, upper=True)
    rule(font(left[-1], "bold"), "Tên cơ quan ban hành in đậm")
    share = drawn_share(left[-1], font(left[-1], "size"))
    rule(1 / 3 <= share <= 1 / 2, "Kẻ dưới tên cơ quan 1/3-1/2 dòng chữ", share)
    number, place = box.cell(1, 0).paragraphs[0], box.cell(1, 1).paragraphs[0]
    component(rule, "Số, ký hiệu", number, (13, 13), bold=False, italic=False, at=ALIGN.CENTER)
    written = re.fullmatch(r"Số: (0[1-9]|[1-9]\d+)/[A-ZĐ]+(-[A-ZĐ]+)+", number.text)
    rule(written, "Số dưới 10 thêm số 0; «/» và «-» không cách", number.text)
    component(rule, "Địa danh, thời gian", place, (13, 14), bold=False, italic=True, at=ALIGN.CENTER)
    dated = r".+, ngày\s(0[1-9]|[12]\d|3[01]) tháng\s(01|02|[3-9]|1[0-2]) năm\s\d{4}"
    rule(re.fullmatch(dated, place.text), "Ngày dưới 10, tháng 1-2 thêm số 0", place.text)


def _opening(document, rule) -> None:
    paragraphs = document.paragraphs
    component(rule, "Tên loại", paragraphs[0], (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=True)
    abstract = []
    while not paragraphs[1 + len(abstract)].text.startswith("Kính gửi"):
        abstract.append(paragraphs[1 + len(abstract)])
    for p in abstract:
        component(rule, "Trích yếu", p, (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=False)
    share = drawn_share(abstract[-1], font(abstract[-1], "size"))
    rule(1 / 3 <= share <= 1 / 2, "Kẻ dưới trích yếu 1/3-1/2 dòng chữ", share)
    to = paragraphs[1 + len(abstract) :]
    names = [p for p in to if p.text.startswith("- ") and form(p, "alignment") == ALIGN.LEFT]
    rule(13 <= font(to[0], "size") <= 14, "Kính gửi: cỡ 13-14")
    if names:
        ends = [p.text[-1] for p in names]
        rule(ends == [";"] * (len(ends) - 1) + ["."], "Kính gửi: mỗi nơi một dòng, cuối «;», dòng cuối «.»", ends)
        rule(len({p.paragraph_format.left_indent for p in names}) == 1, "Các gạch đầu dòng Kính gửi thẳng hàng")


def _prose(document, rule) -> None:
    def is_prose(p) -> bool:
        return form(p, "alignment") == ALIGN.JUSTIFY and bool(p.text.strip()) and not font(p, "italic")

    prose = [p for p in document.paragraphs if is_prose(p)]
    for p in prose:
        rule(13 <= font(p, "size") <= 14, "Nội dung: cỡ 13-14", p.text[:30])
        rule(9.9 <= mm(form(p, "first_line_indent")) <= 12.8, "Nội dung: lùi đầu dòng 1-1,27 cm", p.text[:30])
        gap = form(p, "space_after") + (form(p, "space_before") or 0)
        rule(gap >= Pt(6), "Nội dung: cách đoạn tối thiểu 6 pt", p.text[:30])
        rule(1.0 <= form(p, "line_spacing") <= 1.5, "Nội dung: cách dòng 1,0-1,5", p.text[:30])
        if re.match(r"[IVX]+\. ", p.text):
            good = p.text == p.text.upper() and font(p, "bold") and p.style.name == "Heading 1"
            rule(good, "Đề mục La Mã: in hoa, đậm, là Heading 1", p.text[:34])
        if p.style.name == "Heading 2":
            rule(re.match(r"\d+\. ", p.text) and font(p, "bold"), "Khoản có tiêu đề: số Ả Rập, đậm", p.text[:34])
    rule(any(p.text.endswith("./.") and form(p, "keep_with_next") for p in prose), "Đoạn cuối «./.» đi cùng chữ ký")


def _closing(document, rule) -> None:
    table = next(t for t in document.tables[1:] if any("Nơi nhận" in p.text for p in cell_paragraphs(t)))
    cells = cell_paragraphs(table)
    roles = [p for p in cells if p.text and p.text == p.text.upper() and not p.text.startswith("-")]
    names = [p for p in cells if form(p, "alignment") == ALIGN.CENTER and p.text and p not in roles]
    for p in roles:
        component(rule, "Quyền hạn, chức vụ", p, (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=True)
    for p in names:
        component(rule, "Họ tên người ký", p, (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=False)
    rule(roles[0].text.startswith("TM. ") and len(names) in (1, 2), "Có TM. và họ tên người ký", len(names))
    where = next(p for p in cells if p.text == "Nơi nhận:")
    component(rule, "«Nơi nhận:»", where, (12, 12), bold=True, italic=True, at=ALIGN.LEFT)
    items = [p for p in cells if p.text.startswith("- ")]
    last = items[-1].text
    good = all(font(p, "size") == 11 for p in items) and last.startswith("- Lưu: VT") and last.endswith(".")
    rule(good, "Danh sách nơi nhận: 11, cuối là «Lưu: VT…»", last)


def _annexes(document, rule) -> None:
    paragraphs = document.paragraphs
    number = document.tables[0].cell(1, 0).paragraphs[0].text[4:]
    heads = [i for i, p in enumerate(paragraphs) if re.fullmatch(r"Phụ lục\s[IVX]+", p.text)]
    labels = [paragraphs[i].text.split()[-1] for i in heads]
    rule(labels == ["I", "II", "III"][: len(labels)], "Phụ lục đánh số La Mã liên tục", labels)
    rule(len(document.sections) == 1 + len(heads), "Mỗi phụ lục một phần riêng", len(document.sections))
    for i in heads:
        label, title, reference = paragraphs[i : i + 3]
        component(rule, "Phụ lục (số)", label, (14, 14), bold=True, italic=False, at=ALIGN.CENTER)
        component(rule, "Tên phụ lục", title, (13, 14), bold=True, italic=False, at=ALIGN.CENTER, upper=True)
        component(rule, "Chỉ dẫn kèm theo", reference, (13, 14), bold=False, italic=True, at=ALIGN.CENTER)
        rule(number in reference.text, "Chỉ dẫn ghi đúng số, ký hiệu", reference.text)


def _links(document, rule) -> None:
    body = document.element.body
    anchors = {h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))} - {None}
    marks = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    rule(anchors and anchors <= set(marks), "Mỗi số liệu mở đến dòng nguồn của nó", sorted(anchors - set(marks))[:3])
    rule(len(marks) == len(set(marks)), "Mỗi dòng nguồn một dấu trang")
