"""chungtay template-lint FILE [--format report|invitation]: what is broken in an office's Word template, before it hurts."""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and what it is a template of."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the template, .docx")
    parser.add_argument(
        "--format", choices=["report", "invitation"], default="report", help="what it is a template of (default report)"
    )


def run(args: argparse.Namespace) -> int:
    """Print a line for each finding; 1 when one of them keeps the template from being used."""
    from chungtay.papers.tags import Format
    from chungtay.papers.templatelint import lint

    try:
        data = args.file.read_bytes()
    except OSError as error:
        sys.stderr.write(f"Không đọc được {args.file}: {error.strerror}.\n")
        return 1
    found = lint(data, Format(args.format))
    for finding in found:
        sys.stdout.write(f"{'Lỗi' if finding.stops else 'Nên sửa'}. {finding}\n")
    if not found:
        sys.stdout.write("Mẫu không có lỗi nào.\n")
    return int(any(finding.stops for finding in found))
