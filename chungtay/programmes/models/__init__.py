"""Tables of the programmes: what was agreed, the documents that say so, and what passed between a programme and its plans."""

from chungtay.programmes.models.documents import Document, DocumentFile, DocumentParty, Withdrawal
from chungtay.programmes.models.links import Answer, Change, Decision, Proposal, Wording
from chungtay.programmes.models.plans import (
    Allocation,
    AreaOfWork,
    Comparison,
    Party,
    Programme,
    Target,
    What,
)

__all__ = [
    "Allocation",
    "Answer",
    "AreaOfWork",
    "Change",
    "Comparison",
    "Decision",
    "Document",
    "DocumentFile",
    "DocumentParty",
    "Party",
    "Programme",
    "Proposal",
    "Target",
    "What",
    "Withdrawal",
    "Wording",
]
