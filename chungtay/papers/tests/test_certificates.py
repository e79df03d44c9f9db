"""Certificates, measured on the finished page: whatever the name, nothing leaves its field; and what is printed can be read back."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import segno
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from chungtay.papers.certificates import Batch, Certificate, write_certificates_pdf

MM = 72 / 25.4
INNER = (14 * MM, 14 * MM, 283 * MM, 196 * MM)  # within the gold rule of the border
CODE = "ABCDEFGHJK23"


def batch(*names: str, **more: object) -> Batch:
    said = Batch(
        issuer="Chủ tịch Ủy ban nhân dân thành phố Cao Lãnh",
        kind="Giấy khen",
        merit="Đã có thành tích xuất sắc trong thực hiện Chương trình phối hợp số 500",
        decision="Quyết định số 418/QĐ-UBND ngày 26 tháng 5 năm 2023",
        place="Cao Lãnh",
        dated_on=date(2023, 5, 30),
        position="Chủ tịch",
        signer="Nguyễn Văn A",
        note="Số liệu minh họa",
        items=[
            Certificate(name, f"{at:02d}/2023", f"https://phanmem.vn/kiem-tra/{CODE}/", CODE)
            for at, name in enumerate(names, 1)
        ],
    )
    return replace(said, **more)


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages(data: bytes):
    """Yield of each page all that it says and, for each letter, its box (left, bottom, right, top) in points."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        letters = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
        yield [(letter, box) for letter, box in letters if letter.strip()]
    document.close()


def check_page(letters, name: str, merit: str) -> None:
    """The name stands whole between GIẤY KHEN and the merit, lines of it and all else inside the border."""
    said = "".join(letter for letter, _ in letters)
    assert squeezed(name) in said, name
    for letter, (left, bottom, right, top) in letters:
        assert INNER[0] <= left and right <= INNER[2] and INNER[1] <= bottom and top <= INNER[3], (name, letter)
    first = said.index("GIẤYKHEN") + len("GIẤYKHEN")
    last = said.index(squeezed(merit), first)
    assert said[first:last] == squeezed(name)
    boxes = [box for _, box in letters]
    above = min(box[1] for box in boxes[first - 8 : first])
    below = max(box[3] for box in boxes[last : last + len(squeezed(merit))])
    assert max(box[3] for box in boxes[first:last]) <= above
    assert min(box[1] for box in boxes[first:last]) >= below


TEXT = """Ban Công tác Mặt trận Khóm Ấp Phường xã Hội quán Câu lạc bộ Tổ Nhân dân tự quản Tân Thuận Đông nghiêng
Nguyễn trường KHUYẾN HỌC “Tôn giáo bảo vệ môi trường” số 15 biến đổi khí hậu"""
WORDS = st.sampled_from(TEXT.split())
NAMES = (
    st.lists(WORDS, min_size=2, max_size=40)
    .map(lambda words: " ".join(words)[:120].strip())
    .filter(lambda n: len(n) >= 5)
)


@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(st.lists(NAMES, min_size=20, max_size=20), st.lists(WORDS, min_size=4, max_size=60).map(" ".join))
def test_whatever_the_name_and_merit_nothing_leaves_its_field(names, merit):
    data = batch(*names, merit=f"Đã có thành tích {merit}"[:400].strip())
    found = list(pages(write_certificates_pdf(data)))
    assert len(found) == len(names)
    for letters, name in zip(found, names, strict=True):
        check_page(letters, name, data.merit)


@pytest.mark.parametrize(
    "name",
    [
        "Tổ 15",
        "W" * 120,
        "Ế" * 60 + " " + "Ộ" * 59,
        "Câu lạc bộ “Tôn giáo tham gia bảo vệ môi trường và ứng phó với biến đổi khí hậu”",
    ],
)
@pytest.mark.parametrize("long", [False, True])
def test_the_hardest_names_and_long_bodies_stay_inside(name, long):
    more = {}
    if long:
        more = {
            "issuer": "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường Nguyễn Thị Minh Khai, thành phố Hồ Chí Minh "
            * 2,
            "position": "KT. Chủ tịch, Phó Chủ tịch thường trực phụ trách văn hóa xã hội và khoa giáo",
            "signer": "Công Tằng Tôn Nữ Nguyễn Thị Phương Thảo Quỳnh Như Diễm My",
            "merit": "Đã có thành tích đặc biệt xuất sắc " * 11,
            "place": "Thành phố Phan Rang - Tháp Chàm",
        }
    data = batch(name, **more)
    [letters] = pages(write_certificates_pdf(data))
    check_page(letters, name, data.merit)
    said = "".join(letter for letter, _ in letters)
    assert squeezed(data.signer) in said
    assert squeezed(data.issuer.upper()) in said


def test_a_name_that_leaves_the_field_would_be_found():
    """A planted fault: a letter beside the border, a name across the merit."""
    data = batch("Tổ 15")
    [letters] = pages(write_certificates_pdf(data))
    said = "".join(letter for letter, _ in letters)
    at = said.index("Tổ15")
    for box in ((5, 300, 9, 310), (300, 10, 310, 20), letters[said.index("Đãcó")][1]):
        moved = [*letters]
        moved[at] = ("T", box)
        with pytest.raises(AssertionError):
            check_page(moved, "Tổ 15", data.merit)


def test_number_book_and_code_are_printed_and_the_same_batch_gives_the_same_bytes():
    data = batch("Tổ 15", "Tổ 16")
    made = write_certificates_pdf(data)
    assert write_certificates_pdf(data) == made
    first, second = ("".join(letter for letter, _ in letters) for letters in pages(made))
    for said in ("418/QĐ-UBND", "01/2023", CODE, "CaoLãnh,ngày30tháng5năm2023", "Sốliệuminhhọa"):
        assert said in first
    assert "02/2023" in second


def dark(page: pypdfium2.PdfPage, corner: tuple[float, float], modules: int, size_mm: float) -> list[list[bool]]:
    """Return which modules of a drawn code are dark, read from its picture; `corner` is its lower left in mm."""
    scale = 6
    picture = page.render(scale=scale).to_pil().convert("L")
    step = size_mm * MM * scale / modules
    left, top = corner[0] * MM * scale, picture.height - (corner[1] + size_mm) * MM * scale
    return [
        [picture.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128 for x in range(modules)]
        for y in range(modules)
    ]


def test_the_code_on_the_page_is_that_of_the_address():
    """Module by module, read from the drawn page: for the second page, whose mask was taken from the first."""
    data = batch("Tổ 15", "Tổ 16")
    address = f"https://phanmem.vn/kiem-tra/{CODE}/"
    code = segno.make_qr(address, error="m")
    wanted = [[bool(cell) for cell in row] for row in code.matrix_iter(border=4)]
    document = pypdfium2.PdfDocument(write_certificates_pdf(data))
    for page in document:
        assert dark(page, (30, 22), len(wanted), 25) == wanted
    document.close()


def test_an_office_prints_its_own_picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (10, 200, 30)).save(out, "PNG")
    document = pypdfium2.PdfDocument(write_certificates_pdf(batch("Tổ 15", emblem=out.getvalue())))
    text = document[0].get_textpage().get_text_bounded()
    assert not re.search("Quốc huy", text)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    assert any(g > 150 and r < 80 for _, (r, g, _) in picture.getcolors(1_000_000))
    document.close()
