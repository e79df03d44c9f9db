"""Text of our own PDF files, for tests: without the top margin, where the page numbers stand."""

import pypdfium2

TOP_MARGIN = 19 * 72 / 25.4


def text_of_pdf(data: bytes) -> str:
    """All pages, in drawing order; a line for each line printed."""
    return "\n".join(pages_of_pdf(data))


def pages_of_pdf(data: bytes, *, whole: bool = False) -> list[str]:
    """The text of each page; `whole` keeps the top margin."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        pages.append(text.get_text_bounded(0, 0, width, height if whole else height - TOP_MARGIN).replace("\r\n", "\n"))
        text.close()
        page.close()
    document.close()
    return pages
