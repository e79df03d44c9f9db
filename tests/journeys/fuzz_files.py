"""How the fuzzer sends what is no JSON: a workbook is sent as the bytes that it made up. Loaded by the tool itself."""

from typing import Any

import schemathesis

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@schemathesis.serializer(XLSX)
def as_it_is(_: object, value: Any) -> bytes:
    """Return bytes, of whatever was made up."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
