"""Reads of one return: what a person may see of it, what stands in it, what hinders it, what happened to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from chungtay.access.selectors import Keys
from chungtay.indicators.models import Indicator
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.returns import rules
from chungtay.returns.background import Background as Background
from chungtay.returns.background import background_of
from chungtay.returns.background import backgrounds as backgrounds
from chungtay.returns.checks import findings
from chungtay.returns.models import Event, Form, FormCell, Return, Version
from chungtay.returns.records import Records, differences, prefilled, records_of
from chungtay.returns.rules import CellSpec, Entry, RuleSpec

HELD_AGAINST = "Số để đối chiếu với số tổng hợp, không cộng vào kết quả."


class NoSuchReturn(DomainError):
    """There is no such return, or it is beyond the actor's reach."""


@dataclass(frozen=True)
class FormSpec:
    """A form as its readers and writers need it: cells in order, and the rules between them."""

    form: Form
    cells: tuple[CellSpec, ...]
    rules: tuple[RuleSpec, ...]

    def sections(self) -> list[tuple[str, list[CellSpec]]]:
        """Return the cells by section, in order."""
        found: dict[str, list[CellSpec]] = {}
        for cell in self.cells:
            found.setdefault(cell.section, []).append(cell)
        return list(found.items())


def cell_spec(cell: FormCell) -> CellSpec:
    """Return the pure description of a form's cell."""
    return CellSpec(
        key=cell.key,
        label=cell.label,
        unit=cell.indicator.unit,
        section=cell.section,
        decimals=cell.indicator.decimals,
        is_money=cell.indicator.is_money,
        hint=cell.hint or (HELD_AGAINST if cell.is_claim else ""),
        is_total=cell.is_total,
    )


def form_spec(form: Form) -> FormSpec:
    """Return the form with its cells and rules (two queries)."""
    cells = form.cells.select_related("indicator").order_by("position")
    relations = form.rules.order_by("position")
    return FormSpec(
        form,
        tuple(cell_spec(c) for c in cells),
        tuple(RuleSpec(r.kind, r.left, r.right, r.sentence, r.weight, r.low, r.high) for r in relations),
    )


def recorded_by_others(indicators: Iterable[Indicator], body_kind: BodyKind) -> set[UUID]:
    """Return the ids of those indicators whose source of record is another body: its form asked for them first.

    An indicator has one source of record at a time; what other bodies report of it are claims.
    """
    asked = FormCell.objects.filter(
        indicator__in=list(indicators), form__is_current=True, is_total=False, is_second=False
    )
    return set(asked.exclude(form__body_kind=body_kind.value).values_list("indicator_id", flat=True))


def forms_of(programme: Programme) -> list[Form]:
    """Return the current forms of a programme."""
    return list(programme.forms.filter(is_current=True).order_by("code"))


def current_form(programme: Programme, code: str) -> Form | None:
    """Return the version of a form now in use."""
    return programme.forms.filter(code=code, is_current=True).first()


def return_for(keys: Keys, return_id: UUID) -> Return:
    """Return one return. Raises NoSuchReturn when it is not there for the person who holds the keys."""
    mine = Return.objects.with_round().filter(area_id__in=keys.areas_for("view", "return"))
    found = mine.filter(pk=return_id).first()
    if found is None:
        raise NoSuchReturn("Không có báo cáo này.")
    return found


def is_of_the_unit(keys: Keys, area_id: UUID) -> bool:
    """Say whether the person works in the unit itself: only those see what was not sent yet."""
    return area_id in keys.areas_for("fill", "return") or area_id in keys.areas_for("sign", "return")


def return_of(*, form: Form, period_code: str, area: Area) -> Return:
    """Return what an area owes for a period of a form. Raises NoSuchReturn."""
    found = Return.objects.with_round().filter(round__form=form, round__period_code=period_code, area=area).first()
    if found is None:
        raise NoSuchReturn(f"Không có đợt báo cáo {period_code} của {form} cho đơn vị này.")
    return found


def entries_of(version: Version | None) -> dict[str, Entry]:
    """Return the frozen cells of a version, by key."""
    if version is None:
        return {}
    return {
        c.cell.key: Entry(value=c.value, absent=c.absent, explain=c.explain, reply=c.reply)
        for c in version.cells.select_related("cell")
    }


def draft_entries(of: Return, records: Records | None = None) -> dict[str, Entry]:
    """Return the working copy, by key, with what registers hold in the cells that nobody typed into.

    records: as `background_of` has them; without them they are read.
    """
    typed = {key: rules.entry_from_json(data) for key, data in of.draft.items()}
    return prefilled(typed, records_of([of])[of.pk] if records is None else records)


def shown_entries(of: Return) -> dict[str, Entry]:
    """Return what stands in the return now: the draft while it is with the unit, else the version that was sent."""
    if of.state in rules.WITH_THE_UNIT:
        return draft_entries(of)
    return entries_of(of.current_version)


def sent_versions(of: Return) -> list[Version]:
    """Return the versions that the leader signed and sent upward, newest first."""
    return list(of.versions.filter(events__verb="sign").distinct().select_related("created_by").order_by("-number"))


def versions_for(keys: Keys, of: Return) -> list[Version]:
    """Return the versions that the person may open, newest first: all for the unit, the sent ones for the levels above."""
    if not is_of_the_unit(keys, of.area_id):
        return sent_versions(of)
    return list(of.versions.select_related("created_by").order_by("-number"))


def previous_values(of: Return) -> Mapping[str, int | None]:
    """Return the last value that the unit sent for each cell in the round before, by key (two queries)."""
    return background_of(of).previous


@dataclass(frozen=True)
class Ratio:
    """A ratio that the product works out from two cells of a form."""

    name: str
    decimals: int
    numerator: CellSpec
    denominator: CellSpec


def ratios_of(spec: FormSpec) -> list[Ratio]:
    """Return the ratios whose two terms the form asks for (one query)."""
    asked = {cell.key: cell for cell in spec.cells}
    found = Indicator.objects.filter(numerator__code__in=asked, denominator__code__in=asked)
    return [
        Ratio(r.name, r.decimals, asked[r.numerator.code], asked[r.denominator.code])
        for r in found.select_related("numerator", "denominator").order_by("position", "code")
        if r.numerator and r.denominator
    ]


@dataclass(frozen=True)
class OpenRemark:
    """A cell that came back: why, from whom, when."""

    key: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SentBack:
    """A sending back that is not settled yet: the questions by cell key, and the entries that they were asked about."""

    event: Event
    remarks: Mapping[str, OpenRemark]
    entries: Mapping[str, Entry]


def sent_back(of: Return) -> SentBack | None:
    """Return the last sending back, until the return is approved (three queries)."""
    decided = of.events.filter(verb__in=["send_back", "approve"]).select_related("by", "version")
    last = decided.order_by("-pk").first()
    if last is None or last.verb != "send_back":
        return None
    remarks = {
        r.cell.key: OpenRemark(r.cell.key, r.text, last.by.full_name, last.at)
        for r in last.remarks.select_related("cell")
    }
    return SentBack(last, remarks, entries_of(last.version))


def said_of(spec: FormSpec, entries: Mapping[str, Entry], background: Background) -> list[rules.CellProblem]:
    """Return what there is to say about entries: the form's checks, and where they are not what a register holds."""
    problems = findings(spec.cells, spec.rules, entries, background.known)
    return problems + differences(spec.cells, entries, background.records)


def draft_problems(
    spec: FormSpec, entries: Mapping[str, Entry], background: Background, back: SentBack | None
) -> list[rules.CellProblem]:
    """Return what there is to say about the working copy, also what was explained, and the questions of the upper level left
    unanswered. `rules.stops_sending` keeps what hinders it.
    """
    problems = said_of(spec, entries, background)
    if back is not None:
        problems += rules.unanswered(spec.cells, back.remarks, back.entries, entries)
    return problems


def problems_of(of: Return, entries: Mapping[str, Entry], known: Background | None = None) -> list[rules.CellProblem]:
    """Return what there would be to say if these entries stood in the return, as its own screens say it.

    known: as `backgrounds` has it for a round of returns; without it it is read.
    """
    return draft_problems(form_spec(of.round.form), entries, known or background_of(of), sent_back(of))


def history_of(of: Return) -> list[Event]:
    """Return what happened to the return, newest first, each with its version, person and remarks (three queries)."""
    events = of.events.select_related("by", "version").prefetch_related("remarks__cell")
    return list(events.order_by("-pk"))


def version_changes(spec: FormSpec, newer: Version, *, among: Sequence[Version]) -> list[rules.Change]:
    """Return what a version changed against the one before it, of those that the reader may open."""
    before = max((v for v in among if v.number < newer.number), key=lambda v: v.number, default=None)
    return [] if before is None else rules.changes(spec.cells, entries_of(before), entries_of(newer))


def indicators_of(programme: Programme) -> list[Indicator]:
    """Return the indicators that the programme's current forms ask for, and the ratios made of them."""
    asked = FormCell.objects.filter(form__programme=programme, form__is_current=True).values("indicator_id")
    found = Indicator.objects.filter(
        Q(pk__in=asked) | Q(numerator_id__in=asked, denominator_id__in=asked)
    ).select_related("numerator", "denominator")
    return list(found.order_by("position", "code"))
