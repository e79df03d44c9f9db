"""Tables of emulation and commendation."""

from chungtay.emulation.models.awards import (
    Artwork,
    Award,
    BookCounter,
    BookEntry,
    CertificateStep,
    DatedRow,
    Decision,
    DecisionChange,
    Payout,
)
from chungtay.emulation.models.contests import Contest, CriteriaSet, Criterion
from chungtay.emulation.models.results import Appeal, AppealAnswer, Publication, Result
from chungtay.emulation.models.sheets import Score, Sheet, SheetStep
from chungtay.emulation.models.votes import Interest, Juror, Urn, Vote, VoteMark, VoteResult

__all__ = [
    "Appeal",
    "AppealAnswer",
    "Artwork",
    "Award",
    "BookCounter",
    "BookEntry",
    "CertificateStep",
    "Contest",
    "CriteriaSet",
    "Criterion",
    "DatedRow",
    "Decision",
    "DecisionChange",
    "Interest",
    "Juror",
    "Payout",
    "Publication",
    "Result",
    "Score",
    "Sheet",
    "SheetStep",
    "Urn",
    "Vote",
    "VoteMark",
    "VoteResult",
]
