"""A PDF signed with an office's own key (PKCS#12), as an optional part: `pip install chungtay[signing]` brings pyHanko.

The signature is added after the file, whose bytes stay as they were. Whether a key is one that the law accepts is the office's business.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chungtay.kernel.errors import DomainError

FIELD = "ChuKySo"


class CannotSign(DomainError):
    """The key does not open, or the part that signs is not installed."""


def sign_pdf(data: bytes, key: Path, password: str, *, reason: str) -> bytes:
    """Return the PDF with an invisible signature by the key of a PKCS#12 file. Raises CannotSign."""
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import PdfSignatureMetadata, signers
    except ImportError:
        raise CannotSign(
            "Chưa cài phần ký số nên chưa ký được tệp. Người quản trị cài thêm chungtay[signing], hoặc bỏ tệp khóa ký."
        ) from None
    signer = signers.SimpleSigner.load_pkcs12(str(key), passphrase=password.encode())  # type: ignore[no-untyped-call]
    if signer is None:
        raise CannotSign(f"Không mở được tệp khóa ký {key.name}. Hãy kiểm tra tệp và mật khẩu của khóa.")
    meta = PdfSignatureMetadata(field_name=FIELD, reason=reason, md_algorithm="sha256")
    # In a thread of its own: pyHanko runs a loop for each signature, which no thread can that runs one already.
    with ThreadPoolExecutor(1) as apart:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        out: io.BytesIO = apart.submit(signers.sign_pdf, writer, meta, signer=signer).result()
    return out.getvalue()
