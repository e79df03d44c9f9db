"""Tables of tasks: the work, what happened to it, meetings, and letters between bodies."""

from chungtay.tasks.models.acts import Act, Evidence, Extension, Reminder, ReminderSetting
from chungtay.tasks.models.meetings import Conclusion, ConclusionTask, Letter, Meeting, Minutes
from chungtay.tasks.models.work import Duty, Series, Task, TaskIndicator

__all__ = [
    "Act",
    "Conclusion",
    "ConclusionTask",
    "Duty",
    "Evidence",
    "Extension",
    "Letter",
    "Meeting",
    "Minutes",
    "Reminder",
    "ReminderSetting",
    "Series",
    "Task",
    "TaskIndicator",
]
