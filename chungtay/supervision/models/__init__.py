"""Tables of supervision: plans, what is carried out, recommendations, boards, feedback, and one history of steps for all of them."""

from chungtay.supervision.models.boards import Board, BoardVisit
from chungtay.supervision.models.feedback import (
    Contact,
    ContactKey,
    ContactLook,
    Feedback,
    FeedbackAnswer,
    FeedbackPicture,
    VisitorAct,
    VisitorDoor,
)
from chungtay.supervision.models.history import Act, CountBook, Counted, Publication, Report
from chungtay.supervision.models.plans import PlanItem, TimerRule, YearPlan
from chungtay.supervision.models.recommending import Answer, AnswerDraft, Recommendation
from chungtay.supervision.models.working import (
    Criticism,
    Finding,
    FindingFile,
    Member,
    Opinion,
    Question,
    Supervision,
    Visit,
)

__all__ = [
    "Act",
    "Answer",
    "AnswerDraft",
    "Board",
    "BoardVisit",
    "Contact",
    "ContactKey",
    "ContactLook",
    "CountBook",
    "Counted",
    "Criticism",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackPicture",
    "Finding",
    "FindingFile",
    "Member",
    "Opinion",
    "PlanItem",
    "Publication",
    "Question",
    "Recommendation",
    "Report",
    "Supervision",
    "TimerRule",
    "Visit",
    "VisitorAct",
    "VisitorDoor",
    "YearPlan",
]
