"""Workbooks in and out of a return: the template for a unit, the preview of a filled one, and its taking in.

The web upload and the command line come through the same door: `preview_files`, then `take_in`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.periods import BadPeriod, parse_period
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.returns import rules, selectors, services
from chungtay.returns.background import Background, background_of, backgrounds
from chungtay.returns.models import Form, Return
from chungtay.returns.rules import CellProblem, Change, Entry
from chungtay.returns.workbooks.child import open_files
from chungtay.returns.workbooks.layout import AREA_ROW, CODE, FORM_ROW, PERIOD_ROW, Identity
from chungtay.returns.workbooks.opening import RawSheet
from chungtay.returns.workbooks.reading import identity_problems, read_cells, read_identity, where
from chungtay.returns.workbooks.writing import Blank, write_workbook


class Refused(DomainError):
    """A workbook with problems is not taken in, not even in part."""


@dataclass(frozen=True)
class Preview:
    """What a workbook would do: its return, the cells that change, what is wrong (then nothing is taken in).

    `remarks` are the form's own checks of the values; they do not hinder taking the draft in.
    """

    name: str
    of: Return | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()
    remarks: Sequence[CellProblem] = ()

    @property
    def state(self) -> str:
        """Return "refused", "changed" or "unchanged"."""
        return "refused" if self.problems else "changed" if self.changes else "unchanged"


def blank_for(of: Return, spec: selectors.FormSpec, known: Background | None = None) -> Blank:
    """Return the form as it is written for this return; `known` as in `selectors.problems_of`."""
    period, background = parse_period(of.round.period_code), known or background_of(of)
    return Blank(
        identity=_identity(of),
        title=str(of.round.form),
        programme=f"{of.round.form.programme}: {of.round.form.programme.title}",
        area_name=places.name_on(of.area_id, of.round.period_start),
        period_label=period.label(),
        cells=spec.cells,
        previous=background.previous,
        kept={key: one.keeper for key, one in background.records.items() if one.value is not None},
        is_sample=of.round.form.programme.is_sample,
    )


def workbook_of(of: Return, *, entries: Mapping[str, Entry] | None = None, known: Background | None = None) -> bytes:
    """Return the form's workbook for this return, filled with `entries` or with what stands in it now."""
    spec = selectors.form_spec(of.round.form)
    filled = selectors.shown_entries(of) if entries is None else entries
    return write_workbook(blank_for(of, spec, known), filled)


def workbook_name(of: Return) -> str:
    """Return the file's name: form, period and unit, in letters that every system keeps."""
    return f"{of.round.form.code}_{of.round.period_code}_{_identity(of).area}.xlsx"


def _identity(of: Return) -> Identity:
    code = places.tree_on(of.round.period_start).node(of.area_id).code
    return Identity(of.round.form.code, of.round.form.version, of.round.period_code, code)


@dataclass(frozen=True)
class _Placed:
    """An opened sheet with the return that it belongs to."""

    name: str
    sheet: RawSheet
    of: Return


def preview_files(paths: Sequence[Path], *, wanted: Return | None = None) -> list[Preview]:
    """Open the files in a limited child process and say for each what it would do. Nothing is written.

    `wanted` is the return that the files are meant for; without it each file's head says where it belongs. What the units and
    their neighbours sent before is read once for all files.
    """
    placed = [
        Preview(path.name, problems=[Problem(opened, path.name)])
        if isinstance(opened, str)
        else _place(path.name, opened, wanted)
        for path, opened in zip(paths, open_files(paths), strict=True)
    ]
    known = backgrounds([one.of for one in placed if isinstance(one, _Placed)])
    specs: dict[UUID, selectors.FormSpec] = {}
    return [one if isinstance(one, Preview) else _preview(one, specs, known[one.of.pk]) for one in placed]


def _place(name: str, sheet: RawSheet, wanted: Return | None) -> _Placed | Preview:
    identity = read_identity(sheet)
    if identity is None:
        sentence = (
            "Trang đầu không phải biểu mẫu của phần mềm. Hãy tải biểu mẫu của đợt báo cáo, nhập vào đó rồi nộp lại."
        )
        return Preview(name, wanted, problems=[Problem(sentence, where(sheet.name, AREA_ROW, CODE))])
    if wanted is not None:
        mismatch = identity_problems(sheet, identity, _identity(wanted), _names(wanted, identity))
        return Preview(name, wanted, problems=mismatch) if mismatch else _Placed(name, sheet, wanted)
    found = _find_return(sheet, identity)
    return Preview(name, problems=[found]) if isinstance(found, Problem) else _Placed(name, sheet, found)


def _preview(one: _Placed, specs: dict[UUID, selectors.FormSpec], background: Background) -> Preview:
    """Say what one placed sheet would do. `specs` keeps the forms already read, by id."""
    of, sheet = one.of, one.sheet
    spec = specs.get(of.round.form_id) or specs.setdefault(of.round.form_id, selectors.form_spec(of.round.form))
    filled = read_cells(sheet, spec.cells)
    if filled.problems:
        return Preview(one.name, of, problems=filled.problems)
    now_there = selectors.shown_entries(of)
    changes = rules.changes(spec.cells, now_there, filled.entries)
    remarks = rules.still_open(selectors.said_of(spec, filled.entries, background))
    if changes and of.state not in rules.WITH_THE_UNIT:
        sentence = (
            f"Báo cáo đang ở trạng thái “{rules.STATE_WORDS[rules.State(of.state)]}” nên không nhận số mới. "
            "Hãy thu hồi hoặc đề nghị thành phố trả lại trước khi nộp tệp."
        )
        return Preview(one.name, of, problems=[Problem(sentence, where(sheet.name, PERIOD_ROW, CODE))])
    return Preview(one.name, of, filled.entries, changes, (), remarks)


def _find_return(sheet: RawSheet, identity: Identity) -> Return | Problem:
    """Return the return that a workbook says it belongs to, or why there is none."""
    try:
        start = parse_period(identity.period).start
    except BadPeriod as problem:
        return Problem(str(problem), where(sheet.name, PERIOD_ROW, CODE))
    try:
        area = places.area_by_ref(f"{identity.area}@{start.isoformat()}")
    except DomainError as problem:
        return Problem(str(problem), where(sheet.name, AREA_ROW, CODE))
    forms = list(
        Form.objects.filter(code=identity.form, rounds__period_code=identity.period, rounds__returns__area=area)
    )
    if not forms:
        sentence = f"Không có đợt báo cáo {identity.period} của biểu {identity.form} cho đơn vị {identity.area}."
        return Problem(sentence, where(sheet.name, PERIOD_ROW, CODE))
    form = max(forms, key=lambda f: f.version)
    if form.version != identity.version:
        sentence = (
            f"Tệp dùng biểu {identity.form} lần {identity.version}, đợt này dùng lần {form.version}. "
            "Hãy tải biểu mẫu mới rồi chép số sang."
        )
        return Problem(sentence, where(sheet.name, FORM_ROW, CODE))
    return selectors.return_of(form=form, period_code=identity.period, area=area)


def _names(wanted: Return, found: Identity) -> dict[str, str]:
    names = {}
    for ref in {_identity(wanted).area, found.area}:
        try:
            area: Area = places.area_by_ref(f"{ref}@{wanted.round.period_start.isoformat()}")
        except DomainError:
            continue
        names[ref] = places.name_on(area.pk, wanted.round.period_start)
    for code in {wanted.round.period_code, found.period}:
        try:
            names[code] = parse_period(code).short()
        except BadPeriod:
            continue
    return names


def take_in(preview: Preview, *, now: datetime, by: User) -> Return:
    """Put a previewed workbook into the draft. Raises Refused when it has problems; unchanged content writes nothing."""
    if preview.problems or preview.of is None:
        raise Refused(" ".join(p.sentence for p in preview.problems) or "Tệp không thuộc báo cáo nào.")
    if not preview.changes:
        return preview.of
    return services.save_draft(
        of=preview.of,
        entries=_with_replies(preview.of, preview.entries),
        revision=preview.of.revision,
        source=preview.name,
        now=now,
        by=by,
    )


def _with_replies(of: Return, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Keep the answers that were typed on screen: the workbook has no place for them."""
    there = selectors.draft_entries(of)
    return {
        key: Entry(value=e.value, absent=e.absent, explain=e.explain, reply=there[key].reply if key in there else "")
        for key, e in entries.items()
    }
