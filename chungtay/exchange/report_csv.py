"""Figures as a flat table for state report systems, whose heads, separators and marks are dated data; and SDMX-JSON. Pure.

What a report system really asks for is not verified here: an office corrects the profile, and until then it says so.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chungtay.exchange.periods_of_theirs import iso_interval
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period

SEPARATORS = {",": "dấu phẩy", ";": "dấu chấm phẩy", "\t": "dấu tab"}
DECIMAL_MARKS = {".": "dấu chấm", ",": "dấu phẩy"}


class Sent(NamedTuple):
    """One figure that goes out, in our own words. value: decimal text with a point; origin: a fact, or a derived total."""

    indicator_code: str
    indicator_name: str
    dimension: str
    unit_code: str
    unit_name: str
    period: Period
    measure: str
    value: str
    status: str
    is_total: bool = False
    coverage: str = ""


class NotAProfile(DomainError):
    """A profile that cannot be written by."""


@dataclass(frozen=True)
class Profile:
    """How a report system wants its table. columns: (head, field of FIELDS) in order; is_verified: held against its specification."""

    separator: str
    decimal_mark: str
    columns: tuple[tuple[str, str], ...]
    basis: str = ""
    is_verified: bool = False

    def checked(self) -> "Profile":
        """Return itself. Raises NotAProfile with what is wrong."""
        if (
            self.separator not in SEPARATORS
            or self.decimal_mark not in DECIMAL_MARKS
            or self.separator == self.decimal_mark
        ):
            raise NotAProfile("Dấu phân cách cột và dấu thập phân phải khác nhau và nằm trong danh sách. Hãy chọn lại.")
        if not self.columns or len(self.columns) > 40:
            raise NotAProfile("Bảng phải có từ 1 đến 40 cột. Mỗi dòng ghi một cột, ví dụ “Giá trị=value”.")
        heads = [head for head, _ in self.columns]
        for head, name in self.columns:
            if name not in FIELDS or not head.strip():
                raise NotAProfile(f"Cột “{head}={name}” không dùng được. Các trường có thể ghi: {', '.join(FIELDS)}.")
        if len(set(heads)) != len(heads) or "value" not in {name for _, name in self.columns}:
            raise NotAProfile("Tiêu đề cột không được trùng nhau, và phải có một cột cho trường “value”.")
        return self


FIELDS: Mapping[str, Callable[[Sent, Profile], str]] = {
    "indicator_code": lambda one, _: one.indicator_code,
    "indicator_name": lambda one, _: one.indicator_name,
    "dimension": lambda one, _: one.dimension,
    "unit_code": lambda one, _: one.unit_code,
    "unit_name": lambda one, _: one.unit_name,
    "period": lambda one, _: one.period.code,
    "period_start": lambda one, _: one.period.start.isoformat(),
    "period_end": lambda one, _: one.period.last_day.isoformat(),
    "measure": lambda one, _: one.measure,
    "value": lambda one, profile: one.value.replace(".", profile.decimal_mark),
    "status": lambda one, _: one.status,
    "origin": lambda one, _: "total" if one.is_total else "fact",
}


def read_columns(text: str) -> tuple[tuple[str, str], ...]:
    """Return the columns that a text names, one "head=field" a line or between bars."""
    lines = [line.strip() for line in text.replace("|", "\n").splitlines() if line.strip()]
    return tuple((head.strip(), name.strip()) for head, _, name in (line.rpartition("=") for line in lines))


@cache
def built_in(day: date) -> Profile:
    """Return the profile that comes with the product, as of a day."""
    text = files("chungtay.exchange").joinpath("data/report_profiles.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if date.fromisoformat(row["valid_from"]) <= day]
    row = max(rows, key=lambda one: one["valid_from"])
    columns = read_columns(row["columns"])
    return Profile(row["separator"], row["decimal_mark"], columns, row["basis"], row["is_verified"] == "true")


def write_report(rows: Iterable[Sent], profile: Profile) -> Iterator[str]:
    """Yield the heads and a line for each figure; a cell that a spreadsheet would run as a formula is a text."""
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter=profile.separator, lineterminator="\r\n")
    out.writerow([head for head, _ in profile.columns])
    for one in rows:
        out.writerow([_harmless(FIELDS[name](one, profile)) for _, name in profile.columns])
        if buffer.tell() > 60_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_sdmx(rows: Sequence[Sent], *, prepared: datetime, sender: str) -> Iterator[str]:
    """Yield an SDMX-JSON 2.0 data message: one data set of single observations, dimensions INDICATOR, BREAKDOWN, REF_AREA, TIME_PERIOD.

    Periods are ISO intervals. The structure stands in the message; it names no registered data structure definition.
    """
    spaces = [
        ("INDICATOR", "Chỉ tiêu", dict.fromkeys((one.indicator_code, one.indicator_name) for one in rows)),
        (
            "BREAKDOWN",
            "Phân tổ",
            dict.fromkeys((one.dimension or "_T", one.dimension or "Không phân tổ") for one in rows),
        ),
        ("REF_AREA", "Đơn vị", dict.fromkeys((one.unit_code, one.unit_name) for one in rows)),
        ("TIME_PERIOD", "Kỳ", dict.fromkeys((iso_interval(one.period), one.period.label()) for one in rows)),
    ]
    origins = [("fact", "Số gốc"), ("total", "Số tổng hợp")]
    head = {
        "meta": {
            "schema": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json",
            "id": f"CT{prepared:%Y%m%d%H%M%S}",
            "prepared": prepared.isoformat(),
            "sender": {"id": sender},
            "contentLanguages": ["vi"],
        }
    }
    structure = {
        "dataSets": [0],
        "dimensions": {
            "observation": [
                {"id": name, "name": label, "keyPosition": at, "values": [{"id": i, "name": n} for i, n in values]}
                for at, (name, label, values) in enumerate(spaces)
            ]
        },
        "attributes": {
            "observation": [{"id": "ORIGIN", "name": "Nguồn gốc", "values": [{"id": i, "name": n} for i, n in origins]}]
        },
    }
    places = [{value[0]: at for at, value in enumerate(values)} for _, _, values in spaces]
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "data": {"structures": ['
    yield (
        json.dumps(structure, ensure_ascii=False)
        + '], "dataSets": [{"structure": 0, "action": "Information", "observations": {'
    )
    for number, one in enumerate(rows):
        ids = (one.indicator_code, one.dimension or "_T", one.unit_code, iso_interval(one.period))
        key = ":".join(str(place[said]) for place, said in zip(places, ids, strict=True))
        yield ("," if number else "") + f'\n"{key}": [{json.dumps(one.value)}, {int(one.is_total)}]'
    yield "\n}}]}}\n"


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "@", "\t", "\r"} else text
