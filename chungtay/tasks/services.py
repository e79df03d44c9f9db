"""Writes of the room, each from its own module."""

from chungtay.tasks.drafts import Aim, Part, Plan
from chungtay.tasks.exchanging import (
    BadExchange,
    conclude,
    record_letter,
    record_meeting,
    task_from_conclusion,
    write_minutes,
)
from chungtay.tasks.moving import BadDay, extend, move
from chungtay.tasks.proving import attach_document, attach_record, judge, withdraw
from chungtay.tasks.reminding import remind, set_reminders
from chungtay.tasks.writing import ChangedMeanwhile, approve_tasks, cancel_task, rewrite_task, write_task

__all__ = [
    "Aim",
    "BadDay",
    "BadExchange",
    "ChangedMeanwhile",
    "Part",
    "Plan",
    "approve_tasks",
    "attach_document",
    "attach_record",
    "cancel_task",
    "conclude",
    "extend",
    "judge",
    "move",
    "record_letter",
    "record_meeting",
    "remind",
    "rewrite_task",
    "set_reminders",
    "task_from_conclusion",
    "withdraw",
    "write_minutes",
    "write_task",
]
