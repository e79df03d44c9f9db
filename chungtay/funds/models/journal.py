"""Vouchers: written as drafts, booked for ever, paid, and the months that close over them."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.funds.models.chest import Campaign, Fund
from chungtay.funds.rules import KIND_LABELS, STATE_LABELS, VoucherState
from chungtay.ledger.entries import VoucherKind
from chungtay.places.models import Body


class BookHead(models.Model):
    """The end of a body's book: whoever books anything locks this row first. `id` makes the ids of its rows unique."""

    id = models.AutoField(primary_key=True)
    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="book_head")
    position = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class Counter(models.Model):
    """The last number given in a series; the book's head is locked whenever it moves."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=10)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "prefix", "year"], name="counter_of_a_series_once")]


class Draft(models.Model):
    """A voucher that is being written. Once posted it is never changed again, and names what it became."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField("loại", max_length=20, choices=[(one.value, KIND_LABELS[one]) for one in VoucherKind])
    occurred_on = models.DateField("ngày phát sinh")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    party = models.CharField("người nộp, người nhận", max_length=200, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    memo = models.CharField("nội dung", max_length=500)
    attachments = models.PositiveSmallIntegerField("số chứng từ kèm theo", default=0)
    transfer = models.CharField("mã chuyển tiền", max_length=60, blank=True)
    lines = JSONField(default=list)
    state = models.CharField(max_length=8, choices=[(one.value, STATE_LABELS[one]) for one in VoucherState])
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    access_type = "voucher"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.occurred_on}"

    @property
    def access_state(self) -> str:
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.fund.body.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset({self.drafted_by_id})


class Voucher(AppendOnly):
    """What was booked under one number, sealed to the voucher before it in the body's book."""

    id = models.BigIntegerField(primary_key=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="vouchers", db_index=False)
    kind = models.CharField("loại", max_length=20, choices=[(one.value, KIND_LABELS[one]) for one in VoucherKind])
    prefix = models.CharField(max_length=10)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    position = models.BigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, null=True, related_name="voucher")
    occurred_on = models.DateField("ngày phát sinh")
    booked_on = models.DateField("ngày ghi sổ")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="vouchers", db_index=False)
    party = models.CharField("người nộp, người nhận", max_length=200, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    memo = models.CharField("nội dung", max_length=500)
    attachments = models.PositiveSmallIntegerField(default=0)
    transfer = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField("số tiền")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    override = models.CharField("lý do cho vượt định mức", max_length=500, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    posted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    posted_at = models.DateTimeField()

    access_type = "voucher"

    class Meta:
        # Every index is written with every voucher: those that nothing is asked by are left out, also of foreign keys.
        constraints = [
            models.UniqueConstraint(fields=["fund", "prefix", "year", "number"], name="voucher_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="voucher_amount_above_zero"),
            models.CheckConstraint(condition=Q(booked_on__gte=F("occurred_on")), name="voucher_booked_after_event"),
            models.CheckConstraint(
                condition=Q(posted_by=None) | ~Q(posted_by=F("drafted_by")), name="voucher_drafter_is_not_poster"
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "booked_on", "id"], name="voucher_by_day"),
            models.Index(fields=["transfer"], name="voucher_by_transfer", condition=~Q(transfer="")),
            models.Index(fields=["campaign"], name="voucher_by_campaign", condition=~Q(campaign=None)),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:06d}"

    @property
    def access_state(self) -> str:
        return VoucherState.PAID if hasattr(self, "handout") else VoucherState.POSTED

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.fund.body.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset({self.posted_by_id} if self.posted_by_id else ())


class Entry(AppendOnly):
    """One line of the journal: balanced by construction."""

    id = models.BigIntegerField(primary_key=True)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="entries")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", db_index=False)
    debit = models.CharField("nợ", max_length=20)
    credit = models.CharField("có", max_length=20)
    amount = models.BigIntegerField("số tiền")
    occurred_on = models.DateField()
    booked_on = models.DateField()
    purpose = models.CharField("mục đích", max_length=20, blank=True)
    donor = models.CharField("người ủng hộ", max_length=200, blank=True)
    memo = models.CharField(max_length=500, blank=True)
    item = models.CharField("hiện vật", max_length=100, blank=True)
    quantity = models.BigIntegerField(default=0)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="entry_two_accounts"),
            models.CheckConstraint(condition=Q(booked_on__gte=F("occurred_on")), name="entry_booked_after_event"),
            models.CheckConstraint(
                condition=Q(item="", quantity=0) | (~Q(item="") & Q(quantity__gt=0)), name="entry_item_has_quantity"
            ),
        ]
        indexes = [models.Index(fields=["fund", "booked_on", "id"], name="entry_by_day")]


class Balance(models.Model):
    """What was booked on an account of a fund and purpose so far; kept in the transaction that books."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="balances")
    purpose = models.CharField(max_length=20, blank=True)
    account = models.CharField(max_length=20)
    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "purpose", "account"], name="balance_of_an_account_once"),
            models.CheckConstraint(condition=Q(debit__gte=0) & Q(credit__gte=0), name="balance_sides_not_negative"),
        ]


class Handout(AppendOnly):
    """The money of a payment has left, through the hands of somebody who did not post it."""

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="handout")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)


class PeriodVerb(models.TextChoices):
    """What two persons do with a month of the books, one after the other."""

    ASK_CLOSE = "ask_close", "đề nghị khóa sổ"
    CLOSE = "close", "khóa sổ"
    ASK_REOPEN = "ask_reopen", "đề nghị mở lại"
    REOPEN = "reopen", "mở lại"


class PeriodAct(AppendOnly):
    """A step in the closing of a month of a body's book; the last one says how it stands."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()  # exclusive
    verb = models.CharField(max_length=10, choices=PeriodVerb.choices)
    last_position = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["body", "start", "id"], name="period_act_by_month")]


class KeptAnswer(AppendOnly):
    """What a request with an `Idempotency-Key` did, so that sending it again does nothing more (kept 90 days at least)."""

    key = models.CharField(max_length=200)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    answer = JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotency_key_once")]
