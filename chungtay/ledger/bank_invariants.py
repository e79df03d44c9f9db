"""What must hold between lines of bank statements and the entries that explain them."""

from collections import defaultdict
from collections.abc import Iterator

from chungtay.kernel.numerals import format_integer
from chungtay.ledger.book import Book
from chungtay.ledger.findings import Finding


def settled_lines_are_explained(book: Book) -> Iterator[Finding]:
    """The entries linked to a settled bank line add up to it; those linked to another do not exceed it."""
    linked: dict[str, int] = defaultdict(int)
    for link in book.bank_links:
        linked[link.line] += link.amount
    for line in book.bank_lines:
        explained = linked.pop(line.id, 0)
        if explained > abs(line.amount) or (line.is_settled and explained != abs(line.amount)):
            amounts = f"dòng {format_integer(abs(line.amount))} đồng, bút toán {format_integer(explained)} đồng"
            yield Finding(f"dòng sao kê {line.id}", f"Dòng sao kê và các bút toán giải thích nó không khớp: {amounts}.")
    for line_id in linked:
        yield Finding(f"dòng sao kê {line_id}", "Bút toán đối chiếu với một dòng sao kê không tồn tại.")


def entries_explain_once(book: Book) -> Iterator[Finding]:
    """No entry explains more of the bank's lines than its amount."""
    claimed: dict[int, int] = defaultdict(int)
    for link in book.bank_links:
        claimed[link.entry] += link.amount
    for entry_id, amount in claimed.items():
        entry = book.entry_by_id.get(entry_id)
        if entry is not None and amount > entry.amount:
            amounts = f"{format_integer(amount)} đồng trên {format_integer(entry.amount)} đồng"
            yield Finding(
                f"bút toán {entry_id}", f"Một bút toán giải thích quá số tiền của nó cho các dòng sao kê: {amounts}."
            )


def linked_vouchers_stand(book: Book) -> Iterator[Finding]:
    """No bank line is explained by an entry that was undone: once its voucher is reversed it waits for another."""
    undone = {entry.reverses for _, entry in book.posted if entry.reverses is not None}
    for link in book.bank_links:
        if link.entry in undone:
            where = f"dòng sao kê {link.line}, bút toán {link.entry}"
            yield Finding(where, "Dòng sao kê được giải thích bằng một chứng từ đã bị đảo.")


def links_are_on_their_side(book: Book) -> Iterator[Finding]:
    """Money that came in is explained by a debit of the bank's account, money that left by a credit; links are positive."""
    lines = {line.id: line for line in book.bank_lines}
    for link in book.bank_links:
        entry, line = book.entry_by_id.get(link.entry), lines.get(link.line)
        if entry is None or link.amount <= 0:
            yield Finding(f"dòng sao kê {link.line}", f"Liên kết với bút toán {link.entry} không hợp lệ.")
        elif line is not None and line.account != (entry.debit if line.amount > 0 else entry.credit):
            sentence = "Bút toán ghi tài khoản khác hoặc ngược chiều với dòng sao kê."
            yield Finding(f"dòng sao kê {link.line}, bút toán {link.entry}", sentence)
