"""A picture drawn anew: turned as it was held, no larger than a page needs, with nothing hidden in it."""

import io
import warnings
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from chungtay.evidence.rules import LONGEST_SIDE, MAX_PIXELS, THUMBNAIL_SIDE, NotEvidence

QUALITY = 85


class Drawn(NamedTuple):
    """JPEG bytes of the picture and of its small form; width and height in pixels."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int


def drawn_anew(data: bytes, name: str) -> Drawn:
    """Read a JPEG, PNG or WebP and draw it again. Raises NotEvidence when it is broken or larger than 40 megapixels."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            # Pillow only warns of a bomb below twice its bound; ours is an error.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MAX_PIXELS:
                raise NotEvidence(f"Ảnh “{name}” lớn hơn 40 triệu điểm ảnh. Hãy thu nhỏ ảnh rồi gửi lại.")
            upright = _on_white(ImageOps.exif_transpose(image))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ):
        raise NotEvidence(f"Ảnh “{name}” bị hỏng nên không mở được. Hãy chụp hoặc lưu lại rồi gửi.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    width, height = upright.size
    whole = _jpeg(upright)
    upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Drawn(whole, _jpeg(upright), width, height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    # A fresh image: what came with the old one (EXIF, comments, profiles) stays behind.
    out = io.BytesIO()
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
