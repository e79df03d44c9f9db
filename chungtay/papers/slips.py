"""A slip to sign: a voucher on A5 with labelled lines, an optional table, an amount in words, and signatures."""

from dataclasses import dataclass
from datetime import date

from chungtay.papers.pdf import compile_pdf


@dataclass(frozen=True)
class SlipTable:
    """A small table on a slip: heads, rows of text, and which columns stand at the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What a slip says. `fields` are (label, value); `side` stands right of the title; `last` is signed for by hand."""

    issuer: tuple[str, ...]
    address: str
    copy: str
    title: str
    dated_on: date
    side: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    signers: tuple[tuple[str, str, str], ...]  # role, how to sign, name when known
    table: SlipTable | None = None
    last: tuple[str, str] | None = None
    note: str = ""
    code: str = ""


def write_slip_pdf(slip: Slip) -> bytes:
    """The slip as PDF/A: A5 on its side; with a table of more than two rows A4 upright."""
    table = slip.table
    data = {
        "title": slip.title,
        "issuer": list(slip.issuer),
        "address": slip.address,
        "copy": slip.copy,
        "day": slip.dated_on.day,
        "month": slip.dated_on.month,
        "year": slip.dated_on.year,
        "side": list(slip.side),
        "fields": [list(field) for field in slip.fields],
        "signers": [list(signer) for signer in slip.signers],
        "last": list(slip.last) if slip.last else [],
        "note": slip.note,
        "code": slip.code,
        "is_large": table is not None and len(table.rows) > 2,
        "heads": list(table.heads) if table else [],
        "rows": [list(row) for row in table.rows] if table else [],
        "right": sorted(table.right) if table else [],
    }
    return compile_pdf("slip.typ", data, dated_on=slip.dated_on)
