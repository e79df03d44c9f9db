"""One value as other systems send it: all texts, nothing judged yet; and the file that cannot be read at all. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chungtay.kernel.errors import DomainError

MOST_BYTES = 64 * 1024 * 1024
"""Of a file once unpacked."""
MOST_VALUES = 500_000
LONGEST_TEXT = 50_000
"""Letters of one field: what other systems allow a comment."""


class UnreadableFile(DomainError):
    """The file cannot be read; one sentence says where and what to do, `en` says the same in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.en = en


class DataValue(NamedTuple):
    """What one system says of a data element, a period and a unit, in its own words.

    value: None when the field is not there. dimensions: (category, option) pairs of ADX. where: the place in the file, for people.
    fault: why this line alone cannot be understood, a code of `rules.Code`; "" when it can.
    """

    data_element: str
    period: str
    org_unit: str
    category_option_combo: str = ""
    attribute_option_combo: str = ""
    value: str | None = None
    comment: str = ""
    follow_up: bool = False
    deleted: bool = False
    stored_by: str = ""
    last_updated: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    where: str = ""
    fault: str = ""


@dataclass(frozen=True)
class ValueSet:
    """A file: its values in order, and what its head says. options: idScheme, importStrategy, dryRun … as they stand there."""

    values: Sequence[DataValue]
    data_set: str = ""
    complete_date: str = ""
    options: dict[str, str] = field(default_factory=dict)


OPTIONS = (
    *("idScheme", "dataElementIdScheme", "orgUnitIdScheme", "categoryOptionComboIdScheme"),
    *("importStrategy", "dryRun"),
)
"""What the head of a file may say about how it wants to be read."""


def too_many() -> UnreadableFile:
    """Return the refusal of a file with more values than are taken at once."""
    return UnreadableFile(
        f"Tệp có hơn {MOST_VALUES} giá trị. Hãy chia thành nhiều tệp, ví dụ mỗi năm một tệp.",
        f"The file holds more than {MOST_VALUES} values. Send it in parts, a year each.",
    )


def too_long(place: str) -> UnreadableFile:
    """Return the refusal of a file with a field that is no text any more; place: where, in words of no language."""
    return UnreadableFile(
        f"Ở {place} có trường dài hơn {LONGEST_TEXT} ký tự nên tệp không được đọc tiếp. Hãy xuất lại tệp.",
        f"At {place} a field is longer than {LONGEST_TEXT} characters. Export the file again.",
    )
