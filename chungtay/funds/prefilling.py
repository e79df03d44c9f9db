"""A voucher's page that begins with what a bank's line says; everything stays to be looked at, and nothing is written."""

from chungtay.banking.masking import scrub
from chungtay.banking.references import find
from chungtay.funds.models import Fund, Pledge, StatementLine
from chungtay.funds.voucher_forms import IN, OUT, VoucherForm

MEMO = 500


def prefilled(form: VoucherForm, fund: Fund, line_id: str) -> VoucherForm:
    """Fill an empty page with the line of that id; one that is none of the fund's leaves the page as it was."""
    if not line_id.isdecimal() or len(line_id) > 18:
        return form
    line = StatementLine.objects.filter(pk=int(line_id), account__fund=fund).select_related("account").first()
    if line is None:
        return form
    pledge = _pledge_of(fund, line)
    said = {
        "occurred_on": line.booked_on,
        "till": line.account.ledger_account,
        "direction": IN if line.credit else OUT,
        "party": pledge.donor if pledge else line.party_name,
        "memo": scrub(line.text)[:MEMO],
        "campaign": pledge.campaign_id if pledge else None,
    }
    known = {name: value for name, value in said.items() if name in form.head.fields and value}
    form.head.initial.update(known)
    form.lines[0].initial["amount"] = line.debit + line.credit
    return form


def _pledge_of(fund: Fund, line: StatementLine) -> Pledge | None:
    codes = [reference.code for reference in find(f"{line.text} | {line.ref}")]
    return Pledge.objects.filter(fund=fund, reference__in=codes).order_by("recorded_at").first() if codes else None
