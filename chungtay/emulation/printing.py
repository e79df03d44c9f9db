"""Certificates as they are printed: from the lines of the reward book, which hold all that the paper says.

An office that keeps a key of its own (`signing/<body>.p12` in the workspace, password in CHUNGTAY_SIGNING_PASSWORD) signs them with it.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from chungtay.emulation.models import Artwork, BookEntry
from chungtay.evidence import selectors as files
from chungtay.papers.certificates import Batch, Certificate, write_certificates_pdf
from chungtay.papers.signing import sign_pdf
from chungtay.places.models import Body

SAMPLE = "Số liệu minh họa"


def certificates_pdf(entries: Sequence[BookEntry], address_of: Callable[[str], str]) -> bytes:
    """Return the certificates of lines of one decision as one PDF, in their order.

    address_of: makes the absolute address of the public page from a code.
    """
    first = entries[0].content
    made = write_certificates_pdf(
        Batch(
            issuer=first["issuer"],
            kind=first["form"],
            merit=first["merit"],
            decision=first["decision"],
            place=first["place"],
            dated_on=date.fromisoformat(first["signed_on"]),
            position=first["position"],
            signer=first["signer"],
            note=SAMPLE if first["is_sample"] else "",
            emblem=_artwork(entries[0].body),
            items=[
                Certificate(one.content["to"], one.content["book"], address_of(one.code), one.code) for one in entries
            ],
        )
    )
    key = Path(settings.DATA_DIR) / "signing" / f"{entries[0].body_id}.p12"
    if not key.exists():
        return made
    return sign_pdf(made, key, os.environ.get("CHUNGTAY_SIGNING_PASSWORD", ""), reason=first["decision"])


def _artwork(body: Body) -> bytes:
    """The picture that the body prints where the emblem stands, nothing without one."""
    newest = Artwork.objects.filter(body=body).select_related("picture").order_by("-id").first()
    return files.opened(newest.picture) if newest else b""
