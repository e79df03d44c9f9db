"""What banks say: accounts, the files that came in, their lines for ever, and what people have said of each line."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.funds.models.chest import Fund
from chungtay.funds.models.journal import Voucher


class BankAccount(models.Model):
    """An account of a fund at a bank; `ledger_account` stands for it in the books. `code` names it on the command line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="bank_accounts")
    code = models.SlugField("mã", max_length=40, unique=True)
    bank = models.CharField("mã ngân hàng (BIN)", max_length=6)
    number = models.CharField("số tài khoản", max_length=19)
    holder = models.CharField("tên tài khoản", max_length=150)
    ledger_account = models.CharField("tài khoản trên sổ", max_length=20)
    profile = JSONField(default=dict)  # banking.profiles.Profile of its files, {} until one was read

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "number"], name="bank_account_once")]

    access_type = "statement"
    access_state = ""
    access_authors: frozenset[uuid.UUID] = frozenset()

    def __str__(self) -> str:
        return self.code

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.fund.body.area_id


class LineHead(models.Model):
    """The one row (id 1) that every import locks: lines get their ids in the order of commit, without gaps."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last_line = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="funds_one_line_head")]


class StatementFile(AppendOnly):
    """A file that was taken in: what it was called, its hash, what it covered."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64)
    from_on = models.DateField("từ ngày", null=True)
    to_on = models.DateField("đến ngày", null=True)
    opening = models.BigIntegerField("số dư đầu", null=True)
    closing = models.BigIntegerField("số dư cuối", null=True)
    lines = models.IntegerField("số dòng")
    added = models.IntegerField("số dòng mới")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class StatementLine(AppendOnly):
    """One movement as the bank tells it. Its id is its permanent address; a correction is a new line that names it."""

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines", db_index=False)
    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    row = models.IntegerField("dòng trong tệp")
    booked_on = models.DateField("ngày hạch toán")
    value_on = models.DateField("ngày hiệu lực", null=True)
    ref = models.CharField("số tham chiếu", max_length=100, blank=True)
    debit = models.BigIntegerField("tiền ra")
    credit = models.BigIntegerField("tiền vào")
    balance = models.BigIntegerField("số dư", null=True)
    text = models.CharField("nội dung", max_length=1000, blank=True)
    party_name = models.CharField(max_length=200, blank=True)
    party_account = models.CharField(max_length=60, blank=True)
    party_bank = models.CharField(max_length=150, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="statement_line_once"),
            models.CheckConstraint(
                condition=Q(debit__gte=0, credit__gte=0) & (Q(debit=0) | Q(credit=0)), name="statement_line_one_side"
            ),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="statement_line_moves_money"),
        ]
        # Every index is written with every line, and there are millions: only what is asked by has one.
        indexes = [
            models.Index(fields=["account", "booked_on", "id"], name="statement_line_by_day"),
            models.Index(fields=["corrects"], name="statement_line_by_corrected", condition=~Q(corrects=None)),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.ref}"


class LineState(models.TextChoices):
    """What people have said of a line; without a word it is unmatched."""

    MATCHED = "matched", "đã khớp"
    SPLIT = "split", "đã tách"
    UNMATCHED = "unmatched", "chưa khớp"
    EXCLUDED = "excluded", "loại ra"


class LineMark(AppendOnly):
    """What somebody said of a line; the last word counts."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=10, choices=LineState.choices)
    reason = models.CharField("lý do", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["excluded", "unmatched"]) | ~Q(reason=""), name="line_mark_says_why"
            )
        ]


class LineLink(AppendOnly):
    """How many đồng of a line a voucher explains, by one mark."""

    mark = models.ForeignKey(LineMark, on_delete=models.PROTECT, related_name="links")
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="line_links")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="line_link_above_zero"),
            models.UniqueConstraint(fields=["mark", "voucher"], name="line_link_once"),
        ]


class Standing(models.Model):
    """The last word on a line, kept beside it so that lists need not look for it."""

    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, primary_key=True, related_name="standing")
    mark = models.ForeignKey(LineMark, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=LineState.choices, db_index=True)
