"""A signature of an office's own key: it holds for the file as it is and for no other. Without the optional part it says what to do."""

import builtins
from datetime import date

import pytest
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import SignatureCoverageLevel

from chungtay.papers.signing import CannotSign, sign_pdf
from chungtay.papers.slips import Slip, write_slip_pdf
from chungtay.papers.tests.keys import PASSWORD, make_key, status_of


def paper() -> bytes:
    signers = (("A", "", ""), ("B", "", ""))
    day = date(2023, 5, 30)
    slip = Slip(issuer=("UBND",), address="", copy="", title="Phiếu", dated_on=day, side=(), fields=(), signers=signers)
    return write_slip_pdf(slip)


def test_a_signed_file_begins_as_it_was_and_its_signature_holds_for_it_alone(tmp_path):
    key = tmp_path / "khoa.p12"
    own, data = make_key(key), paper()
    signed = sign_pdf(data, key, PASSWORD, reason="Giấy khen")
    assert signed.startswith(data)
    status = status_of(signed, trusts=own)
    assert status.bottom_line, status.pretty_print_details()
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    assert status.md_algorithm == "sha256"


def test_an_altered_file_and_another_key_are_seen(tmp_path):
    """Planted faults: one byte of the file; somebody else's certificate trusted; the wrong password."""
    key = tmp_path / "khoa.p12"
    own, other = make_key(key), make_key(tmp_path / "khac.p12", "Ai do")
    signed = sign_pdf(paper(), key, PASSWORD, reason="Giấy khen")
    altered = signed[:10] + b"\xfe" + signed[11:]  # within the comment of the first lines: only the signature can tell
    assert not status_of(altered, trusts=own).intact
    stranger = status_of(signed, trusts=other)
    assert stranger.intact and not stranger.trusted and not stranger.bottom_line
    with pytest.raises(CannotSign, match="mật khẩu"):
        sign_pdf(paper(), key, "sai", reason="")


def test_without_the_optional_part_it_says_what_to_install(tmp_path, monkeypatch):
    found = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name.startswith("pyhanko"):
            raise ImportError(name)
        return found(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(CannotSign, match=r"chungtay\[signing\]"):
        sign_pdf(b"", tmp_path / "khoa.p12", "", reason="")
