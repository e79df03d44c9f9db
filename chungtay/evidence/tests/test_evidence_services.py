"""What is kept as evidence: by content, without what a phone hides in a picture, once on disk."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from chungtay.evidence import selectors, services, store
from chungtay.evidence.rules import NotEvidence, plain_name
from chungtay.evidence.serving import answer
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _workspace(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def picture(size=(60, 40), form="JPEG", exif=None, mode="RGB") -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 0))
    image.save(out, form, **({"exif": exif} if exif else {}))
    return out.getvalue()


def office(folder: str, *extra: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}a.xml", *extra):
            archive.writestr(name, "<a/>")
    return out.getvalue()


def test_a_picture_loses_what_the_phone_hid_in_it(cast: Cast) -> None:
    """The place (GPS), the device, and the turn, which is made real."""
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: turn by 90 degrees
    exif[0x010F] = "CanaryPhone"
    exif.get_ifd(0x8825)[1] = "N"
    kept = services.keep(upload=SimpleUploadedFile("nhà.JPG", picture(exif=exif.tobytes())), now=NOW, by=cast.clerk)
    data = selectors.opened(kept)
    assert (kept.width, kept.height, kept.kind, kept.name) == (40, 60, "picture", "nhà.jpg")
    assert b"CanaryPhone" not in data
    assert not Image.open(io.BytesIO(data)).getexif()


def test_a_large_picture_becomes_page_sized_with_a_thumbnail(cast: Cast) -> None:
    kept = services.keep(upload=picture((4000, 1000)), now=NOW, by=cast.clerk, name="cầu.jpg")
    assert (kept.width, kept.height) == (2560, 640)
    assert Image.open(io.BytesIO(selectors.opened(kept, thumbnail=True))).size == (480, 120)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("WEBP", "RGB")])
def test_what_is_transparent_becomes_white(cast: Cast, form: str, mode: str) -> None:
    kept = services.keep(upload=picture(form=form, mode=mode), now=NOW, by=cast.clerk)
    image = Image.open(io.BytesIO(selectors.opened(kept)))
    assert image.format == "JPEG"
    assert mode == "RGB" or min(image.getpixel((5, 5))) > 250


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"%PDF-1.7 x", ".pdf"), (office("word/"), ".docx"), (office("xl/"), ".xlsx"), (office("ppt/"), ".pptx")],
)
def test_documents_are_known_by_content_and_kept_as_they_came(cast: Cast, data: bytes, suffix: str) -> None:
    kept = services.keep(upload=SimpleUploadedFile("../../etc/biên bản.jpg", data), now=NOW, by=cast.clerk)
    assert kept.name == f"biên bản{suffix}"
    assert selectors.opened(kept) == data
    assert answer(kept)["Content-Disposition"].startswith("attachment")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("word/a.xml", b"0" * (8 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "rỗng"),
        (b"MZ\x90\x00", "không phải"),
        (b"<svg onload=alert(1)>", "không phải"),
        (b"\xff\xd8\xff\xe0broken", "hỏng"),
        (b"PK\x03\x04broken", "hỏng"),
        (office("other/"), "hỏng"),
        (office("word/", "word/vbaProject.bin"), "macro"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"%PDF-" + b"0" * (21 << 20), "20 MB"),
        (bomb(), "phình"),
    ],
)
def test_what_is_no_evidence_is_refused_with_a_sentence(cast: Cast, data: bytes, word: str) -> None:
    with pytest.raises(NotEvidence, match=word):
        services.keep(upload=SimpleUploadedFile("tệp.bin", data), now=NOW, by=cast.clerk)


def test_a_picture_of_too_many_points_is_refused(cast: Cast) -> None:
    """A few kilobytes of PNG can say that they are 50 megapixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 5_000)).save(out, "PNG")
    with pytest.raises(NotEvidence, match="40 triệu"):
        services.keep(upload=out.getvalue(), now=NOW, by=cast.clerk)


def test_the_same_file_is_kept_once_and_known_again(cast: Cast) -> None:
    first = services.keep(upload=picture(), now=NOW, by=cast.clerk)
    again = services.keep(upload=picture(), now=NOW, by=cast.officer)
    assert first.sha256 == again.sha256
    assert [row.id for row in selectors.kept_before(first.received_sha256)] == sorted([first.id, again.id])
    files = [path for path in (store.path_of(first.sha256).parent).iterdir() if not path.name.endswith(".small")]
    assert len(files) == 1


def test_a_file_that_is_gone_is_told(cast: Cast) -> None:
    kept = services.keep(upload=b"%PDF-1.4", now=NOW, by=cast.clerk)
    store.path_of(kept.sha256).unlink()
    with pytest.raises(selectors.EvidenceGone, match="sao lưu"):
        selectors.opened(kept)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a.b.png", "a.b.jpg"),
        ("x\\y.png", "y.jpg"),
        (".png", "png.jpg"),
        ("\u202egnp.exe", "gnp.jpg"),
        ("", "tệp.jpg"),
    ],
)
def test_names_are_plain(name: str, plain: str) -> None:
    assert plain_name(name, ".jpg") == plain
