"""A paper in an office's own Word template: docxtpl fills the words in, our writer the blocks, the office's styles decide how they look.

A template is looked at before every filling, and expressions run in a sandbox without functions: a template can name what it is
given, and nothing else.
"""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from chungtay.kernel.folding import nfc
from chungtay.papers.docx import Writer, dashed, end_of_part
from chungtay.papers.layout import Layout, lay_out
from chungtay.papers.packing import of_day
from chungtay.papers.rules import Paper, PaperError
from chungtay.papers.tags import FILTERS, Format
from chungtay.papers.templatelint import lint
from chungtay.papers.wordfile import NAMESPACES
from chungtay.papers.wordstyles import FONT, styles_xml

MARK = "\ue000{}\ue001"  # letters of no alphabet: where blocks go once the words are in
_STYLE_OF = re.compile(r'(<w:(?:pStyle|tblStyle) w:val=")([^"]+)(")')


class TemplateBroken(PaperError):
    """The office's template cannot be filled; the sentence says what, where, and what to do."""


def fill(
    template: bytes, paper: Paper, *, form: Format = Format.REPORT, more: Mapping[str, str] | None = None
) -> bytes:
    """Return the paper as .docx in the template; the same template and paper give the same bytes. `more`: further texts.

    Raises TemplateBroken naming the first fault, and what `check_paper` raises.
    """
    layout = lay_out(paper)
    if stopping := [finding for finding in lint(template, form) if finding.stops]:
        raise TemplateBroken(f"Mẫu Word của đơn vị có lỗi. {stopping[0]} Hãy sửa mẫu rồi tải lên bản mới.")
    made = DocxTemplate(io.BytesIO(template))
    try:
        made.render(_context(paper, more or {}), jinja_env=_sandbox(), autoescape=True)
    except TemplateError as error:
        raise TemplateBroken(
            "Không điền được mẫu Word của đơn vị. Hãy kiểm tra các thẻ của mẫu rồi tải lên lại."
        ) from error
    document: Document = made.docx
    _put_blocks(document, layout)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = nfc(paper.title)[:250], nfc(paper.head.issuer_in_text)[:250], ""
    out = io.BytesIO()
    document.save(out)
    return of_day(out.getvalue(), paper.head.dated_on)


def _sandbox() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.tests.clear()
    return made


def _context(paper: Paper, more: Mapping[str, str]) -> dict[str, Any]:
    head = paper.head
    said: dict[str, Any] = {
        "co_quan_chu_quan": list(head.superior),
        "co_quan_ban_hanh": list(head.issuer),
        "so": head.number_line,
        "dia_danh_ngay": head.place_and_date,
        "ten_loai": paper.type_name.upper(),
        "trich_yeu": list(paper.abstract),
        "kinh_gui": list(paper.addressees),
        "chu_ky": [{"dong": list(signature.lines), "ten": signature.name} for signature in paper.signatures],
        "noi_nhan": dashed(paper.recipients),
        "ghi_chu": paper.note,
        "noi_dung": MARK.format("noi_dung"),
        "phu_luc": MARK.format("phu_luc"),
        **more,
    }
    said["noi_dung"], said["phu_luc"] = (_Marker(said[name]) for name in ("noi_dung", "phu_luc"))
    return _normal(said)  # type: ignore[no-any-return]  # a dict stays a dict


class _Marker(str):
    """A paragraph that the blocks take the place of; marked as markup, since we wrote it."""

    def __html__(self) -> str:
        return f'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:t>{self}</w:t></w:r></w:p>'


def _normal(value: Any) -> Any:
    match value:
        case _Marker():
            return value
        case str():
            return nfc(value)
        case list():
            return [_normal(each) for each in value]
        case dict():
            return {key: _normal(each) for key, each in value.items()}
    return value


# ---------------------------------------------------------------- blocks


class _InTemplate(Writer):
    """Writes blocks whose links and pictures belong to the template's own document."""

    def __init__(self, part: DocumentPart) -> None:
        super().__init__()
        self.part = part

    def link(self, address: str) -> str:
        return str(self.part.relate_to(address, RELATION.HYPERLINK, is_external=True))

    def kept(self, picture: bytes) -> str:
        return str(self.part.get_or_add_image(io.BytesIO(picture))[0])


def _put_blocks(document: Document, layout: Layout) -> None:
    body = document.element.body
    _renumber(body)
    page: BaseOxmlElement = body.get_or_add_sectPr()
    writer, names = _InTemplate(document.part), _adopt_styles(document)
    content = "".join(writer.blocks(layout.blocks))
    annexes = "".join(writer.annexes(layout.annexes, lambda landscape: _page_xml(page, landscape=landscape)))
    for name, xml in (("noi_dung", content), ("phu_luc", annexes)):
        for marked in [p for p in body.iter(qn("w:p")) if _said(p) == MARK.format(name)]:
            for element in _elements(xml, names):
                marked.addprevious(element)
            marked.getparent().remove(marked)
    if layout.annexes and annexes:
        _turn(page, landscape=layout.annexes[-1].landscape)
        last = page.getprevious()
        if last is not None and last.tag == qn("w:tbl"):
            page.addprevious(next(_elements(end_of_part(""), names)))


def _said(paragraph: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _elements(xml: str, names: Mapping[str, str]) -> Iterator[BaseOxmlElement]:
    """Our blocks as elements, each style by the id that the template knows it by."""
    known = _STYLE_OF.sub(lambda found: found[1] + names.get(found[2], found[2]) + found[3], xml)
    return iter(list(parse_xml(f"<w:body {NAMESPACES}>{known}</w:body>")))


def _renumber(body: BaseOxmlElement) -> None:
    """Bookmarks of the template make room for ours."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in body.iter(qn(tag)):
            mark.set(qn("w:id"), str(int(mark.get(qn("w:id"), "0")) + 100_000))


def _page_xml(page: BaseOxmlElement, *, landscape: bool) -> str:
    """The template's own page for one part, upright or on its side, its pages counted from one."""
    one = copy.deepcopy(page)
    _turn(one, landscape=landscape)
    return str(etree.tostring(one, encoding="unicode"))


def _turn(page: BaseOxmlElement, *, landscape: bool) -> None:
    size = page.find(qn("w:pgSz"))
    if size is not None:
        sides = sorted((size.get(qn("w:w"), "11906"), size.get(qn("w:h"), "16838")), key=int)
        width, height = reversed(sides) if landscape else sides
        size.set(qn("w:w"), width)
        size.set(qn("w:h"), height)
        size.set(qn("w:orient"), "landscape" if landscape else "portrait")
    counted = page.find(qn("w:pgNumType"))
    if counted is None:
        counted = page.makeelement(qn("w:pgNumType"), {})
        before = page.find(qn("w:pgMar"))
        before.addnext(counted) if before is not None else page.append(counted)
    counted.set(qn("w:start"), "1")


def _adopt_styles(document: Document) -> dict[str, str]:
    """Add the styles that the template lacks; return how it calls those that it has: our id -> its id.

    A style of the same name in the template stays as the office made it.
    """
    styles = document.styles.element
    held = {(e.get(qn("w:type")), e.find(qn("w:name")).get(qn("w:val"))): e for e in styles.iter(qn("w:style"))}
    names = dict[str, str]()
    for style in parse_xml(styles_xml().partition("?>")[2]).iter(qn("w:style")):
        kind, name = style.get(qn("w:type")), style.find(qn("w:name")).get(qn("w:val"))
        mine = style.get(qn("w:styleId"))
        if (there := held.get((kind, name))) is not None:
            names[mine] = there.get(qn("w:styleId"))
            continue
        if (based := style.find(qn("w:basedOn"))) is not None:
            based.set(qn("w:val"), names.get(based.get(qn("w:val")), based.get(qn("w:val"))))
        if style.get(qn("w:default")):
            del style.attrib[qn("w:default")]
        look = style.find(qn("w:rPr"))
        if look is not None and look.find(qn("w:rFonts")) is None:
            fonts = {qn(f"w:{name}"): FONT for name in ("ascii", "hAnsi", "cs", "eastAsia")}
            look.insert(0, look.makeelement(qn("w:rFonts"), fonts))
        styles.append(style)
    return names
