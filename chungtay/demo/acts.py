"""Single acts of the story, each through the product's own service, on the ground as it is at that moment."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from chungtay.accounts.models import User
from chungtay.demo.ground import Ground
from chungtay.demo.story import story
from chungtay.funds.models import Campaign
from chungtay.kernel.errors import DomainError, Severity
from chungtay.kernel.periods import Period
from chungtay.returns import intake, selectors, services
from chungtay.returns.intake import Preview
from chungtay.returns.models import Form, Return
from chungtay.returns.rules import Entry
from chungtay.returns.selectors import Background

WHY_UNUSUAL = "Số thực tế trong kỳ, có danh sách và chứng từ kèm theo (minh họa)."
Key = tuple[str, str, str]
"""(form, period, unit): one return of the story."""


class StoryBroken(DomainError):
    """The demonstration's own workbook was refused: the product or the story is wrong."""


class Acts:
    """What the people of the story do. `tell` is called with one line of progress at a time."""

    def __init__(self, ground: Ground, folder: Path, tell: Callable[[str], None]) -> None:
        self.ground = ground
        self.folder = folder
        self.tell = tell
        self.previews: dict[Key, Preview] = {}
        self.returns: dict[Key, Return] = {}
        self.hashes: dict[Key, str] = {}  # of what was last sent: it is what is signed and approved
        self.campaigns: dict[tuple[str, str], Campaign] = {}  # by unit and code
        self.count = 0

    def prepare(self, form: Form, period: Period, entries: Mapping[str, Mapping[str, Entry]]) -> None:
        """Every unit fills its workbook; all are opened together, as a batch at the command line would be."""
        folder = self.folder / f"{form.code}_{period.code}"
        folder.mkdir(parents=True, exist_ok=True)
        paths, keys = [], []
        mine = {unit: self.return_of(form, period.code, unit) for unit in entries}
        known = selectors.backgrounds(list(mine.values()))
        for unit, cells in entries.items():
            of = mine[unit]
            path = folder / intake.workbook_name(of)
            first = self.first(form, period.code, unit, cells)
            odd = {key for key, entry in first.items() if entry != cells[key]}
            filled = _explained(of, first, odd, known[of.pk])
            path.write_bytes(intake.workbook_of(of, entries=filled, known=known[of.pk]))
            paths.append(path)
            keys.append((form.code, period.code, unit))
        for key, preview in zip(keys, intake.preview_files(paths), strict=True):
            if preview.problems:
                raise StoryBroken(f"{preview.name}: {preview.problems[0].where} {preview.problems[0].sentence}")
            self.previews[key] = preview
        self.count += len(paths)
        self.tell(f"{form.code} {period.short()}: {len(paths)} tệp")

    def first(self, form: Form, period: str, unit: str, cells: Mapping[str, Entry]) -> dict[str, Entry]:
        """Return what the unit writes at first, where the story has it corrected later."""
        told = dict(cells)
        sent_back = story()["story"]["sent_back"].get(unit)
        corrected = story()["story"]["corrected"]
        for tale, mine in ((sent_back, True), (corrected, corrected["code"] == unit)):
            if tale and mine and tale["period"] == period and form == self.ground.results:
                for key, more in tale["first"].items():
                    told[key] = Entry(value=(told[key].value or 0) + more)
        return told

    def return_of(self, form: Form, period: str, unit: str) -> Return:
        """Return what a unit (or the city) owes for a period."""
        key = (form.code, period, unit)
        if key not in self.returns:
            area = self.ground.city if unit == story()["city"]["code"] else self.ground.areas[unit]
            self.returns[key] = selectors.return_of(form=form, period_code=period, area=area)
        return self.returns[key]

    def open(self, form: Form, period: Period, due: datetime, units: Iterable[str], now: datetime) -> None:
        """The city asks its units to fill a form for a period."""
        areas = [self.ground.areas[unit] for unit in units]
        services.open_round(form=form, period=period, due_at=due, areas=areas, now=now, by=self.ground.cast.officer)

    def take_in(self, key: Key, now: datetime, by: User) -> None:
        """The clerk takes the filled workbook in as the draft."""
        _done(intake.take_in(self.previews.pop(key), now=now, by=by))

    def mend(self, form: Form, period: str, unit: str, cells: Mapping[str, Entry], now: datetime, by: User) -> None:
        """The clerk changes cells of the draft, on the screen."""
        of = self.return_of(form, period, unit)
        of.refresh_from_db()
        there = selectors.draft_entries(of)
        _done(
            services.save_draft(
                of=of, entries={k: e._replace(explain=there[k].explain) for k, e in cells.items()}, now=now, by=by
            )
        )

    def submit(self, form: Form, period: str, unit: str, now: datetime, by: User) -> None:
        """The clerk sends the draft to be signed."""
        sent = services.submit_return(of=self.return_of(form, period, unit), now=now, by=by)
        self.hashes[form.code, period, unit] = sent.content_hash

    def sign(self, form: Form, period: str, unit: str, now: datetime, by: User) -> None:
        """The leader signs what was sent."""
        of = self.return_of(form, period, unit)
        _done(services.sign_return(of=of, content_hash=self.hashes[form.code, period, unit], now=now, by=by))

    def approve(self, form: Form, period: str, unit: str, now: datetime, by: User | None = None) -> None:
        """The officer (or who else may) approves what was signed."""
        of = self.return_of(form, period, unit)
        _done(
            services.approve_return(
                of=of, content_hash=self.hashes[form.code, period, unit], now=now, by=by or self.ground.cast.officer
            )
        )

    def send_back(self, form: Form, period: str, unit: str, remarks: Mapping[str, str], now: datetime) -> None:
        """The officer sends cells back, each with a remark."""
        of = self.return_of(form, period, unit)
        _done(services.send_back_return(of=of, remarks=remarks, now=now, by=self.ground.cast.officer))

    def extend(self, form: Form, period: str, unit: str, until: datetime, now: datetime) -> None:
        """The officer gives one unit more time."""
        note = story()["story"]["extended"]["note"]
        of = self.return_of(form, period, unit)
        _done(services.extend_deadline(of=of, until=until, note=note, now=now, by=self.ground.cast.officer))


def _done(of: Return) -> None:
    """An act of the story leaves nothing behind but what the service wrote."""


def _explained(of: Return, entries: Mapping[str, Entry], odd: Collection[str], known: Background) -> dict[str, Entry]:
    """Add a sentence where the form will ask why a figure is unusual, or is not what a register will say (`odd`)."""
    unusual = set(odd) | {p.key for p in selectors.problems_of(of, entries, known) if p.severity is Severity.EXPLAIN}
    return {key: e._replace(explain=WHY_UNUSUAL) if key in unusual else e for key, e in entries.items()}
