"""Finding vouchers of a fund: by kind, day, purpose, state, amount, and by words without their marks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from chungtay.funds.models import Fund, Voucher
from chungtay.funds.overview import unpaid, with_purpose
from chungtay.kernel.folding import fold
from chungtay.ledger.accounts import Chart

STATES = {
    "cho-chi": "Đã ghi sổ, chờ chi tiền",
    "da-chi": "Đã chi tiền",
    "bi-dao": "Đã bị đảo",
    "vuot": "Cho vượt định mức",
}
NO_PURPOSE = "khong"


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
        rows = rows.filter(pk__in=_with_words(rows, words))
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


def _with_words(rows: "QuerySet[Voucher]", words: str) -> list[int]:
    """Return the ids of the vouchers that hold every word, whatever their marks; texts are folded as they are read."""
    wanted = words.split()
    found = []
    said = rows.values_list("pk", "prefix", "year", "number", "party", "address", "memo", "transfer")
    for pk, prefix, year, number, *texts in said.iterator(chunk_size=5_000):
        text = fold(" ".join((f"{prefix}-{year}-{number:06d}", *texts)))
        if all(word in text for word in wanted):
            found.append(pk)
    return found
