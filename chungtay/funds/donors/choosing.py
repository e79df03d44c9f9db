"""Whether a giver is named: what was said last, and where nothing was said, the rule of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.donors.codes import GIFTS
from chungtay.funds.models import GiftCode, NamingChoice, NamingRule, Voucher
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold

NAMELESS = frozenset({"", "khong neu ten", "an danh", "nguoi ung ho an danh"})
"""What accountants write where a giver left no name."""


class NotAGift(DomainError):
    """The voucher is no gift, or nobody is said to have chosen."""


@dataclass(frozen=True)
class PublicGiver:
    """What the public is told of a giver: the name, or the code that stands for it. `is_told` = somebody chose."""

    name: str
    is_named: bool
    is_told: bool


@transaction.atomic
def choose_naming(*, voucher: Voucher, is_named: bool, said_by: str, now: datetime, by: User) -> NamingChoice:
    """Record from now on whether the giver is named, and who said so. What was published before stays as it was.

    Raises NotAGift and what `access.require` raises.
    """
    row = Voucher.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=voucher.pk)
    access.require(by, "name_giver", row.fund, on=localdate(now))
    if row.kind not in GIFTS:
        raise NotAGift(f"{row} không phải chứng từ nhận ủng hộ, không có người ủng hộ để nêu tên.")
    if not said_by.strip():
        raise NotAGift("Chưa ghi ai cho biết ý người ủng hộ. Ví dụ: người ủng hộ, qua điện thoại.")
    if is_named and not _has_name(row):
        raise NotAGift(f"{row} không ghi tên người ủng hộ nên không nêu tên được.")
    choice = NamingChoice.objects.create(voucher=row, is_named=is_named, said_by=said_by.strip(), at=now, by=by)
    data = {"number": str(row), "named": is_named, "said_by": choice.said_by}
    audit.record("funds.giver.chose", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return choice


def named_by_rule(day: date) -> bool:
    """Return whether a giver of whom nothing is known is named; without a rule nobody is."""
    rule = rule_of(day)
    return rule.is_named if rule is not None else False


def rule_of(day: date) -> NamingRule | None:
    """Return the rule of a day."""
    return NamingRule.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def givers_of(vouchers: Iterable[Voucher], *, on: date) -> Mapping[int, PublicGiver]:
    """Return {voucher id: giver} of the gifts among vouchers, as told from a day on (three queries, however many)."""
    gifts = {voucher.pk: voucher for voucher in vouchers if voucher.kind in GIFTS}
    chosen = dict(NamingChoice.objects.filter(voucher__in=gifts).order_by("id").values_list("voucher_id", "is_named"))
    aliases = dict(GiftCode.objects.filter(voucher__in=gifts).values_list("voucher_id", "alias"))
    usual = named_by_rule(on)
    found = {}
    for key, gift in gifts.items():
        is_named = chosen.get(key, usual) and _has_name(gift)
        name = gift.party.strip() if is_named else f"Ẩn danh {aliases[key]}" if key in aliases else "Ẩn danh"
        found[key] = PublicGiver(name, is_named, key in chosen)
    return found


def _has_name(gift: Voucher) -> bool:
    return fold(gift.party) not in NAMELESS
