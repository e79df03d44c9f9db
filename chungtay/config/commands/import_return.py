"""chungtay import-return FILE... [--dry-run] [--json] --as USERNAME"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the files, and in whose name they are taken in."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="only say what would change and what is wrong")
    parser.add_argument(
        "--as",
        dest="username",
        metavar="USERNAME",
        help="the clerk in whose name to write (default: the unit's only clerk)",
    )
    parser.add_argument("--json", action="store_true", help="print a list of objects (default: lines)")


def run(args: argparse.Namespace) -> int:
    """Take each workbook in as the draft of its return; a file with any problem is refused whole. Fails if one is refused."""
    import django

    django.setup()
    from chungtay.returns import intake

    previews = intake.preview_files(args.files)
    results = [_result(p, args) for p in previews]
    if args.json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    else:
        for result in results:
            sys.stdout.write(f"{result['file']}: {WORDS[result['state']]} ({result['cells_changed']} ô khác)\n")
            sys.stdout.writelines(f"  {p['where']}: {p['sentence']}\n" for p in result["problems"])
    return 1 if any(r["state"] == "refused" for r in results) else 0


WORDS = {"refused": "không nhận", "changed": "đã nhận", "unchanged": "không có gì mới"}


def _result(preview: Any, args: argparse.Namespace) -> dict[str, Any]:
    from chungtay.kernel.errors import DomainError
    from chungtay.returns import intake
    from chungtay.web import clock

    problems = [{"where": p.where, "sentence": p.sentence} for p in preview.problems]
    state = preview.state
    if state == "changed" and not args.dry_run:
        try:
            intake.take_in(preview, now=clock.now(), by=_writer(preview.of, args.username))
        except DomainError as refused:
            state, problems = "refused", [{"where": preview.name, "sentence": str(refused)}]
    return {
        "file": preview.name,
        "state": state,
        "return": str(preview.of.pk) if preview.of else None,
        "form": preview.of.round.form.code if preview.of else None,
        "period": preview.of.round.period_code if preview.of else None,
        "cells_changed": len(preview.changes),
        "problems": problems,
        "remarks": [{"cell": r.key, "severity": r.severity, "sentence": r.sentence} for r in preview.remarks],
    }


def _writer(of: Any, username: str | None) -> Any:
    """Return the person in whose name a file is taken in: the one named, else the unit's only clerk."""
    from chungtay.access.selectors import people_who
    from chungtay.accounts.selectors import person_named
    from chungtay.kernel.errors import DomainError
    from chungtay.web import clock

    clerks = people_who("fill", "return", of.area_id, on=clock.today())
    if named := person_named(username):
        return named
    if len(clerks) != 1:
        raise DomainError("Đơn vị có nhiều hoặc chưa có người nhập báo cáo. Hãy thêm --as TÊN-ĐĂNG-NHẬP.")
    return clerks[0]
