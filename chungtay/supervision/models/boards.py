"""People's inspection boards and community investment supervision boards of a commune, with the visits they make."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area
from chungtay.supervision.rules import BOARD_WORDS, BoardKind


class Board(models.Model):
    """One board during its term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=[(one.value, words) for one, words in BOARD_WORDS.items()])
    decision = models.CharField("nghị quyết, quyết định công nhận", max_length=150)
    term_from = models.DateField("nhiệm kỳ từ ngày")
    term_to = models.DateField("đến ngày")
    member_count = models.PositiveSmallIntegerField("số thành viên")
    head = models.CharField("Trưởng ban", max_length=100)
    deputy = models.CharField("Phó Trưởng ban", max_length=100, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    access_type = "board"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "term_from"], name="supervision_one_board_a_term"),
            models.CheckConstraint(
                condition=Q(term_from__lt=F("term_to")), name="supervision_board_term_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(member_count__gte=1), name="supervision_board_has_members"),
            models.CheckConstraint(
                condition=~Q(head="") & ~Q(decision=""), name="supervision_board_has_head_and_decision"
            ),
        ]

    def __str__(self) -> str:
        return BOARD_WORDS[BoardKind(self.kind)]

    @property
    def access_state(self) -> str:
        """Boards know no state."""
        return ""

    @property
    def access_area_id(self) -> uuid.UUID:
        """Its commune."""
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Nothing here is sealed by a second person."""
        return frozenset()


class BoardVisit(models.Model):
    """A supervision that a board made: of which work or matter, with what result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="visits")
    held_on = models.DateField("ngày")
    subject = models.CharField("công trình, việc được giám sát", max_length=300)
    result = models.CharField("kết quả, kiến nghị", max_length=1000)
    minutes = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(result=""), name="supervision_board_visit_says_what")
        ]
