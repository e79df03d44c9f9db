"""What changes the register, and what tells the account of months that ended since."""

from chungtay.households.classifying import Decision, NotClassed, classify, end_class, load_lines, withdraw_class
from chungtay.households.enrolling import Enrolment, enrol, meet_needs, review_classes
from chungtay.households.erasing import CannotErase, ask_erasure, erase
from chungtay.households.facts import measure
from chungtay.households.inheriting import NotLeftThere, carry_over, take_over
from chungtay.households.merging import CannotMerge, merge, unmerge
from chungtay.households.needing import add_need, meet_need
from chungtay.households.register import ChangedMeanwhile, Erased, LegalGround, register, revise, say_basis
from chungtay.households.telling import tell_all, tell_months

__all__ = [
    "CannotErase",
    "CannotMerge",
    "ChangedMeanwhile",
    "Decision",
    "Enrolment",
    "Erased",
    "LegalGround",
    "NotClassed",
    "NotLeftThere",
    "add_need",
    "ask_erasure",
    "carry_over",
    "classify",
    "end_class",
    "enrol",
    "erase",
    "load_lines",
    "measure",
    "meet_need",
    "meet_needs",
    "merge",
    "register",
    "review_classes",
    "revise",
    "say_basis",
    "take_over",
    "tell_all",
    "tell_months",
    "unmerge",
    "withdraw_class",
]
