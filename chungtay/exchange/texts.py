"""The bytes of a file as text: unpacked within bounds, UTF-8 or marked UTF-16, and nothing guessed. Pure."""

import zlib

from chungtay.exchange.values import MOST_BYTES, UnreadableFile

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF8, _UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_AT_ONCE = 1 << 20


def unpacked(data: bytes) -> bytes:
    """Return the bytes, out of gzip where they are packed. Raises UnreadableFile: empty, too large, broken, another packing."""
    if data[:2] == _GZIP:
        data = _gunzipped(data)
    if data[:4] == _ZIP:
        raise UnreadableFile(
            "Tệp là tệp nén .zip hoặc bảng tính. Hãy giải nén, hoặc lưu dạng CSV, JSON hay XML rồi gửi lại.",
            "The file is a .zip or a workbook. Unpack it, or save it as CSV, JSON or XML.",
        )
    if len(data) > MOST_BYTES:
        raise _too_large()
    if not data.strip(b"\x00 \t\r\n" + _UTF8):
        raise UnreadableFile("Tệp trống. Hãy xuất lại tệp rồi gửi.", "The file is empty. Export it again.")
    return data


def decoded(data: bytes) -> str:
    """Return the text, without the mark at its head. Raises UnreadableFile naming the first byte that is no UTF-8."""
    encoding = "utf-16" if data[:2] in _UTF16 else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise UnreadableFile(
            f"Dòng {line}: byte thứ {wrong.start + 1} không phải chữ UTF-8. Hãy lưu tệp với bảng mã UTF-8 rồi gửi lại.",
            f"Line {line}: byte {wrong.start + 1} is no UTF-8. Save the file as UTF-8.",
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise UnreadableFile(
            f"Dòng {line}: tệp có ký tự rỗng (NUL), nên không phải tệp văn bản. Hãy xuất lại tệp.",
            f"Line {line}: the file holds a NUL character, so it is no text. Export it again.",
        )
    return text


def _gunzipped(data: bytes) -> bytes:
    unpacker, parts, size, rest = zlib.decompressobj(31), [], 0, data
    try:
        while rest and not unpacker.eof:
            parts.append(unpacker.decompress(rest, _AT_ONCE))
            size += len(parts[-1])
            if size > MOST_BYTES:
                raise _too_large()
            rest = unpacker.unconsumed_tail
    except zlib.error:
        unpacker = zlib.decompressobj(31)
    if not unpacker.eof:
        raise UnreadableFile(
            "Tệp nén .gz bị hỏng hoặc thiếu phần cuối. Hãy gửi lại tệp đầy đủ.",
            "The gzip file is broken or its end is missing. Send it whole.",
        )
    return b"".join(parts)


def _too_large() -> UnreadableFile:
    mib = MOST_BYTES // (1024 * 1024)
    return UnreadableFile(
        f"Tệp lớn hơn {mib} MB sau khi giải nén. Hãy chia thành nhiều tệp.",
        f"The file is larger than {mib} MB once unpacked. Send it in parts.",
    )
