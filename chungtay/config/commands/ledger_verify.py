"""chungtay ledger-verify [--head HEX] [--json]"""

import argparse
import json
import sys
import time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the shape of the answer."""
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HEX",
        help="a seal of a book that you kept, as printed in a published manifest; may be given several times",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead of sentences")


def run(args: argparse.Namespace) -> int:
    """Check every invariant over all books; fail and name each place where one does not hold."""
    import django

    django.setup()
    from chungtay.funds import selectors
    from chungtay.kernel.numerals import format_integer
    from chungtay.ledger.invariants import INVARIANTS, verify

    started = time.perf_counter()
    book = selectors.whole_book([head.strip().lower() for head in args.head])
    breaches = verify(book)
    vouchers, entries = len(book.vouchers), len(book.posted)
    days = selectors.all_days()
    if args.json:
        found = {
            "ok": not breaches,
            "invariants": list(INVARIANTS),
            "vouchers": vouchers,
            "entries": entries,
            "days": {"moved": days.moved, "bank_equals_book": days.equal, "told_equals_bank": days.told},
            "seconds": round(time.perf_counter() - started, 3),
            "breaches": [breach._asdict() for breach in breaches],
        }
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif breaches:
        sys.stderr.writelines(f"{breach.name}: {breach.where}: {breach.sentence}\n" for breach in breaches)
    else:
        counted = f"{format_integer(vouchers)} chứng từ, {format_integer(entries)} bút toán"
        sys.stdout.write(f"{counted}: {len(INVARIANTS)} điều kiện đều đúng.\n")
        if days.moved:
            sys.stdout.write(
                f"Ngân hàng = sổ {format_integer(days.equal)} trong {format_integer(days.moved)} ngày có giao dịch, "
                f"đã công bố đúng {format_integer(days.told)} ngày.\n"
            )
    return 1 if breaches else 0
