"""A template that somebody sends cannot take the server with it."""

import io
import subprocess
import zipfile

import pytest

from chungtay.papers import lintapart
from chungtay.papers.lintapart import TOO_HEAVY, lint_apart
from chungtay.papers.tags import Format
from chungtay.papers.templatelint import lint
from chungtay.papers.templatestart import starting_template

BROKEN = starting_template(Format.REPORT).replace(b"PK\x05\x06", b"PK\x05\x07")


def with_body(body: bytes) -> bytes:
    """The template to begin with, its body another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(starting_template(Format.REPORT))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("data", [starting_template(Format.REPORT), BROKEN, b"no file of Word", b""])
@pytest.mark.parametrize("form", list(Format))
def test_apart_it_finds_what_it_finds_here(data, form):
    assert lint_apart(data, form) == lint(data, form)


def test_a_child_that_dies_is_a_finding(monkeypatch):
    dead = subprocess.CompletedProcess([], -9, b"", b"killed")
    monkeypatch.setattr(lintapart.subprocess, "run", lambda *args, **more: dead)
    [found] = lint_apart(b"anything")
    assert (found.place, found.text, found.stops) == ("Tệp", TOO_HEAVY, True)


def test_what_needs_more_memory_than_it_may_have_ends_in_a_finding():
    nested = b"<a>" * 4_000_000 + b"</a>" * 4_000_000
    [found] = [one for one in lint_apart(with_body(nested)) if one.stops][:1]
    assert found.place == "Tệp"


def test_what_takes_too_long_is_ended(monkeypatch):
    def late(*args, **more):
        raise subprocess.TimeoutExpired("lint", more["timeout"])

    monkeypatch.setattr(lintapart.subprocess, "run", late)
    assert [found.text for found in lint_apart(b"anything")] == [TOO_HEAVY]
