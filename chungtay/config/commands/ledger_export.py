"""chungtay ledger-export --format hledger|beancount --out FILE"""

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the format and the file."""
    parser.add_argument("--format", choices=["hledger", "beancount"], required=True, help="whose journal to write")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the journal goes")


def run(args: argparse.Namespace) -> int:
    """Write all books as a journal that ends with the kept balances, so that another program refuses a wrong đồng."""
    import django

    django.setup()
    from chungtay.funds import selectors
    from chungtay.kernel.numerals import format_integer
    from chungtay.ledger.journals import to_beancount, to_hledger

    book = selectors.whole_book()
    balances: dict[tuple[str, str, str], int] = {}
    for row in book.stored or ():
        place = (row.body, row.key.fund, row.key.account)
        balances[place] = balances.get(place, 0) + row.debit - row.credit
    write = to_hledger if args.format == "hledger" else to_beancount
    with args.out.open("w", encoding="utf-8") as file:
        file.writelines(write(book.vouchers, book.chart, asserted=balances))
    counted = f"{format_integer(len(book.vouchers))} chứng từ, {format_integer(len(book.posted))} bút toán"
    sys.stdout.write(f"Đã ghi {counted} vào {args.out}.\n")
    return 0
