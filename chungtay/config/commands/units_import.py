"""chungtay units import FILE... [--dry-run] [--neighbours FILE] [--report FILE] [--as USERNAME] [--json]"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chungtay.places.unit_checking import Checked, Progress

MOST_SHOWN = 60  # findings on the terminal; --report and --json have them all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the lists, and whether only to check them."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="lists of units, lists old → new (CSV)")
    parser.add_argument("--dry-run", action="store_true", help="only check; record nothing")
    parser.add_argument(
        "--neighbours", metavar="FILE", type=Path, help="pairs of codes of old units with a common border"
    )
    parser.add_argument("--report", metavar="FILE", type=Path, help="write every finding as a table (CSV)")
    parser.add_argument(
        "--as", dest="username", metavar="USERNAME", help="in whose name to record (default: the system)"
    )
    parser.add_argument("--json", action="store_true", help="print an object (default: lines)")


def run(args: argparse.Namespace) -> int:
    """Check lists of units and record them whole; with any error nothing is recorded and the command fails."""
    import django

    django.setup()
    from chungtay.accounts.selectors import person_named
    from chungtay.places import importing
    from chungtay.places.unit_findings import as_csv
    from chungtay.web import clock

    started = time.perf_counter()
    contents = _contents(args.files)
    neighbours = next(iter(_contents([args.neighbours]).items())) if args.neighbours else None
    by = person_named(args.username)
    acts: tuple[Any, ...] = ()
    if args.dry_run:
        checked = importing.check_files(contents, neighbours=neighbours, progress=_told())
        state = "refused" if checked.errors else "checked"
    else:
        try:
            done = importing.import_files(contents, neighbours=neighbours, progress=_told(), now=clock.now(), by=by)
            checked, acts = done.checked, done.reorganisations
            state = "imported" if checked.steps else "unchanged"
        except importing.ListsRefused as refusal:
            checked, state = refusal.checked, "refused"
    if args.report:
        args.report.write_text(as_csv(checked.findings), encoding="utf-8", newline="")
    if args.json:
        seconds = round(time.perf_counter() - started, 2)
        sys.stdout.write(json.dumps(_as_json(checked, state, acts, seconds), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(checked, state)
    return 1 if state == "refused" else 0


WORDS = {
    "refused": "Không nhập gì",
    "checked": "Danh sách dùng được, chưa ghi gì (--dry-run)",
    "imported": "Đã nhập",
    "unchanged": "Không có gì mới",
}


def _contents(paths: list[Path]) -> dict[str, bytes]:
    """Return files by the names under which findings speak of them. Raises DomainError for one that cannot be opened."""
    from chungtay.kernel.errors import DomainError

    contents: dict[str, bytes] = {}
    for path in paths:
        name = path.name if path.name not in contents else str(path)
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            raise DomainError(f"Không mở được tệp {path}: {error.strerror}.") from None
    return contents


def _as_json(checked: "Checked", state: str, acts: tuple[Any, ...], seconds: float) -> dict[str, Any]:
    return {
        "state": state,
        "files": list(checked.files),
        "rows": checked.rows,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "counts": checked.counts,
        "reorganisations": [str(act.id) for act in acts],
        "seconds": seconds,
        "findings": [finding.as_json() for finding in checked.findings],
    }


def _print(checked: "Checked", state: str) -> None:
    from chungtay.places.unit_findings import WEIGHT_WORDS

    for finding in checked.findings[:MOST_SHOWN]:
        hint = f" Gợi ý: {finding.suggestion}." if finding.suggestion else ""
        sys.stdout.write(f"{finding.where} [{WEIGHT_WORDS[finding.weight]}] {finding.sentence}{hint}\n")
    if (more := len(checked.findings) - MOST_SHOWN) > 0:
        sys.stdout.write(f"… và {more} dòng khác; thêm --report TỆP.csv để xem hết.\n")
    sys.stdout.write(f"{WORDS[state]}: {checked.rows} dòng, {checked.errors} lỗi, {checked.warnings} cảnh báo.\n")
    if state != "refused":
        words = "thêm {added}, lập mới {formed} từ {sources} phần của đơn vị cũ, đổi tên hoặc chuyển {revised}, kết thúc {abolished}"
        sys.stdout.write(f"Đơn vị: {words.format(**checked.counts)}.\n")


def _told() -> "Progress":
    """Return what shows progress on the error stream, one line that is written over on a terminal, else at most one a second."""
    last = [0.0]

    def tell(what: str, done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what}: {done}/{of}\x1b[K" + ("\n" if done == of else ""))
        elif time.perf_counter() - last[0] >= 1:
            last[0] = time.perf_counter()
            sys.stderr.write(f"{what}: {done}/{of}\n")
        sys.stderr.flush()

    return tell
