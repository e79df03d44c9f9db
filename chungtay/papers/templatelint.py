"""Finds what is broken in an office's Word template before it hurts: each finding names the tag, its place and what to do."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from chungtay.papers.literals import unsourced_numbers
from chungtay.papers.tags import BLOCKS_OPEN, NAMES, TAG, BadTag, Format, Kind, Tag, kind_of, loop_of, read_tag

LARGEST, UNPACKED, MOST_PARTS = 5_000_000, 30_000_000, 400
MM = 36_000
REQUIRED = {Format.REPORT: ("noi_dung", "phu_luc"), Format.INVITATION: ()}
LEVELS = {"p": "đoạn", "tr": "dòng của bảng", "tc": "ô của bảng", "": "trong dòng"}


@dataclass(frozen=True)
class Finding:
    """One thing found. What `stops` keeps the template from being used; the rest is advice."""

    place: str
    text: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class Place:
    """A paragraph of the template: where it is, its element, and the pieces of its text with the run of each."""

    name: str
    paragraph: BaseOxmlElement
    pieces: tuple[tuple[str, BaseOxmlElement], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass
class _Open:
    """A block that waits for its end."""

    tag: Tag
    place: Place
    names: dict[str, Kind] = field(default_factory=dict)


def lint(data: bytes, form: Format = Format.REPORT) -> list[Finding]:
    """Return everything that is wrong or worth knowing, in reading order; [] for a template without fault."""
    if refused := _refused(data):
        return [Finding("Tệp", refused)]
    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(_parts(document))
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError):
        return [Finding("Tệp", "không phải tệp Word (.docx); hãy lưu lại dưới dạng .docx.")]
    found = list[Finding]()
    told = list[str]()
    for places in parts:
        found += _Part(NAMES[form], told).walk(places)
    found += [
        Finding("Toàn mẫu", f"thiếu thẻ {{{{p {name} }}}}; hãy đặt thẻ này trên một dòng riêng.")
        for name in REQUIRED[form]
        if name not in told
    ]
    found += [
        Finding("Toàn mẫu", f"thẻ {{{{p {name} }}}} có {told.count(name)} lần; hãy để lại một.")
        for name, kind in NAMES[form].items()
        if kind is Kind.BLOCKS and told.count(name) > 1
    ]
    if "phu_luc" in told and "noi_dung" in told and told.index("phu_luc") < told.index("noi_dung"):
        found.append(Finding("Toàn mẫu", "phụ lục đứng trước nội dung; hãy đưa {{p phu_luc }} xuống cuối."))
    if form is Format.INVITATION and not {"noi_dung", "dai_bieu"} & set(told):
        found.append(Finding("Toàn mẫu", "giấy mời chưa có thẻ dai_bieu hoặc noi_dung; hãy thêm một trong hai."))
    return found + list(_page(document))


def _refused(data: bytes) -> str:
    """Why a file is not even opened: size, kind, or parts that may run or reach out."""
    if len(data) > LARGEST:
        return "lớn hơn 5 MB; hãy bỏ bớt hình ảnh rồi lưu lại."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                return "mở ra quá lớn; hãy bỏ bớt hình ảnh rồi lưu lại."
            names = [part.filename for part in parts]
            if any(part in name for name in names for part in ("vbaProject", "embeddings/", "activeX/", "afchunk")):
                return "có macro hoặc đối tượng nhúng; hãy bỏ chúng rồi lưu lại dưới dạng .docx."
            relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
            if any(b'"External"' in each and b"/hyperlink" not in each for each in relations.split(b"<Relationship ")):
                return "lấy hình hoặc mẫu từ nơi khác; hãy chèn thẳng hình vào tệp rồi lưu lại."
            if any(b"<!DOCTYPE" in archive.read(name)[:2000] for name in names if name.endswith((".xml", ".rels"))):
                return "có phần khai báo lạ; hãy mở bằng Word rồi lưu lại."
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError):
        return "không phải tệp Word (.docx); hãy lưu lại dưới dạng .docx."
    return ""


# ---------------------------------------------------------------- where the text is


def _parts(document: docx.document.Document) -> Iterator[list[Place]]:
    """The body, then the heads and feet of pages, each once."""
    yield list(_places(document.element.body, "Thân"))
    seen = set[str]()
    for section in document.sections:
        for words, part in (
            ("Đầu trang", section.header),
            ("Đầu trang nhất", section.first_page_header),
            ("Chân trang", section.footer),
            ("Chân trang nhất", section.first_page_footer),
        ):
            if not part.is_linked_to_previous and part.part.partname not in seen:
                seen.add(part.part.partname)
                yield list(_places(part._element, words))


def _places(root: BaseOxmlElement, words: str) -> Iterator[Place]:
    tables = list(root.iter(qn("w:tbl")))
    for number, paragraph in enumerate(root.iter(qn("w:p")), 1):
        pieces = tuple(_pieces(paragraph))
        where = f"{words}, đoạn {number}"
        if (cell := next(paragraph.iterancestors(qn("w:tc")), None)) is not None:
            row = cell.getparent()
            table = next(row.iterancestors(qn("w:tbl")))
            cells, rows = row.findall(qn("w:tc")), table.findall(qn("w:tr"))
            at = rows.index(row) + 1 if row in rows else "…"
            where = f"{words}, bảng {tables.index(table) + 1}, dòng {at}, ô {cells.index(cell) + 1 if cell in cells else '…'}"
        yield Place(where, paragraph, pieces)


def _pieces(paragraph: BaseOxmlElement) -> Iterator[tuple[str, BaseOxmlElement]]:
    """The texts of a paragraph with their runs; what a field prints (a page's number) is not the template's word."""
    depth = 0
    for element in paragraph.iter(qn("w:t"), qn("w:fldChar")):
        if next(element.iterancestors(qn("w:p"))) is not paragraph:
            continue
        if element.tag == qn("w:fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(qn("w:fldCharType")), 0)
        elif not depth and next(element.iterancestors(qn("w:fldSimple")), None) is None:
            yield element.text or "", element.getparent()


# ---------------------------------------------------------------- one part of the file


class _Part:
    """Walks through a part's paragraphs and keeps the blocks that are open."""

    def __init__(self, names: Mapping[str, Kind], told: list[str]) -> None:
        self.names, self.told = names, told
        self.open = list[_Open]()
        self.found = list[Finding]()

    def walk(self, places: list[Place]) -> list[Finding]:
        for place in places:
            tags = list(TAG.finditer(place.text))
            for match in tags:
                self.pieces(place, match.start(), match.end(), match.group())
                self.tag(place, match.group())
            for left in [one for one in self.open if not one.tag.level and one.place is place]:
                self.open.remove(left)
                self.say(place, left.tag.written, "mở mà không đóng trong cùng đoạn; hãy dùng {%p … %} trên dòng riêng")
            self.rest(place, TAG.sub("\x00", place.text))
        for left in self.open:
            self.say(left.place, left.tag.written, f"mở mà không có {{% {BLOCKS_OPEN[left.tag.word]} %}} đóng lại")
        return self.found

    def say(self, place: Place, tag: str, wrong: str, *, stops: bool = True) -> None:
        self.found.append(Finding(place.name, f"thẻ {tag} {wrong}{'' if wrong.endswith('?') else '.'}", stops))

    def scope(self) -> dict[str, Kind]:
        held = dict(self.names)
        for one in self.open:
            held |= one.names
        return held

    def tag(self, place: Place, written: str) -> None:
        try:
            tag = read_tag(written)
            if tag is not None:
                self.level(place, tag)
                self.value(tag) if not tag.word else self.block(place, tag)
        except BadTag as wrong:
            self.say(place, written, str(wrong))

    def level(self, place: Place, tag: Tag) -> None:
        """A tag of a whole paragraph, row or cell takes all of it away: nothing else may stand there."""
        if tag.level == "p" and TAG.sub("", place.text).strip():
            raise BadTag("phải đứng một mình trên dòng; chữ cùng dòng sẽ mất")
        if tag.level == "p" and len(TAG.findall(place.text)) > 1:
            raise BadTag("phải đứng một mình; hãy đưa thẻ kia xuống dòng khác")
        if tag.level in ("tr", "tc") and next(place.paragraph.iterancestors(qn("w:tc")), None) is None:
            raise BadTag(f"dùng mức {tag.level} ngoài bảng; hãy dùng {{%p … %}}")

    def value(self, tag: Tag) -> None:
        kind = kind_of(tag.rest, self.scope())
        name = tag.rest.split("|")[0].strip()
        if kind is Kind.BLOCKS:
            self.told.append(name)
            if tag.level != "p":
                raise BadTag(f"là cả một phần văn bản; hãy viết {{{{p {name} }}}} trên dòng riêng")
            if self.open:
                raise BadTag("nằm trong for hoặc if; hãy đưa ra ngoài")
            return
        self.told.append(name)
        if tag.level:
            raise BadTag(f"là chữ trong dòng; hãy viết {{{{ {name} }}}}")
        if kind is not Kind.TEXT:
            raise BadTag("là danh sách; hãy dùng for … in … để đi qua từng dòng")

    def block(self, place: Place, tag: Tag) -> None:
        if tag.word in BLOCKS_OPEN:
            names = dict[str, Kind]()
            if tag.word == "for":
                try:
                    name, kind = loop_of(tag, self.scope())
                    names = {name: kind, "loop": Kind.TEXT}
                    self.told.append(tag.rest.split()[-1])
                finally:  # a wrong loop is still closed by its end
                    self.open.append(_Open(tag, place, names))
            else:
                self.open.append(_Open(tag, place, names))
                kind_of(tag.rest, self.scope())
            return
        if not self.open:
            raise BadTag("không có for hoặc if nào mở trước nó")
        last = self.open[-1]
        if tag.word in ("else", "elif"):
            if last.tag.word != "if" or last.tag.level != tag.level:
                raise BadTag(f"không khớp với {last.tag.written} đang mở")
            if tag.word == "elif":
                kind_of(tag.rest, self.scope())
            return
        self.open.pop()
        if BLOCKS_OPEN[last.tag.word] != tag.word:
            raise BadTag(f"không khớp với {last.tag.written} đang mở ở {last.place.name}")
        if last.tag.level != tag.level:
            raise BadTag(
                f"ở mức {LEVELS[tag.level]} mà {last.tag.written} ở mức {LEVELS[last.tag.level]}; hãy viết hai thẻ cùng mức"
            )
        if _home(last.place, tag.level) is not _home(place, tag.level):
            raise BadTag(
                f"đóng {last.tag.written} ở nơi khác với nơi mở; hãy đặt hai thẻ trong cùng một ô hoặc cùng thân văn bản"
            )

    def pieces(self, place: Place, start: int, end: int, written: str) -> None:
        """A tag cut into runs is put together again; one that is cut by a link or a tracked change is not."""
        at, runs = 0, list[BaseOxmlElement]()
        for text, run in place.pieces:
            if at < end and at + len(text) > start:
                runs.append(run)
            at += len(text)
        if len({run.getparent() for run in runs}) > 1 or any(r.getparent().tag != qn("w:p") for r in runs):
            self.say(
                place,
                written,
                "nằm trong liên kết hoặc phần đang theo dõi sửa đổi; hãy chấp nhận sửa đổi, bỏ liên kết rồi gõ lại",
            )
        elif len({_look(run) for run in runs}) > 1:
            wrong = "bị cắt thành nhiều mảnh định dạng khác nhau, sẽ in theo mảnh đầu; nên xóa và gõ lại một lần"
            self.say(place, written, wrong, stops=False)

    def rest(self, place: Place, text: str) -> None:
        """What stands outside tags: no lone brace, and no number that would state a figure."""
        for sign in ("{{", "}}", "{%", "%}", "{", "}"):
            at = text.find(sign)
            if at >= 0:
                around = text[max(0, at - 12) : at + 24].replace("\x00", "…").strip()
                self.found.append(
                    Finding(
                        place.name,
                        f"dấu “{sign}” lẻ ở “{around}”: thẻ mở mà không đóng, bị cắt sang đoạn khác, hoặc gõ thiếu dấu ngoặc; "
                        "hãy gõ lại cả thẻ trong một đoạn.",
                    )
                )
                break
        for span in unsourced_numbers(text.replace("\x00", " ")):
            self.found.append(
                Finding(
                    place.name, f"số “{span.text}” gõ sẵn trong mẫu sẽ in như số liệu mà không có nguồn; hãy bỏ số này."
                )
            )


def _home(place: Place, level: str) -> object:
    """Where both ends of a block have to be: the same paragraph, body or cell, row's table, or row."""
    if not level:
        return place.paragraph
    if level == "p":
        return place.paragraph.getparent()
    tag = qn("w:tbl") if level == "tr" else qn("w:tr")
    return next(place.paragraph.iterancestors(tag), place.paragraph.getparent())


def _look(run: BaseOxmlElement) -> tuple[str, ...]:
    properties = run.find(qn("w:rPr"))
    skipped = {qn("w:lang"), qn("w:noProof")}
    return tuple(
        sorted(e.tag + str(dict(e.attrib)) for e in properties if e.tag not in skipped)
        if properties is not None
        else ()
    )


def _page(document: docx.document.Document) -> Iterator[Finding]:
    """Advice: paper and margins as NĐ 30/2020, Phụ lục I, has them."""
    for number, section in enumerate(document.sections, 1):
        sides = {"trên": (section.top_margin, 20, 25), "dưới": (section.bottom_margin, 20, 25)}
        sides |= {"trái": (section.left_margin, 30, 35), "phải": (section.right_margin, 15, 20)}
        if sorted(round((side or 0) / MM) for side in (section.page_width, section.page_height)) != [210, 297]:
            yield Finding(f"Phần {number}", "khổ giấy không phải A4 như Nghị định 30/2020 quy định.", stops=False)
        for name, (given, least, most) in sides.items():
            if not least - 0.1 <= (given or 0) / MM <= most + 0.1:
                said = f"lề {name} ngoài khoảng {least} - {most} mm của Nghị định 30/2020."
                yield Finding(f"Phần {number}", said, stops=False)
