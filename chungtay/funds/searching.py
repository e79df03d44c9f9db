"""Finding vouchers of a fund: by kind, day, purpose, state, amount, and by words without their marks.

The words are folded once, when a voucher is booked (`words_of`), never while somebody waits for an answer.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from chungtay.funds.models import Fund, Voucher, VoucherWords
from chungtay.funds.overview import unpaid, with_purpose
from chungtay.kernel.folding import fold
from chungtay.ledger.accounts import Chart
from chungtay.textsearch.folding import folded

STATES = {
    "cho-chi": "Đã ghi sổ, chờ chi tiền",
    "da-chi": "Đã chi tiền",
    "bi-dao": "Đã bị đảo",
    "vuot": "Cho vượt định mức",
}
NO_PURPOSE = "khong"
MOST_LETTERS = 1200


def vouchers_like(fund: Fund, asked: Mapping[str, Any], chart: Chart) -> "QuerySet[Voucher]":
    """Return the vouchers that fit what was asked (VoucherFilter's cleaned data), newest first."""
    rows = Voucher.objects.filter(fund=fund)
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    if asked.get("tu"):
        rows = rows.filter(booked_on__gte=asked["tu"])
    if asked.get("den"):
        rows = rows.filter(booked_on__lte=asked["den"])
    if asked.get("it_nhat") is not None:
        rows = rows.filter(amount__gte=asked["it_nhat"])
    if asked.get("nhieu_nhat") is not None:
        rows = rows.filter(amount__lte=asked["nhieu_nhat"])
    if purpose := asked.get("muc_dich"):
        rows = rows.filter(with_purpose("" if purpose == NO_PURPOSE else purpose))
    rows = rows.filter(_in_state(fund, asked.get("trang_thai", ""), chart))
    if words := fold(asked.get("q") or ""):
        rows = rows.filter(pk__in=with_words(fund, words))
    return rows.select_related("handout", "reversal", "reverses").order_by("-position")


def _in_state(fund: Fund, state: str, chart: Chart) -> Q:
    match state:
        case "cho-chi":
            return Q(pk__in=unpaid(fund, chart).order_by().values("pk"))
        case "da-chi":
            return Q(handout__isnull=False)
        case "bi-dao":
            return Q(reversal__isnull=False)
        case "vuot":
            return ~Q(override="")
    return Q()


def words_of(voucher: Voucher) -> str:
    """Return number, party, address, content and transfer code of a voucher, folded."""
    said = (str(voucher), voucher.party, voucher.address, voucher.memo, voucher.transfer)
    return folded(" ".join(said))[:MOST_LETTERS]


def with_words(fund: Fund, words: str) -> "QuerySet[VoucherWords, int]":
    """Return the ids of the vouchers that hold every word of a folded text, in whole or inside a longer one."""
    rows = VoucherWords.objects.filter(fund=fund)
    for word in words.split():
        rows = rows.filter(text__contains=word)
    return rows.values_list("voucher_id", flat=True)
