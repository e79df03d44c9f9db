"""chungtay review build --programme CODE --area AREA --period P --out DIR [--header …] [--known-at T] [--map-as-of DATE]"""

import argparse
import sys
from datetime import date
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the one thing that is done with a review from here: building its papers."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    summary = "write the report of a programme as .docx, .pdf, .xlsx, .pptx and .html, with the manifest of its numbers"
    build = actions.add_parser("build", help=summary, description=summary)
    build.add_argument("--programme", required=True, metavar="CODE")
    build.add_argument(
        "--area",
        required=True,
        metavar="AREA",
        help="code as on the map of the review, or with a date: 29869@2023-05-30",
    )
    build.add_argument("--period", required=True, metavar="P", help="2022, 2022H1, 2020-01..2023-05")
    build.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the files, made if needed")
    build.add_argument(
        "--header", choices=["ubnd", "mttq", "joint"], default="ubnd", help="who issues it (default ubnd)"
    )
    build.add_argument(
        "--known-at", metavar="T", help="figures as known at this moment: 2023-05-22 or 2023-05-22T17:00"
    )
    build.add_argument(
        "--map-as-of",
        metavar="DATE",
        type=day,
        help="by the units of that day's map: 2025-01-01 (default: the map of the period's last day)",
    )
    # Also here, so that they may stand after "build"; absent, they leave what was given before it.
    build.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
    build.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help="database of the workspace")


def day(text: str) -> date:
    """Return the day that an argument names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2025-07-01") from None


def run(args: argparse.Namespace) -> int:
    """Build the papers: of the stored review of the same question and moment if there is one, else of the draft."""
    import django

    django.setup()
    from chungtay.config.commands.figures import parse_moment
    from chungtay.kernel.periods import parse_period
    from chungtay.places.selectors import area_by_ref
    from chungtay.programmes.selectors import programme_by_code
    from chungtay.reviews import services
    from chungtay.reviews.heads import head_kind
    from chungtay.reviews.selectors import open_discrepancies
    from chungtay.web import clock

    content, review = services.content_for(
        programme=programme_by_code(args.programme),
        area=area_by_ref(args.area, args.map_as_of or parse_period(args.period).last_day),
        period_code=args.period,
        header=head_kind(args.header),
        known_at=parse_moment(args.known_at) or clock.now(),
        map_as_of=args.map_as_of,
    )
    for finding in open_discrepancies(content):
        sys.stderr.write(f"Chênh lệch chưa giải trình: {finding}.\n")
    papers = services.build_papers(content)
    for path in papers.write(args.out):
        sys.stdout.write(f"{path}\n")
    whose = f"bản {review.revision} của báo cáo đã lưu" if review else "bản phần mềm tự soạn"
    sys.stdout.write(f"{len(papers.manifest)} lần in số liệu, mỗi lần mở được đến nguồn ({whose}).\n")
    return 0
