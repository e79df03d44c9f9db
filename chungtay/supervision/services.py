"""Writes of the room, each from its own module."""

from chungtay.supervision.answering import accept_answer, draft_answer, draft_hash, send_answer_back, sign_answer
from chungtay.supervision.boarding import record_board_visit, write_board
from chungtay.supervision.contacts import ContactGone, Person, erase_contact, look_at_contact
from chungtay.supervision.criticising import cancel_criticism, note_opinion, receive_draft, start_criticism
from chungtay.supervision.facts import tell_all
from chungtay.supervision.handling import (
    close_feedback,
    draft_reply,
    merge,
    refuse,
    route,
    sign_reply,
    task_from_feedback,
)
from chungtay.supervision.planning import Item, agree_plan, decline_plan, propose_plan, rewrite_plan, write_plan
from chungtay.supervision.receiving import ask_again, look_up, rate, receive_feedback
from chungtay.supervision.recommending import (
    cancel_recommendation,
    close,
    decide,
    escalate,
    publish_recommendation,
    rewrite_recommendation,
    send,
    write_recommendation,
)
from chungtay.supervision.reporting import publish_report, send_report_back, write_report
from chungtay.supervision.rules import BoardKind, Outcome, Satisfaction
from chungtay.supervision.supervising import (
    announce,
    ask,
    cancel_supervision,
    find,
    make_visit,
    open_supervision,
    plan_visit,
    set_team,
    start,
    withdraw_finding,
)
from chungtay.supervision.timing import set_timer

__all__ = [
    "BoardKind",
    "ContactGone",
    "Item",
    "Outcome",
    "Person",
    "Satisfaction",
    "accept_answer",
    "agree_plan",
    "announce",
    "ask",
    "ask_again",
    "cancel_criticism",
    "cancel_recommendation",
    "cancel_supervision",
    "close",
    "close_feedback",
    "decide",
    "decline_plan",
    "draft_answer",
    "draft_hash",
    "draft_reply",
    "erase_contact",
    "escalate",
    "find",
    "look_at_contact",
    "look_up",
    "make_visit",
    "merge",
    "note_opinion",
    "open_supervision",
    "plan_visit",
    "propose_plan",
    "publish_recommendation",
    "publish_report",
    "rate",
    "receive_draft",
    "receive_feedback",
    "record_board_visit",
    "refuse",
    "rewrite_plan",
    "rewrite_recommendation",
    "route",
    "send",
    "send_answer_back",
    "send_report_back",
    "set_team",
    "set_timer",
    "sign_answer",
    "sign_reply",
    "start",
    "start_criticism",
    "task_from_feedback",
    "tell_all",
    "withdraw_finding",
    "write_board",
    "write_plan",
    "write_recommendation",
    "write_report",
]
