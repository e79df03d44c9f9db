"""Offices' Word templates: every planted fault is named with its tag and place; what is filled in keeps the law of papers."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chungtay.papers.rereading import leftover_numbers, text_of_docx
from chungtay.papers.rules import HeadKind, UnsourcedNumber, manifest, prints
from chungtay.papers.rules import Paragraph as Prose
from chungtay.papers.tags import NAMES, SAYS, Format
from chungtay.papers.templatefill import TemplateBroken, fill
from chungtay.papers.templatelint import lint
from chungtay.papers.templatestart import starting_template
from chungtay.papers.tests.nd30 import broken_rules, open_docx
from chungtay.papers.tests.sample import report

BASE = ("{{ ten_loai }}", "{{p noi_dung }}", "{{p phu_luc }}")


def template(*lines, change=lambda document: None, base=BASE) -> bytes:
    """A template as an office would type it: the lines, then the two parts that every report has."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    for line in (*lines, *base):
        document.add_paragraph(line)
    change(document)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def said(data, form=Format.REPORT) -> str:
    return "\n".join(map(str, lint(data, form)))


@pytest.mark.parametrize("form", list(Format))
def test_the_template_to_begin_with_has_no_fault(form):
    assert lint(starting_template(form), form) == []


def test_every_tag_is_explained():
    assert {name for names in NAMES.values() for name in names} == set(SAYS)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Số: {{ so", "Thân, đoạn 1: dấu “{{” lẻ ở “Số: {{ so”"),
        ("Số: so }}", "dấu “}}” lẻ"),
        ("Số: { {so} }", "dấu “{” lẻ"),
        ("Số: {{ }}", "thẻ {{ }} không có tên nào bên trong"),
        ("{{ trich_yue }}", "có tên “trich_yue” mà mẫu này không có; có phải “trich_yeu”?"),
        ("{{ con_dau }}", "có tên “con_dau” mà mẫu này không có; hãy xem danh sách thẻ"),
        ("{{ trich_yeu }}", "thẻ {{ trich_yeu }} là danh sách; hãy dùng for"),
        ("{{ noi_dung }}", "hãy viết {{p noi_dung }} trên dòng riêng"),
        ("{{p so }}", "là chữ trong dòng; hãy viết {{ so }}"),
        ("{%p for dong in trich_yeu %}", "mở mà không có {% endfor %} đóng lại"),
        ("{%p endif %}", "thẻ {%p endif %} không có for hoặc if nào mở trước nó"),
        ("{% if so %}Số: {{ so }}", "mở mà không đóng trong cùng đoạn"),
        ("{%p for so in trich_yeu %}", "đặt lại tên “so” đã có"),
        ("{%p for dong in so %}", "đi qua “so” mà đây không phải danh sách"),
        ("{%p for trich_yeu %}", "dạng đúng là “for dong in trich_yeu”"),
        ("Kính gửi {%p if so %}", "phải đứng một mình trên dòng"),
        ("{%tr for d in noi_nhan %}", "dùng mức tr ngoài bảng"),
        ("{% set x = so %}", "dùng lệnh “set” không được phép"),
        ("{% include 'x' %}", "dùng lệnh “include” không được phép"),
        ("{{ so.__class__ }}", "hỏi phần “.__class__”"),
        ("{{ so|attr('x') }}", "không được phép"),
        ("{{ cycler.__init__.__globals__ }}", "có tên “cycler” mà mẫu này không có"),
        ("{{ range(9) }}", "chứa phép tính hoặc lời gọi không được phép"),
        ("{{ so * 9 }}", "chứa phép tính"),
        ("{{ so, ten_loai }}", "chứa phép tính"),
        ("{{ so | safe }}", "dùng bộ lọc “safe” không được phép"),
        ("{{- so }}", "có dấu “-” sát ngoặc"),
        ("{{r so }}", "không được hỗ trợ"),
        ("{{ chu_ky.ten }}", "hỏi phần “.ten”"),
        ("Đã xây 400 căn nhà.", "số “400” gõ sẵn trong mẫu"),
        ("{{p noi_dung }}", "thẻ {{p noi_dung }} có 2 lần"),
    ],
)
def test_a_fault_is_named_with_its_tag_its_place_and_what_to_do(line, words):
    data = template(line)
    assert words in said(data)
    assert any(finding.stops for finding in lint(data))
    with pytest.raises(TemplateBroken, match="Mẫu Word của đơn vị có lỗi"):
        fill(data, report())


@pytest.mark.parametrize(
    "lines",
    [
        ("{%p for dong in trich_yeu %}", "{{ dong|upper }}", "{%p endfor %}"),
        (
            "{%p for khoi in chu_ky %}",
            "{% for d in khoi.dong %}{{ d }} {% endfor %}",
            "{{ khoi.ten }}",
            "{%p endfor %}",
        ),
        ("{% if kinh_gui %}Kính gửi{% else %}Không{% endif %}",),
        ("Số: {{so}}, {# dặn người sau #}ngày 05/01/2024, theo Nghị định 30/2020/NĐ-CP",),
    ],
)
def test_what_is_right_is_left_alone(lines):
    assert said(template(*lines)) == ""


def test_blocks_that_do_not_match_are_told_with_the_place_of_the_other():
    data = template("{%p for dong in trich_yeu %}", "{{ dong }}", "{%p endif %}")
    assert "Thân, đoạn 3: thẻ {%p endif %} không khớp với {%p for dong in trich_yeu %} đang mở ở Thân, đoạn 1" in said(
        data
    )
    crossed = template("{%p for dong in trich_yeu %}", "{% endfor %}")
    assert "ở mức trong dòng mà {%p for dong in trich_yeu %} ở mức đoạn" in said(crossed)


def test_a_block_is_closed_where_it_was_opened():
    def change(document):
        document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{%p endif %}"

    assert "Thân, bảng 1, dòng 1, ô 1: thẻ {%p endif %} đóng {%p if so %} ở nơi khác" in said(
        template("{%p if so %}", change=change)
    )


def test_a_tag_cut_into_runs_is_advice_and_is_filled_all_the_same():
    def change(document):
        paragraph = document.paragraphs[0]
        paragraph.add_run("{{ s")
        paragraph.add_run("o }}").bold = True

    data = template("Cao Lãnh, ", change=change)
    finding = next(iter(lint(data)))
    assert "thẻ {{ so }} bị cắt thành nhiều mảnh định dạng" in str(finding)
    assert not finding.stops
    assert "152/BC-UBND" in text_of_docx(fill(data, report()))


def test_a_tag_cut_by_a_link_stops():
    def change(document):
        paragraph = document.paragraphs[0]
        paragraph.add_run("{{ s")
        link = OxmlElement("w:hyperlink")
        link.append(paragraph.add_run("o }}")._r)
        paragraph._p.append(link)

    finding = next(iter(lint(template("", change=change))))
    assert "nằm trong liên kết" in str(finding)
    assert finding.stops


def test_tags_of_heads_and_feet_are_read_too():
    def change(document):
        document.sections[0].header.paragraphs[0].text = "{{ nguoi_ky }}"
        document.sections[0].footer.paragraphs[0].text = "{{ ghi_chu }}"

    data = template(change=change)
    assert said(data).startswith("Đầu trang, đoạn 1: thẻ {{ nguoi_ky }} có tên “nguoi_ky”")


def test_what_a_report_needs_is_asked_for_and_in_its_order():
    assert "thiếu thẻ {{p phu_luc }}" in said(template(base=("{{p noi_dung }}",)))
    assert "phụ lục đứng trước nội dung" in said(template(base=("{{p phu_luc }}", "{{p noi_dung }}")))
    assert "giấy mời chưa có thẻ dai_bieu" in said(template(base=("{{ so }}",)), Format.INVITATION)
    assert said(template(base=("Kính mời {{ dai_bieu }}",)), Format.INVITATION) == ""
    assert "có tên “dai_bieu”" in said(template("{{ dai_bieu }}"))


def test_margins_beyond_the_decree_are_advice():
    def change(document):
        document.sections[0].left_margin = Mm(20)

    finding = next(iter(lint(template(change=change))))
    assert "lề trái ngoài khoảng 30 - 35 mm" in str(finding)
    assert not finding.stops


def test_dangerous_and_foreign_files_are_not_opened():
    def packed(extra, data=b"x"):
        out = io.BytesIO(template())
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(extra, data)
        return out.getvalue()

    outside = b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" TargetMode="External" Target="http://a.b/c.dotm"/></Relationships>'
    for data, words in (
        (b"%PDF-1.7", "không phải tệp Word"),
        (b"", "không phải tệp Word"),
        (packed("word/vbaProject.bin"), "macro"),
        (packed("word/embeddings/oleObject1.bin"), "đối tượng nhúng"),
        (packed("word/_rels/settings.xml.rels", outside), "lấy hình hoặc mẫu từ nơi khác"),
        (packed("word/odd.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "khai báo lạ"),
        (packed("word/media/big.bin", bytes(40_000_000)), "quá lớn"),
        (bytes(6_000_000), "lớn hơn 5 MB"),
    ):
        assert words in said(data)


# ---------------------------------------------------------------- filling


@pytest.fixture(scope="module")
def filled(paper):
    return fill(starting_template(Format.REPORT), paper)


@pytest.mark.parametrize("kind", [HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT])
def test_no_number_of_a_filled_template_is_without_a_figure(kind):
    paper = report(kind)
    data = fill(starting_template(Format.REPORT), paper)
    text = text_of_docx(data)
    assert leftover_numbers(text, prints(paper), paper.names) == []
    dense = "".join(text.split())
    rows = [row for row in manifest(paper) if row.part != "chart"]
    assert all("".join(row.printed.split()) in dense for row in rows)


def test_pages_links_and_pictures_come_along(filled, paper):
    document = open_docx(filled)
    broken = broken_rules(document)
    assert not [rule for rule in broken if rule.startswith(("Phần", "Mỗi", "Phụ lục", "Nội dung", "Dòng", "Phông"))]
    assert [round(section.page_width / Mm(1)) for section in document.sections] == [210, 297, 210, 297]
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")]
        body = archive.read("word/document.xml").decode()
    used = {part.split('"')[0] for part in body.split('r:id="')[1:] + body.split('r:embed="')[1:]}
    assert used <= set(document.part.rels)
    assert "\ue000" not in body
    assert "{" not in text_of_docx(filled)


def test_the_same_template_and_paper_give_the_same_bytes(filled, paper):
    assert fill(starting_template(Format.REPORT), paper) == filled


def test_the_styles_of_the_office_decide():
    def change(document):
        style = document.styles.add_style("ND30 Nội dung", 1)
        style.font.size = Pt(13)
        document.sections[0].orientation = WD_ORIENT.PORTRAIT

    data = fill(template(change=change), report())
    document = open_docx(data)
    one = next(p for p in document.paragraphs if "Chương trình" in p.text and len(p.text) > 80)
    assert one.style.name == "ND30 Nội dung"
    assert one.style.font.size == Pt(13)
    heading = next(p for p in document.paragraphs if p.text.startswith("I. "))
    assert heading.style.name == "Heading 1"  # the template has its own, and it stays
    assert document.styles["ND30 Bảng số"].font.name == "Times New Roman"  # ours, since the template has none


def test_words_with_markup_stay_words(paper):
    wild = replace(paper, head=replace(paper.head, issuer=("<b>ỦY BAN</b> & {{ so }}",)))
    data = fill(template("{%p for d in co_quan_ban_hanh %}", "{{ d }}", "{%p endfor %}"), wild)
    assert "<b>ỦY BAN</b> & {{ so }}" in text_of_docx(data)


def test_a_number_typed_into_the_paper_is_refused_before_the_template_is_opened(paper):
    with pytest.raises(UnsourcedNumber):
        fill(b"", replace(paper, blocks=(*paper.blocks, Prose("Có 400 căn."))))


def test_bookmarks_of_the_template_and_ours_have_numbers_of_their_own(paper):
    def change(document):
        mark = OxmlElement("w:bookmarkStart")
        mark.set(qn("w:id"), "1")
        mark.set(qn("w:name"), "_GoBack")
        document.paragraphs[0]._p.append(mark)

    body = open_docx(fill(template(change=change), paper)).element.body
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids)) > 20
