"""The parts of an article's body. Figures stand in texts as {keys} of the article's own list."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

LINK, NUMBER = re.compile(r"<a [^>]*>"), re.compile(r'\bid="(\d+)"')
PROSE = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows (for those who do not see it), its caption and its credit."""

    image = ImageChooserBlock(label="Ảnh")
    alt = blocks.CharBlock(
        label="Ảnh cho thấy gì", max_length=250, help_text="Đọc lên cho người không nhìn thấy ảnh; bắt buộc."
    )
    caption = blocks.CharBlock(label="Chú thích", max_length=300)
    credit = blocks.CharBlock(label="Nguồn ảnh", max_length=120, help_text="Ai chụp, ai vẽ.")

    class Meta:
        icon, label, template = "image", "Ảnh", "portal/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures beside each other."""

    pictures = blocks.ListBlock(PictureBlock(), label="Các ảnh", min_num=2)

    class Meta:
        icon, label, template = "image", "Nhóm ảnh", "portal/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label="Lời")
    who = blocks.CharBlock(label="Ai nói", max_length=200)

    class Meta:
        icon, label, template = "openquote", "Trích lời", "portal/blocks/quote.html"


class AttachmentBlock(blocks.StructBlock):
    """A paper to take away."""

    document = DocumentChooserBlock(label="Tệp")
    label = blocks.CharBlock(label="Tên hiện trên trang", max_length=200)

    class Meta:
        icon, label, template = "doc-full", "Tệp kèm theo", "portal/blocks/attachment.html"


class ChartBlock(blocks.StructBlock):
    """One figure of the article through its years, with its table."""

    title = blocks.CharBlock(label="Tên hình", max_length=200)
    key = blocks.CharBlock(label="Mã con số", max_length=60, help_text="Mã trong mục “Con số của bài”.")
    note = blocks.CharBlock(label="Ghi chú", max_length=300, required=False)

    class Meta:
        icon, label, template = "chart", "Biểu đồ theo năm", "portal/blocks/chart.html"


class FigureBoxBlock(blocks.StructBlock):
    """Figures of the article, large, each opening to its source."""

    title = blocks.CharBlock(label="Tên ô", max_length=120)
    keys = blocks.ListBlock(blocks.CharBlock(label="Mã con số", max_length=60), label="Con số", min_num=1)

    class Meta:
        icon, label, template = "table", "Ô số liệu", "portal/blocks/figure_box.html"


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError("Hãy viết gì đó hoặc bỏ ô này.")


class BodyBlock(blocks.StreamBlock):
    """Everything that an article may hold."""

    paragraph = blocks.RichTextBlock(label="Đoạn văn", features=PROSE, template="portal/blocks/paragraph.html")
    heading = blocks.CharBlock(
        label="Tiêu đề mục",
        max_length=150,
        validators=[_not_blank],
        icon="title",
        template="portal/blocks/heading.html",
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label="Chữ hoặc {mã con số}", required=False))],
        label="Bảng",
        template="portal/blocks/table.html",
    )
    attachment = AttachmentBlock()
    figures = FigureBoxBlock()
    chart = ChartBlock()


def texts_of(body: Any) -> list[str]:
    """Return every text of a body that may speak of figures, and every key that a box or a chart names, as {keys}."""
    found: list[str] = []
    for part in body:
        value = part.value
        if part.block_type in ("paragraph", "heading"):
            found.append(getattr(value, "source", value))
        elif part.block_type == "quote":
            found.append(value["text"])
        elif part.block_type == "table":
            found += [str(cell.value or "") for row in value.rows for cell in row]
        elif part.block_type == "chart":
            found.append(f"{{{value['key']}}}")
        elif part.block_type == "figures":
            found += [f"{{{key}}}" for key in value["keys"]]
    return found


def papers_of(body: Any) -> set[int]:
    """Return the ids of the documents that a body offers, as attachments and in links of its prose."""
    found: set[int] = set()
    for part in body:
        if part.block_type == "attachment":
            found.add(part.value.bound_blocks["document"].value.pk)
        elif part.block_type == "paragraph":
            for link in LINK.findall(part.value.source):
                if 'linktype="document"' in link and (number := NUMBER.search(link)):
                    found.add(int(number[1]))
    return found
