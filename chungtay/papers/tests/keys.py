"""A key with a certificate that it signed itself, as an office's PKCS#12 file; and what an independent reader says of a signature."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

PASSWORD = "mat-khau"


def make_key(path: Path, name: str = "UBND minh hoa") -> x509.Certificate:
    """Write a fresh key to `path`; return its certificate."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(private, hashes.SHA256())
    )
    locked = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"k", private, made, None, locked))
    return made


def status_of(signed: bytes, *, trusts: x509.Certificate) -> PdfSignatureStatus:
    """Return what pyHanko's validator says of the one signature of a file, for who trusts that certificate and no other."""
    from asn1crypto.x509 import Certificate  # comes with pyHanko
    from cryptography.hazmat.primitives.serialization import Encoding

    root = Certificate.load(trusts.public_bytes(Encoding.DER))
    (one,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    # In a thread of its own: pyHanko runs a loop, and the thread of the tests may have that of a browser.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(validate_pdf_signature, one, context).result()
