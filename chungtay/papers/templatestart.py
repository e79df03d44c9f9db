"""A template to begin with: our own form with tags in the place of words, for an office to change in Word."""

from datetime import date

from chungtay.papers.docx import LEFT_BOX, MOTTO, RIGHT_BOX, STATE, Writer, end_of_part
from chungtay.papers.tags import FORMAT_WORDS, Format
from chungtay.papers.wordfile import pack
from chungtay.papers.wordml import cell, paragraph, row, run, section, table

DAY = date(2020, 3, 5)  # of NĐ 30/2020/NĐ-CP: a template is of no day

USUAL = "THÀNH PHỐ CAO LÃNH"  # as long as the name of an office is: the office draws its own rule where its name is not


def _each(style: str, name: str, *, last: str = "", rule: str = "") -> str:
    """A line for each part of a list; the last one may have a style of its own and a drawn rule under it."""
    said = paragraph(style, run("{{ dong }}"))
    if last:
        said = (
            paragraph(style, run("{%p if loop.last %}"))
            + paragraph(last, run("{{ dong }}") + rule)
            + paragraph(style, run("{%p else %}"))
            + said
            + paragraph(style, run("{%p endif %}"))
        )
    return paragraph(style, run(f"{{%p for dong in {name} %}}")) + said + paragraph(style, run("{%p endfor %}"))


def starting_template(form: Format) -> bytes:
    """Return the .docx to begin with; the same form gives the same bytes."""
    writer = Writer()
    left = _each("ND30 Cơ quan chủ quản", "co_quan_chu_quan")
    issuer, under = "ND30 Cơ quan ban hành", writer.rule("Kẻ dưới cơ quan", USUAL, 13, 0.42)
    left += _each(issuer, "co_quan_ban_hanh", last=issuer, rule=under)
    motto = run(MOTTO) + writer.rule("Kẻ dưới tiêu ngữ", MOTTO, 14, 1)
    right = paragraph("ND30 Quốc hiệu", run(STATE)) + paragraph("ND30 Tiêu ngữ", motto)
    names = row(cell(LEFT_BOX, left) + cell(RIGHT_BOX, right))
    number = cell(LEFT_BOX, paragraph("ND30 Số ký hiệu", run("{{ so }}")), centred=True)
    day = cell(RIGHT_BOX, paragraph("ND30 Địa danh ngày tháng", run("{{ dia_danh_ngay }}")), centred=True)
    parts = [table((LEFT_BOX, RIGHT_BOX), names + row(number + day), grid=False)]
    parts.append(paragraph("ND30 Tên loại", run("{{ ten_loai }}")))
    under = writer.rule("Kẻ dưới trích yếu", USUAL, 14, 1)
    parts.append(_each("ND30 Trích yếu", "trich_yeu", last="ND30 Trích yếu cuối", rule=under))
    if form is Format.REPORT:
        parts.append(paragraph("ND30 Kính gửi", run("{%p if kinh_gui %}")))
        parts.append(paragraph("ND30 Kính gửi một nơi", run("Kính gửi:")))
        parts.append(_each("ND30 Kính gửi một nơi", "kinh_gui"))
        parts.append(paragraph("ND30 Kính gửi", run("{%p endif %}")))
    parts.append(paragraph("ND30 Nội dung", run("{{p noi_dung }}")))
    parts.append(_closing())
    if form is Format.REPORT:
        parts.append(paragraph("ND30 Ngắt phần", run("{{p phu_luc }}")))
    parts.append(end_of_part("") + section(landscape=False, note=False))
    return pack(
        "".join(parts), title=f"Mẫu {FORMAT_WORDS[form].lower()}", author="", note="", day=DAY, links={}, pictures={}
    )


def _closing() -> str:
    head = paragraph("ND30 Nơi nhận", run("Nơi nhận:")) + _each("ND30 Nơi nhận danh sách", "noi_nhan")
    signed = paragraph("ND30 Chức vụ ký", run("{%p for khoi in chu_ky %}"))
    signed += _each("ND30 Chức vụ ký", "khoi.dong")
    signed += paragraph("ND30 Họ tên ký", run("{{ khoi.ten }}")) + paragraph("ND30 Chức vụ ký", run("{%p endfor %}"))
    return table((75, 90), row(cell(75, head) + cell(90, signed)), grid=False)
