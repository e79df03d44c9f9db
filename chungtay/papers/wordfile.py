"""The parts of a Word file around its text, and the archive that holds them: the same parts give the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from chungtay.kernel.folding import nfc
from chungtay.papers.wordml import paragraph, run
from chungtay.papers.wordstyles import styles_xml

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", OFFICE),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    )
)
_PARTS = (
    ("styles", "rStyles"),
    ("settings", "rSettings"),
    ("header1", "rHead"),
    ("header2", "rFirst"),
    ("footer1", "rFoot"),
)


def pack(
    body: str, *, title: str, author: str, note: str, day: date, links: Mapping[str, str], pictures: Mapping[str, bytes]
) -> bytes:
    """The .docx archive. `links` maps address -> relationship id; `pictures` relationship id -> PNG bytes.

    All times in the file are `day`, so that the same paper gives the same bytes.
    """
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(title, author, day),
        "docProps/app.xml": f'{XML}<Properties xmlns="{_extended()}"><Application>Chung Tay</Application></Properties>',
        "word/document.xml": f"{XML}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(links, pictures),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(),
        "word/header1.xml": f"{XML}<w:hdr {NAMESPACES}>{paragraph('ND30 Số trang', _page_field())}</w:hdr>",
        "word/header2.xml": f"{XML}<w:hdr {NAMESPACES}>{paragraph('ND30 Số trang', '')}</w:hdr>",
        "word/footer1.xml": f"{XML}<w:ftr {NAMESPACES}>{paragraph('ND30 Chân trang', run(note))}</w:ftr>",
    }
    files |= {f"word/media/{name}.png": data for name, data in pictures.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, data)
    return out.getvalue()


def _page_field() -> str:
    parts = ("begin", "", "separate", "2", "end")
    made = []
    for part in parts:
        if part == "":
            made.append('<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>')
        elif part == "2":
            made.append(run(part))
        else:
            made.append(f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>')
    return "".join(made)


def _content_types() -> str:
    kinds = {"document": "document.main", "header1": "header", "header2": "header", "footer1": "footer"}
    parts = ["document", *(name for name, _ in _PARTS)]
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kinds.get(name, name)}+xml"/>' for name in parts
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    app = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{app}"/></Types>'
    )


def _root_relations() -> str:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )


def _relations(links: Mapping[str, str], pictures: Mapping[str, bytes]) -> str:
    made = [
        f'<Relationship Id="{key}" Type="{OFFICE}/{name.rstrip("12")}" Target="{name}.xml"/>' for name, key in _PARTS
    ]
    made += [
        f'<Relationship Id="{key}" Type="{OFFICE}/hyperlink" Target={quoteattr(address)} TargetMode="External"/>'
        for address, key in links.items()
    ]
    made += [f'<Relationship Id="{key}" Type="{OFFICE}/image" Target="media/{key}.png"/>' for key in pictures]
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _core(title: str, author: str, day: date) -> str:
    terms, dc = "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"
    when = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="{dc}" '
        f'xmlns:dcterms="{terms}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(nfc(title))}</dc:title><dc:creator>{escape(nfc(author))}</dc:creator>"
        f"<dc:language>vi-VN</dc:language><dcterms:created {when}</dcterms:created>"
        f"<dcterms:modified {when}</dcterms:modified></cp:coreProperties>"
    )


def _settings() -> str:
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'{XML}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/>'
        f'<w:compat>{mode}</w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
    )


def _extended() -> str:
    return "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
