"""Writes of the room, each from its own module."""

from chungtay.emulation.awarding import (
    BadDecision,
    Content,
    Line,
    drop_decision,
    issue_decision,
    write_decision,
)
from chungtay.emulation.certifying import ask_revocation, decide_revocation
from chungtay.emulation.contesting import (
    BadContest,
    Entrant,
    cancel_contest,
    create_contest,
    open_contest,
    write_criteria,
)
from chungtay.emulation.correcting import change_decision, changes_of
from chungtay.emulation.judging import Given, NotScored, forward, save_scores, send_back, standing_of
from chungtay.emulation.paying import NotPayable, draft_payout
from chungtay.emulation.publishing import answer_appeal, file_appeal, hash_of, publish_contest, ranking_of
from chungtay.emulation.scoring import How, Item
from chungtay.emulation.setting_up import BadRule, set_artwork, set_rule
from chungtay.emulation.voting import (
    BadPaper,
    NoReason,
    NotThisVote,
    candidates_of,
    cast,
    close_vote,
    declare_interest,
    open_vote,
)

__all__ = [
    "BadContest",
    "BadDecision",
    "BadPaper",
    "BadRule",
    "Content",
    "Entrant",
    "Given",
    "How",
    "Item",
    "Line",
    "NoReason",
    "NotPayable",
    "NotScored",
    "NotThisVote",
    "answer_appeal",
    "ask_revocation",
    "cancel_contest",
    "candidates_of",
    "cast",
    "change_decision",
    "changes_of",
    "close_vote",
    "create_contest",
    "decide_revocation",
    "declare_interest",
    "draft_payout",
    "drop_decision",
    "file_appeal",
    "forward",
    "hash_of",
    "issue_decision",
    "open_contest",
    "open_vote",
    "publish_contest",
    "ranking_of",
    "save_scores",
    "send_back",
    "set_artwork",
    "set_rule",
    "standing_of",
    "write_criteria",
    "write_decision",
]
