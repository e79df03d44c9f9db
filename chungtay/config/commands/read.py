"""chungtay read FILE|- [--json | --text]"""

import argparse
import json
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, and what to print of it."""
    parser.add_argument(
        "file", metavar="FILE", help="a report or an article: txt, docx, pdf or html; - reads standard input"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true", help="print a JSON list of the figures")
    what.add_argument("--text", action="store_true", help="print the text that start and end of the figures count in")


def run(args: argparse.Namespace) -> int:
    """Print the figures of a file, or its text; fails with what is wrong when there is none to be had."""
    from chungtay.reading import read
    from chungtay.reading.documents import UnreadableDocument, text_of

    try:
        content = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as problem:
        raise UnreadableDocument(f"Không mở được tệp “{args.file}”: {problem.strerror}.") from None
    text = text_of(content)
    if args.text:
        sys.stdout.write(text)
        return 0
    figures = [figure.as_json() for figure in read(text)]
    if args.json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        return 0
    for figure in figures:
        value = figure["value"] if figure["value_max"] is None else f"{figure['value']}..{figure['value_max']}"
        sys.stdout.write(
            f"{figure['start']:>7} {figure['qualifier']:<7} {value} {figure['unit']}  “{figure['text']}” {figure['noun']}\n"
        )
    sys.stdout.write(f"{len(figures)} số liệu.\n")
    return 0
