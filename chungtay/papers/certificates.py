"""Certificates ready to print: one page each, A4 on its side, any number of them as one PDF. No text ever leaves its field.

Wording, sizes and colours of the form in force were not verified: the note of the page may say so. The emblem is the office's own
picture, or a dashed circle that says where it goes.
"""

import base64
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import segno

from chungtay.kernel.text import day_text
from chungtay.papers.ornament import frame_svg
from chungtay.papers.pdf import compile_pdf


@dataclass(frozen=True)
class Certificate:
    """One page: to whom, its line in the reward book, and the address that its code opens (printed beneath in letters as `code`)."""

    to: str
    book: str
    address: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What certificates of one decision share. `issuer` is printed in capitals; `emblem` are the bytes of a JPEG or PNG."""

    issuer: str
    kind: str  # "GIẤY KHEN"
    merit: str
    decision: str
    place: str
    dated_on: date
    position: str
    signer: str
    items: Sequence[Certificate]
    note: str = ""
    emblem: bytes = b""


def write_certificates_pdf(batch: Batch) -> bytes:
    """Return the certificates as PDF/A-2b with fonts, border and codes inside; the same batch gives the same bytes."""
    data = {
        "issuer": batch.issuer.upper(),
        "kind": batch.kind.upper(),
        "merit": _tied(batch.merit),
        "decision": _tied(batch.decision),
        "place_and_date": f"{batch.place}, {day_text(batch.dated_on)}",
        "position": batch.position.upper().split(", "),
        "signer": batch.signer,
        "note": batch.note,
        "frame": frame_svg(),
        "emblem": _emblem(batch.emblem),
        "items": [
            {"to": _tied(one.to), "book": one.book, "code": one.code, "qr": code}
            for one, code in zip(batch.items, _codes([one.address for one in batch.items]), strict=True)
        ],
    }
    return compile_pdf("certificate.typ", data, dated_on=batch.dated_on)


def _tied(text: str) -> str:
    """A number stays on the line of the word before it: a line that begins with 500 reads badly."""
    return re.sub(r"(?<=\w) (?=\d)", "\u00a0", text)


def _codes(addresses: Sequence[str]) -> list[str]:
    """The addresses as QR codes, SVG, error correction M, with their quiet zone.

    Which of the eight masks suits is tried on the first: the others differ from it in a few letters, and trying takes most of the time.
    """
    mask: int | None = None
    found = []
    for address in addresses:
        code = segno.make_qr(address, error="m", mask=mask)
        mask = code.mask
        out = io.BytesIO()
        code.save(out, kind="svg", border=4, xmldecl=False, nl=False, light="#fff")
        found.append(out.getvalue().decode())
    return found


def _emblem(picture: bytes) -> str:
    """The office's picture inside an SVG of its own, since the compiler is given texts only; "" without one."""
    if not picture:
        return ""
    media = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
    inside = f"data:{media};base64,{base64.b64encode(picture).decode()}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
        f'<image href="{inside}" width="100" height="100" preserveAspectRatio="xMidYMid meet"/></svg>'
    )
