"""chungtay statement search QUERY [--amount A] [--from D] [--to D] [--order amount|day] [--limit N] [--json]"""

import argparse
import json
import sys
from datetime import date
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is looked for."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    search = acts.add_parser("search", help="find lines of bank statements, with or without accents")
    search.add_argument("query", metavar="QUERY", help="words that must all occur; “tiền:5 triệu” asks for an amount")
    search.add_argument("--amount", metavar="A", help="500000, 500.000, 5 triệu, 100.000-2 triệu")
    search.add_argument("--from", dest="first", type=date.fromisoformat, metavar="D", help="from this day: 2025-03-01")
    search.add_argument("--to", dest="last", type=date.fromisoformat, metavar="D", help="up to this day")
    search.add_argument("--order", choices=["amount", "day"], default="amount", help="which lines come first")
    search.add_argument("--limit", type=int, default=50, help="how many lines to print (default 50)")
    search.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of the workspace")
    search.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace) -> int:
    """Print how many lines there are, their sum, and the first of them."""
    import django

    django.setup()
    from dataclasses import replace

    from chungtay.funds import selectors
    from chungtay.kernel.numerals import format_integer
    from chungtay.kernel.text import date_text
    from chungtay.textsearch.parsing import parse
    from chungtay.textsearch.query import Order

    query = parse(f"{args.query} tiền:{args.amount}" if args.amount else args.query)
    query = replace(
        query,
        day_from=args.first.toordinal() if args.first else None,
        day_to=args.last.toordinal() if args.last else None,
        order=Order(args.order),
        limit=args.limit,
    )
    found = selectors.find_lines(query)
    if args.json:
        answer = {"count": found.count, "total": found.total, "lines": [_as_json(line) for line in found.lines]}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
        return 0
    for line in found.lines:
        amount = format_integer(line.credit - line.debit)
        sys.stdout.write(f"{line.pk:>9} {date_text(line.booked_on)} {amount:>18}  {line.text}\n")
    sys.stdout.write(f"{format_integer(found.count)} dòng, cộng {format_integer(found.total)} đồng.\n")
    return 0


def _as_json(line: Any) -> dict[str, Any]:
    return {
        "id": line.pk,
        "account": line.account.code,
        "day": line.booked_on.isoformat(),
        "amount": line.credit - line.debit,
        "ref": line.ref,
        "text": line.text,
        "state": line.standing.state if hasattr(line, "standing") else "unmatched",
    }
