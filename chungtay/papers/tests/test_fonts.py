"""The font of the papers: complete for Vietnamese, chosen by rank, never mixed."""

from pathlib import Path

import fontpkg_noto_serif
import pytest
from PIL import ImageFont

from chungtay.papers import fonts
from chungtay.papers.metrics import width_mm
from chungtay.papers.pdf import _compiler

INSTALLED = fonts.paper_font()


def test_vietnamese_has_134_letters_beyond_ascii():
    assert len(fonts.vietnamese_letters()) == 134


def test_the_chosen_font_holds_every_letter():
    assert INSTALLED.files
    assert all(fonts.missing_letters(path) == [] for path in INSTALLED.files)


def test_without_a_times_face_the_packaged_font_is_taken(tmp_path):
    font = fonts.choose_font((tmp_path,))
    assert font.family == fontpkg_noto_serif.FAMILY
    assert all(fonts.missing_letters(path) == [] for path in font.files)


def test_a_face_that_lacks_letters_is_refused(tmp_path, monkeypatch):
    for name in fonts.FAMILIES["Tinos"][0]:
        (tmp_path / name).write_bytes(INSTALLED.files[0].read_bytes())
    assert fonts.choose_font((tmp_path,)).family == "Tinos"
    monkeypatch.setattr(fonts, "missing_letters", lambda path: ["ỷ"])
    assert fonts.choose_font((tmp_path,)).family == fontpkg_noto_serif.FAMILY


def test_times_comes_before_the_others_wherever_it_lies(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, family in ((first, "Tinos"), (second, "Times New Roman")):
        folder.mkdir()
        for name in fonts.FAMILIES[family][0]:
            (folder / name).write_bytes(INSTALLED.files[0].read_bytes())
    assert fonts.choose_font((first, second)).family == "Times New Roman"


def test_the_folder_of_the_environment_is_searched_first(tmp_path, monkeypatch):
    (tmp_path / "x.ttf").write_bytes(b"")
    monkeypatch.setenv("PAPER_FONTS", str(tmp_path))
    assert fonts._folders()[0] == tmp_path


def test_the_compiler_is_kept_for_the_process():
    assert _compiler() is _compiler()


@pytest.mark.parametrize(("bold", "file"), [(False, "Regular"), (True, "Bold")])
def test_widths_are_those_of_a_times_face(bold, file):
    path = next((p for p in INSTALLED.files if p.name == f"LiberationSerif-{file}.ttf"), None)
    if path is None:
        pytest.skip("no face with the metrics of Times and a known name on this machine")
    face = ImageFont.truetype(str(Path(path)), 2048)
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ủy ban MTTQ phường Mỹ Phú, 2024",
    ):
        drawn = sum(face.getlength(letter) for letter in text) / 2048 * 14 * 25.4 / 72
        assert width_mm(text, 14, bold=bold) == pytest.approx(drawn, rel=0.005)
