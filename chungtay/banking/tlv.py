"""EMVCo's tag-length-value text, as payment QR codes use it: two digits of tag, two of length in characters, the value."""

from chungtay.kernel.errors import DomainError

MAX_VALUE = 99
"""Two digits of length: no value is longer."""


class InvalidCode(DomainError):
    """The text is not a code we can take; `where` is the path of the field ("38.01.00"), "" for the whole."""

    def __init__(self, sentence: str, where: str = "") -> None:
        super().__init__(f"Trường {where}: {sentence}" if where else sentence)
        self.where = where


class WrongLength(InvalidCode):
    """A field says another length than it has, or is cut off."""


def field(tag: str, value: str) -> str:
    """Write one field. Raises WrongLength for more than 99 characters."""
    if len(value) > MAX_VALUE:
        raise WrongLength(f"dài {len(value)} ký tự, tối đa {MAX_VALUE}.", tag)
    return f"{tag}{len(value):02d}{value}"


def fields(text: str, inside: str = "") -> dict[str, str]:
    """Read a row of fields in the order of the text; `inside` is the path of the field that holds them.

    Raises WrongLength where a length leads past the end, InvalidCode where a tag stands twice or is no number.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        where = f"{inside}.{tag}" if inside else tag
        if not _two_digits(tag):
            raise InvalidCode(f"ở vị trí {at + 1} phải là mã trường hai chữ số, đang là “{tag}”.", inside)
        if not _two_digits(length):
            raise WrongLength(f"độ dài phải là hai chữ số, đang là “{length}”.", where)
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) < int(length):
            raise WrongLength(f"ghi độ dài {int(length)} nhưng chỉ còn {len(value)} ký tự.", where)
        if tag in found:
            raise InvalidCode("xuất hiện hai lần.", where)
        found[tag] = value
        at += 4 + int(length)
    return found


def _two_digits(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isdigit()
