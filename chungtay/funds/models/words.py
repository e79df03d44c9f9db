"""What of a voucher is searched: its texts without marks, written when it is booked."""

from django.db import models

from chungtay.audit.models import AppendOnly
from chungtay.funds.models.chest import Fund
from chungtay.funds.models.journal import Voucher


class VoucherWords(AppendOnly):
    """Number, party, address, content and transfer code of a voucher as `textsearch.folding.folded` writes them."""

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, primary_key=True, related_name="words")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=1200)

    class Meta:
        indexes = [models.Index(fields=["fund", "voucher"], name="voucher_words_by_fund")]
