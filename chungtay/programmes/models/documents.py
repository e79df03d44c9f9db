"""Documents of a programme: each as it was signed, with its parties and files; a wrong record is withdrawn, never changed."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Body
from chungtay.programmes.document_rules import EFFECT_WORDS, Effect
from chungtay.programmes.models.plans import Programme


class Document(AppendOnly):
    """A signed document; `amends` with `effect` says what it does to an earlier one from its day of effect on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="documents")
    kind = models.CharField("loại văn bản", max_length=80)  # agencies choose freely
    number = models.CharField("số, ký hiệu", max_length=80)
    abstract = models.CharField("trích yếu", max_length=500)
    signed_on = models.DateField("ngày ký")
    effect_from = models.DateField("có hiệu lực từ")
    effect_to = models.DateField("đến hết", null=True)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    effect = models.CharField(
        max_length=8, blank=True, choices=[(effect.value, words) for effect, words in EFFECT_WORDS.items()]
    )
    note = models.CharField("nội dung sửa đổi", max_length=1000, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effect_to__isnull=True) | Q(effect_to__gte=models.F("effect_from")),
                name="document_effect_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True, effect="")
                | Q(amends__isnull=False, effect__in=[effect.value for effect in Effect]),
                name="document_effect_on_another",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(abstract=""), name="document_says_number_and_what"),
        ]
        indexes = [models.Index(fields=["programme", "signed_on"], name="document_of_programme")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def withdrawn_by(self) -> "Withdrawal | None":
        """The withdrawal, None while the record stands."""
        return getattr(self, "withdrawal", None)


class DocumentParty(AppendOnly):
    """A body that signed a document, in its order."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="parties")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "body"], name="document_party_once")]


class DocumentFile(AppendOnly):
    """A kept file of a document, counted from one; files may come later."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_file_number_once")]


class Withdrawal(AppendOnly):
    """A record that was wrong: from now on it counts for nothing, and stays readable with the reason."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="document_withdrawal_has_reason")]
