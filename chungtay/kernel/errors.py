"""The two ways to say that something is wrong: raise a DomainError, or collect Problems and go on."""

from dataclasses import dataclass
from enum import StrEnum


class DomainError(Exception):
    """A refusal for people: `str(error)` is a Vietnamese sentence that says what is wrong and what to do.

    Subclasses live beside the function that raises them and are named after what is true (`PeriodClosed`).
    """


class Severity(StrEnum):
    """How much a Problem weighs: it blocks, asks for an explanation, says that something is not there yet, or only hints."""

    WRONG = "wrong"
    EXPLAIN = "explain"
    MISSING = "missing"
    HINT = "info"  # the interface's word for what is only to be known


@dataclass(frozen=True)
class Problem:
    """One finding of a check. `sentence` is Vietnamese, for people; `where` points at it ("B01!D12", "I.3")."""

    sentence: str
    where: str = ""
    severity: Severity = Severity.WRONG
