"""Papers as one .html file that stands alone: its look inside, no script, nothing asked of the network."""

from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from chungtay.kernel.folding import nfc
from chungtay.papers.html import write_html
from chungtay.papers.rules import Paper

LOOK = Path(__file__).parent / "static" / "papers" / "page.css"


def write_page(paper: Paper) -> bytes:
    """The paper as a whole page in UTF-8; the same paper gives the same bytes. Raises what `check_paper` raises.

    A figure whose address is a path of an installation is not a link here: a file has no site that could answer it.
    """
    form = (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n<style>\n{}</style>\n'
        "</head>\n<body>\n{}\n</body>\n</html>\n"
    )
    return nfc(format_html(form, paper.title, _look(), write_html(paper, alone=True))).encode()


@cache
def _look() -> SafeString:
    return mark_safe(LOOK.read_text(encoding="utf-8"))  # noqa: S308  a file of this room
