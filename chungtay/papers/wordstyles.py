"""The named styles of the Word papers. Every size, weight and space lives here, none in the text.

An office that wants 13 points changes one style. Sizes, cases and spaces: NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from dataclasses import dataclass
from functools import cache

from chungtay.kernel.folding import fold

FONT = "Times New Roman"


@dataclass(frozen=True)
class Style:
    """Sizes and spaces in points, the first-line indent in millimetres, `lines` as a factor of single spacing."""

    name: str
    size: float
    align: str = "left"  # left, center, right, both
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    lines: float = 1.0
    indent_mm: float = 0
    keep_next: bool = False
    outline: int | None = None


STYLES = (
    Style("ND30 Quốc hiệu", 13, "center", bold=True),
    Style("ND30 Tiêu ngữ", 14, "center", bold=True, after=4),
    Style("ND30 Tên Đảng", 15, "center", bold=True, after=4),
    Style("ND30 Cơ quan chủ quản", 13, "center"),
    Style("ND30 Cơ quan ban hành", 13, "center", bold=True),
    Style("ND30 Số ký hiệu", 13, "center", before=8),
    Style("ND30 Địa danh ngày tháng", 14, "center", italic=True, before=8),
    Style("ND30 Tên loại", 14, "center", bold=True, before=14),
    Style("ND30 Trích yếu", 14, "center", bold=True),
    Style("ND30 Trích yếu cuối", 14, "center", bold=True, after=14),
    Style("ND30 Kính gửi", 14),
    Style("ND30 Kính gửi một nơi", 14, "center", after=10),
    Style("ND30 Kính gửi danh sách", 14),
    Style("ND30 Kính gửi cuối", 14, after=10),
    Style("ND30 Nội dung", 14, "both", after=6, lines=1.1, indent_mm=12.7),
    Style("ND30 Nội dung cuối", 14, "both", after=12, lines=1.1, indent_mm=12.7, keep_next=True),
    Style("heading 1", 14, "both", bold=True, after=6, lines=1.1, indent_mm=12.7, keep_next=True, outline=0),
    Style("heading 2", 14, "both", bold=True, after=6, lines=1.1, indent_mm=12.7, keep_next=True, outline=1),
    Style("caption", 13, "center", bold=True, before=6, after=3, keep_next=True),
    Style("ND30 Tên hình", 13, "center", bold=True, after=8),
    Style("ND30 Hình", 14, "center", before=6, after=2, keep_next=True),
    Style("ND30 Đơn vị tính", 13, "right", italic=True, after=3, keep_next=True),
    Style("ND30 Bảng đầu", 12, "center", bold=True, before=2, after=2),
    Style("ND30 Bảng chữ", 12, "left", before=2, after=2),
    Style("ND30 Bảng giữa", 12, "center", before=2, after=2),
    Style("ND30 Bảng số", 12, "right", before=2, after=2),
    Style("ND30 Bảng nhỏ đầu", 11, "center", bold=True, before=1, after=1),
    Style("ND30 Bảng nhỏ chữ", 11, "left", before=1, after=1),
    Style("ND30 Bảng nhỏ giữa", 11, "center", before=1, after=1),
    Style("ND30 Bảng nhỏ số", 11, "right", before=1, after=1),
    Style("ND30 Bảng số cột", 9.5, "center", italic=True, before=1, after=1),
    Style("ND30 Bảng mã", 9.5, "left", before=1, after=1),
    Style("ND30 Ghi chú", 11, "both", italic=True, before=4, after=6),
    Style("ND30 Chức vụ ký", 14, "center", bold=True, keep_next=True),
    Style("ND30 Họ tên ký", 14, "center", bold=True, before=71, keep_next=True),
    Style("ND30 Nơi nhận", 12, bold=True, italic=True, keep_next=True),
    Style("ND30 Nơi nhận danh sách", 11),
    Style("ND30 Phụ lục số", 14, "center", bold=True, keep_next=True, outline=0),
    Style("ND30 Phụ lục tên", 14, "center", bold=True, keep_next=True),
    Style("ND30 Phụ lục kèm theo", 14, "center", italic=True, keep_next=True),
    Style("ND30 Phụ lục kèm theo cuối", 14, "center", italic=True, after=8, keep_next=True),
    Style("ND30 Số trang", 14, "center"),
    Style("ND30 Chân trang", 11, "right", italic=True),
    Style("ND30 Ngắt phần", 1),
    Style("ND30 Sau bảng", 6),
)


@cache
def style_id(name: str) -> str:
    """The identifier of a style: its name without marks and spaces, as Word itself would make it."""
    return "".join(word[:1].upper() + word[1:] for word in fold(name).split())


@cache
def styles_xml() -> str:
    """The whole styles part."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    lines = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{line} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>'
        f'<w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts}</w:rPr></w:style>{''.join(map(_style_xml, STYLES))}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f'<w:style w:type="table" w:styleId="{style_id("Table Grid")}"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>'
        "</w:styles>"
    )


def _style_xml(style: Style) -> str:
    line = (
        ' w:line="20" w:lineRule="exact"'
        if style.size == 1
        else f' w:line="{round(style.lines * 240)}" w:lineRule="auto"'
    )
    paragraph = "<w:keepNext/>" if style.keep_next else ""
    paragraph += (
        f'<w:widowControl/><w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"{line}/>'
    )
    paragraph += f'<w:ind w:firstLine="{round(style.indent_mm * 1440 / 25.4)}"/>' if style.indent_mm else ""
    paragraph += f'<w:jc w:val="{style.align}"/>'
    paragraph += f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    look = "<w:b/>" if style.bold else ""
    look += "<w:i/>" if style.italic else ""
    size = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{look}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
