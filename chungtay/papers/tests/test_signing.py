"""A signature of an office's own key: it holds for the file as it is and for no other. Without the optional part it says what to do."""

import builtins
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from chungtay.papers.signing import CannotSign, sign_pdf
from chungtay.papers.slips import Slip, write_slip_pdf


@pytest.fixture
def key(tmp_path):
    """A key with a certificate that it signed itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "UBND minh hoa")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    path = tmp_path / "khoa.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", private, made, None, BestAvailableEncryption(b"mat-khau"))
    )
    return path


def paper() -> bytes:
    signers = (("A", "", ""), ("B", "", ""))
    day = date(2023, 5, 30)
    slip = Slip(issuer=("UBND",), address="", copy="", title="Phiếu", dated_on=day, side=(), fields=(), signers=signers)
    return write_slip_pdf(slip)


def test_a_signed_file_begins_as_it_was_and_its_signature_holds_for_it_alone(key):
    pytest.importorskip("pyhanko")
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    def looked_at(file):
        (one,) = PdfFileReader(io.BytesIO(file)).embedded_signatures
        trusted = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
        return validate_pdf_signature(one, trusted)

    data = paper()
    signed = sign_pdf(data, key, "mat-khau", reason="Giấy khen")
    assert signed.startswith(data)
    status = looked_at(signed)
    assert status.intact
    assert status.valid
    altered = signed[:10] + b"\xfe" + signed[11:]  # within the comment of the first lines: only the signature can tell
    assert not looked_at(altered).intact, "a planted fault: one byte of the file"
    with pytest.raises(CannotSign, match="mật khẩu"):
        sign_pdf(data, key, "sai", reason="")


def test_without_the_optional_part_it_says_what_to_install(key, monkeypatch):
    found = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("pyhanko"):
            raise ImportError(name)
        return found(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(CannotSign, match=r"chungtay\[signing\]"):
        sign_pdf(b"", key, "", reason="")
