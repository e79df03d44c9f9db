"""Papers as Word files, drawn from the same layout as the PDF, in the named styles of `wordstyles`."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from chungtay.papers.chart import HEIGHT, WIDTH
from chungtay.papers.grids import Grid
from chungtay.papers.layout import PORTRAIT_MM, Chart, Laid, LaidAnnex, Prose, lay_out
from chungtay.papers.metrics import width_mm
from chungtay.papers.pdf import chart_png
from chungtay.papers.rules import Head, Heading, HeadKind, Paper, Signature
from chungtay.papers.wordfile import pack
from chungtay.papers.wordml import cell, grid_table, paragraph, picture, row, rule_under, run, runs, section, table

RIGHT_BOX = 97
LEFT_BOX = PORTRAIT_MM - RIGHT_BOX
STATE, MOTTO, PARTY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM"


def write_docx(paper: Paper) -> bytes:
    """The paper as a .docx file; the same paper gives the same bytes. Raises what `check_paper` raises."""
    layout, writer, note = lay_out(paper), Writer(), bool(paper.note)
    parts = [writer.head(paper.head), *writer.opening(paper), *writer.blocks(layout.blocks), _closing(paper)]
    parts.extend(writer.annexes(layout.annexes, partial(_section, note=note)))
    landscape = layout.annexes[-1].landscape if layout.annexes else False
    parts.append(end_of_part("") + _section(landscape, note=note))
    return pack(
        "".join(parts),
        title=paper.title,
        author=paper.head.issuer_in_text,
        note=paper.note,
        day=paper.head.dated_on,
        links=writer.links,
        pictures=writer.pictures,
    )


def _section(landscape: bool, *, note: bool) -> str:
    return section(landscape=landscape, note=note)


class Writer:
    """Writes blocks and collects the links and pictures they use."""

    def __init__(self) -> None:
        self.links = dict[str, str]()
        self.pictures = dict[str, bytes]()
        self.drawings = count(1)

    def link(self, address: str) -> str:
        return self.links.setdefault(address, f"rLink{len(self.links) + 1}")

    def kept(self, picture: bytes) -> str:
        """Keep a picture and return the id of its relationship."""
        key = f"rPicture{len(self.pictures) + 1}"
        self.pictures[key] = picture
        return key

    def annexes(self, annexes: tuple[LaidAnnex, ...], end: Callable[[bool], str]) -> Iterator[str]:
        """Annexes, each after the end of the part before it: `end` gives a part's page, by whether it lies on its side."""
        landscape = False
        for annex in annexes:
            yield end_of_part(end(landscape))
            landscape = annex.landscape
            yield paragraph("ND30 Phụ lục số", run(annex.label))
            yield from (paragraph("ND30 Phụ lục tên", run(line)) for line in annex.title)
            yield from (paragraph("ND30 Phụ lục kèm theo", run(line)) for line in annex.reference[:-1])
            yield paragraph("ND30 Phụ lục kèm theo cuối", run(annex.reference[-1]))
            yield from self.blocks(annex.blocks)

    def rule(self, name: str, text: str, size: float, ratio: float) -> str:
        return rule_under(next(self.drawings), name, ratio * width_mm(text, size, bold=True), size)

    def head(self, head: Head) -> str:
        party = head.kind is HeadKind.PARTY
        left = [paragraph("ND30 Cơ quan chủ quản", run(line)) for line in head.superior]
        left += [paragraph("ND30 Cơ quan ban hành", run(line)) for line in head.issuer[:-1]]
        last = head.issuer[-1]
        under = "" if party else self.rule("Kẻ dưới cơ quan", last, 13, 0.42)
        left.append(paragraph("ND30 Cơ quan ban hành", run(last) + under))
        if party:
            left.append(paragraph("ND30 Cơ quan chủ quản", run("*")))
            right = [paragraph("ND30 Tên Đảng", run(PARTY) + self.rule("Kẻ dưới tên Đảng", PARTY, 15, 1))]
        else:
            motto = run(MOTTO) + self.rule("Kẻ dưới tiêu ngữ", MOTTO, 14, 1)
            right = [paragraph("ND30 Quốc hiệu", run(STATE)), paragraph("ND30 Tiêu ngữ", motto)]
        names = cell(LEFT_BOX, "".join(left)) + cell(RIGHT_BOX, "".join(right))
        number = paragraph("ND30 Số ký hiệu", run(head.number_line))
        day = paragraph("ND30 Địa danh ngày tháng", run(head.place_and_date))
        dated = cell(LEFT_BOX, number, centred=True) + cell(RIGHT_BOX, day, centred=True)
        return table((LEFT_BOX, RIGHT_BOX), row(names) + row(dated), grid=False)

    def opening(self, paper: Paper) -> Iterator[str]:
        """Type, abstract, addressees: dashes stand under the colon of "Kính gửi:"."""
        yield paragraph("ND30 Tên loại", run(paper.type_name.upper()))
        *lines, last = paper.abstract
        yield from (paragraph("ND30 Trích yếu", run(line)) for line in lines)
        yield paragraph("ND30 Trích yếu cuối", run(last) + self.rule("Kẻ dưới trích yếu", last, 14, 0.4))
        if len(paper.addressees) == 1:
            yield paragraph("ND30 Kính gửi một nơi", run(f"Kính gửi: {paper.addressees[0]}"))
        elif paper.addressees:
            names = dashed(paper.addressees)
            shift = width_mm("Kính gửi", 14)
            left = max(0, (PORTRAIT_MM - shift - max(width_mm(name, 14) for name in names)) / 2)
            yield paragraph("ND30 Kính gửi", run("Kính gửi:"), extra=_indent(left))
            for number, name in enumerate(names, 1):
                style = "ND30 Kính gửi cuối" if number == len(names) else "ND30 Kính gửi danh sách"
                yield paragraph(style, run(name), extra=_indent(left + shift))

    def blocks(self, blocks: tuple[Laid, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading(level=level, text=text):
                    yield paragraph(f"heading {level}", run(text))
                case Prose(runs=pieces, dash=dash, last=last):
                    text = (run("- ") if dash else "") + runs(pieces, self.link)
                    keep = "<w:keepLines/>" if last else ""
                    yield paragraph("ND30 Nội dung cuối" if last else "ND30 Nội dung", text, extra=keep)
                case Grid():
                    yield from self.grid(block)
                case Chart():
                    yield from self.chart(block)

    def grid(self, grid: Grid) -> Iterator[str]:
        if grid.caption:
            yield paragraph("caption", run(grid.caption))
        if grid.unit_line:
            yield paragraph("ND30 Đơn vị tính", run(grid.unit_line))
        yield grid_table(grid, self.link)
        if grid.note:
            yield paragraph("ND30 Ghi chú", runs(grid.note, self.link))
        else:
            yield paragraph("ND30 Sau bảng", "")

    def chart(self, chart: Chart) -> Iterator[str]:
        key = self.kept(chart_png(chart))
        yield paragraph("ND30 Hình", picture(next(self.drawings), key, chart.alt, WIDTH, HEIGHT))
        yield paragraph("ND30 Tên hình", run(chart.caption))


def dashed(names: tuple[str, ...]) -> list[str]:
    """A list in the form of NĐ 30: "- a;", …, "- c."."""
    return [f"- {name}{'.' if number == len(names) else ';'}" for number, name in enumerate(names, 1)]


def _closing(paper: Paper) -> str:
    """Recipients on the left, signature on the right; for a joint paper two blocks above, recipients below."""
    recipients = ""
    if paper.recipients:
        names = (paragraph("ND30 Nơi nhận danh sách", run(name)) for name in dashed(paper.recipients))
        recipients = paragraph("ND30 Nơi nhận", run("Nơi nhận:")) + "".join(names)
    recipients = recipients or paragraph("ND30 Nơi nhận danh sách", "")
    if len(paper.signatures) == 1:
        cells = cell(75, recipients) + cell(90, _signature(paper.signatures[0]))
        return table((75, 90), row(cells), grid=False)
    width = PORTRAIT_MM / len(paper.signatures)
    cells = "".join(cell(width, _signature(each)) for each in paper.signatures)
    below = cell(PORTRAIT_MM, recipients, span=len(paper.signatures))
    return table((width,) * len(paper.signatures), row(cells) + row(below), grid=False)


def _signature(signature: Signature) -> str:
    lines = "".join(paragraph("ND30 Chức vụ ký", run(line)) for line in signature.lines)
    return lines + paragraph("ND30 Họ tên ký", run(signature.name))


def _indent(left_mm: float) -> str:
    return f'<w:ind w:left="{round(left_mm * 1440 / 25.4)}"/>'


def end_of_part(properties: str) -> str:
    """The one-point paragraph that Word needs after a table and for a break between parts."""
    return paragraph("ND30 Ngắt phần", "", extra=properties)
