"""An Office file in which every time is the paper's day, so that the same paper gives the same bytes."""

import io
import re
import zipfile
from datetime import date

_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def of_day(data: bytes, day: date) -> bytes:
    """Return the archive packed again, its times and those of the workbooks inside it set to `day`."""
    out, stamp = io.BytesIO(), rf"\g<1>{day.isoformat()}T00:00:00Z\g<3>".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            if name.endswith(".xlsx"):
                held = of_day(held, day)
            elif name == "docProps/core.xml":
                held = _CREATED.sub(stamp, held)
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, held, compresslevel=6)
    return out.getvalue()
