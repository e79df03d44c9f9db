"""Givers and the public: the codes of each gift, and whether its giver is named, as somebody said on a day."""

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.funds.models.journal import Voucher


class GiftCode(AppendOnly):
    """The codes of a gift: `code` is printed on its receipt and opens its trail, `alias` stands in public for a name."""

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, primary_key=True, related_name="gift_code")
    code = models.CharField("mã tra cứu", max_length=14, unique=True)
    alias = models.CharField("mã ẩn danh", max_length=8, unique=True)


class NamingChoice(AppendOnly):
    """What the giver wants from now on: to be named or not, and who passed the wish on. The last word counts."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="naming_choices")
    is_named = models.BooleanField("nêu tên")
    said_by = models.CharField("ai cho biết", max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(said_by=""), name="naming_choice_says_who")]


class NamingRule(models.Model):
    """Whether givers of whom nothing is known are named, from a day on: dated, with its legal basis."""

    is_named = models.BooleanField("nêu tên khi chưa rõ")
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    valid_from = models.DateField("từ ngày", unique=True)
