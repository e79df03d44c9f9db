"""CSV files and workbooks as statements: the header is found, the rest is read row by row as a profile says."""

from collections.abc import Iterable
from itertools import chain, islice

from chungtay.banking.grids import Row, csv_rows, is_workbook, workbook_sheets
from chungtay.banking.guards import UPLOAD, Limits, check_size
from chungtay.banking.headers import Layout
from chungtay.banking.lines import LineReader
from chungtay.banking.preamble import Preamble
from chungtay.banking.profiles import Profile, guess
from chungtay.banking.statement import LineProblem, NoHeader, Statement, UnreadableStatement

_NO_HEADER = "Không tìm thấy dòng tiêu đề có cột ngày và cột số tiền. Hãy chỉ rõ các cột của tệp, hoặc tải lại sao kê."
_HEAD = 240  # enough for the header and for a sample of what stands below


def read_table(data: bytes, profile: Profile | None = None, limits: Limits = UPLOAD) -> Statement:
    """Read a CSV file, an .xlsx or an .xls; without a profile the layout is guessed.

    Raises NoHeader when none is found, UnreadableStatement when a guard refuses the file.
    """
    check_size(data, limits)
    if not is_workbook(data):
        return read_rows(csv_rows(data, limits), profile, limits)
    for rows in workbook_sheets(data, limits):
        head = list(islice(rows, _HEAD))
        if _layout(head, profile):
            return read_rows(chain(head, rows), profile, limits)
    raise NoHeader(_NO_HEADER)


def read_rows(
    rows: Iterable[Row],
    profile: Profile | None = None,
    limits: Limits = UPLOAD,
    *,
    around: Preamble | None = None,
    first_row: int = 1,
) -> Statement:
    """Read rows of cells, whatever they came from; `first_row` is the number of the first, `around` what is known already.

    Raises NoHeader when none is found.
    """
    source = iter(rows)
    head = list(islice(source, _HEAD))
    found = _layout(head, profile)
    if found is None:
        raise NoHeader(_NO_HEADER)
    profile, layout = found
    around = around or Preamble()
    for row in head[: layout.body]:
        around.read(row)
    reader = LineReader(profile, layout, around, limits.problems)
    reader.read(enumerate(chain(head[layout.body :], source), start=layout.body + first_row))
    return _finished(reader)


def _finished(reader: LineReader) -> Statement:
    around, lines = reader.around, reader.lines
    currency = (around.currency or "VND").replace("VNĐ", "VND")
    if currency not in {"VND", "VNĐ"}:
        raise UnreadableStatement(f"Tài khoản bằng {currency}: chỉ nhận sao kê bằng đồng Việt Nam (VND).")
    lines.put_in_order()
    days = lines.days()
    problems = list(reader.problems)
    if not lines and not problems:
        problems.append(LineProblem(0, "", "Tệp có tiêu đề nhưng không có dòng giao dịch nào."))
    return Statement(
        account=around.account,
        currency=currency,
        opening=around.opening,
        closing=around.closing,
        from_on=around.from_on or (days[0] if days else None),
        to_on=around.to_on or (days[1] if days else None),
        lines=lines,
        problems=tuple(problems),
    )


def _layout(head: list[Row], profile: Profile | None) -> tuple[Profile, Layout] | None:
    profile = profile or guess(head)
    layout = profile.locate(head) if profile else None
    return (profile, layout) if profile and layout else None
