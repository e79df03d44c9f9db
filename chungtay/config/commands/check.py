"""chungtay check FILE --programme CODE --area CODE --period P [--known-at T] [--docx OUT] [--json]"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from chungtay.config.commands.figures import number, parse_moment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the text and what it is about."""
    parser.add_argument("file", metavar="FILE", help="a text, .docx, .pdf or .html file; - for standard input")
    parser.add_argument("--programme", required=True, metavar="CODE")
    parser.add_argument("--area", required=True, metavar="AREA", help="code, or with a date: 29869@2023-05-30")
    parser.add_argument("--period", required=True, metavar="P", help="2022, 2022H1, 2022Q3, 2022-05, 2020-01..2023-05")
    parser.add_argument("--known-at", metavar="T", help="as known at this moment: 2023-05-22 or 2023-05-22T17:00")
    parser.add_argument("--docx", metavar="OUT", help="also write a marked-up copy with comments")
    parser.add_argument("--json", action="store_true", help="print an object (default: a line for each figure)")


def run(args: argparse.Namespace) -> int:
    """Print what the account says of every figure of a text; 0 also when figures differ: that is an answer, not a failure."""
    import django

    django.setup()
    from chungtay.checking import selectors
    from chungtay.checking.marked import marked_copy
    from chungtay.checking.wording import label_of, sentence_of
    from chungtay.kernel.folding import nfc
    from chungtay.kernel.periods import parse_period
    from chungtay.places.selectors import area_by_ref
    from chungtay.programmes.selectors import programme_by_code
    from chungtay.reading.documents import text_of

    data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    period = parse_period(args.period)
    scope = selectors.Scope(
        programme_by_code(args.programme),
        area_by_ref(args.area, period.last_day).pk,
        period,
        parse_moment(args.known_at),
    )
    checked = selectors.check(nfc(text_of(data)), scope)
    if args.docx:
        copy = marked_copy(Path(args.file).name, checked.text, checked.findings, checked.notes)
        Path(args.docx).write_bytes(copy)
    if args.json:
        said = {
            "figures": [as_json(finding, selectors.was_right(finding)) for finding in checked.findings],
            "notes": [{"kind": note.kind, "sentence": note.sentence, "at": note.at} for note in checked.notes],
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        return 0
    for finding in checked.findings:
        sys.stdout.write(f"{label_of(finding):15} {finding.figure.text:24} {sentence_of(finding)}\n")
    for note in checked.notes:
        sys.stdout.write(f"* {note.sentence}\n")
    return 0


def as_json(finding: Any, before: Any) -> dict[str, Any]:
    """Return one figure of the text with its verdict, what it was compared with, and when it was right before."""
    from chungtay.checking.wording import sentence_of

    row = {**finding.figure.as_json(), "verdict": finding.verdict.value, "says": sentence_of(finding)}
    known = finding.paired
    row["account"] = None if known is None else _account(known)
    row["difference"] = number(finding.difference)
    row["was_right_at"] = None if before is None else before.recorded_at.isoformat()
    row["candidates"] = [_account(candidate) for candidate in finding.others]
    return row


def _account(known: Any) -> dict[str, Any]:
    return {
        "indicator": known.indicator,
        "dimension": known.dimension,
        "period": known.period,
        "area": known.area_name,
        "value": number(known.value),
        "unit": known.unit,
        "trace": known.trace,
    }
