"""What a page of figures may be asked for: as known on which day, and with or without what is not approved yet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware

from chungtay.figures.rules import View
from chungtay.kernel.text import date_text
from chungtay.web.forms import DateField

_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class KnownOn:
    """A past day up to whose end the account is read; `day` None means now. `problem` says what was wrong with it."""

    day: date | None = None
    typed: str = ""
    problem: str = ""

    @property
    def moment(self) -> datetime | None:
        """The last moment of the day in Vietnam, None for now."""
        return None if self.day is None else end_of(self.day)

    @property
    def iso(self) -> str:
        """The day as it stands in an address, "" for now."""
        return "" if self.day is None else self.day.isoformat()


def end_of(day: date) -> datetime:
    """Return the last microsecond of a day in Vietnam."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)


def known_on(typed: str, *, today: date) -> KnownOn:
    """Read "22/05/2023" or "2023-05-22". Today is now; a day to come, or no day at all, is now with a problem."""
    text = typed.strip()
    if not text:
        return KnownOn()
    try:
        day = DateField().clean(text)
    except ValidationError as error:
        return KnownOn(typed=text, problem=" ".join(error.messages))
    if day > today:
        return KnownOn(
            typed=text,
            problem=f"Ngày {date_text(day)} chưa tới. Chỉ xem lại được số liệu đến hôm nay, {date_text(today)}.",
        )
    if day < _FIRST_DAY:
        return KnownOn(typed=text, problem=f"Ngày {date_text(day)} quá xa. Hãy nhập một ngày từ năm 1900 trở đi.")
    return KnownOn(day=None if day == today else day, typed=date_text(day))


def day_known(moment: datetime) -> date:
    """Return the day in Vietnam on which a moment falls."""
    return localdate(moment)


def view_asked(typed: str) -> View:
    """Return the view that `tat-ca=1` asks for."""
    return View.ALL if typed == "1" else View.APPROVED
