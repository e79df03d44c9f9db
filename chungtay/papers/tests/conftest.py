"""The example paper, made once; it is frozen, so tests may share it."""

import pytest

from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.tests.sample import report


@pytest.fixture(scope="session")
def paper():
    return report()


@pytest.fixture(scope="session")
def word_file(paper) -> bytes:
    return write_docx(paper)


@pytest.fixture(scope="session")
def pdf_file(paper) -> bytes:
    return write_pdf(paper)
