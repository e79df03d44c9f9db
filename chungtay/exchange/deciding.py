"""What becomes of an import: a second person approves it or does not, whoever sent it takes it back, and it is undone by two.

Every step is a new fact in the account: nothing that was said is overwritten.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.exchange.gathering import SOURCE, UNDONE
from chungtay.exchange.models import DataImport, ImportAct, Partner
from chungtay.exchange.rules import NEEDS_WORDS, RIGHT_OF, State, Verb, after
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.rules import Keeper
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.periods import Period

_Key = tuple[object, ...]


class ReasonNeeded(DomainError):
    """A step that has to be explained came without words."""


class CellsMoved(DomainError):
    """Others have stated cells of the import since: the step would overwrite them."""


class SourceChanged(DomainError):
    """An indicator of the import is not kept on record by other systems any more."""


def locked_partners() -> None:
    """Lock every system until commit, so that two files never judge the same account at once."""
    list(Partner.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def move(*, of: DataImport, verb: Verb, note: str = "", now: datetime, by: User) -> ImportAct:
    """Take a step with an import. Raises NotThisStep, ReasonNeeded, CellsMoved, SourceChanged and what `access.require` raises."""
    locked_partners()
    fresh = DataImport.objects.select_related("partner").defer("conflicts").get(pk=of.pk)
    access.require(by, RIGHT_OF[verb], fresh, on=localdate(now))
    state = after(State(fresh.access_state), verb)
    note = " ".join(note.split())[:500]
    if verb in NEEDS_WORDS and not note:
        raise ReasonNeeded("Hãy ghi lý do, để người nạp biết phải làm gì.")
    written = 0
    if verb is Verb.APPROVE:
        written = _approve(fresh, now, by)
    elif verb in (Verb.REJECT, Verb.WITHDRAW):
        written = _take_back(fresh, Status.PROVISIONAL, now, by)
    elif verb is Verb.UNDO:
        written = _take_back(fresh, Status.APPROVED, now, by)
    act = ImportAct.objects.create(of=fresh, verb=verb, state=state, note=note, at=now, by=by)
    data = {"verb": verb.value, "state": state.value, "facts": written}
    audit.record("exchange.import.moved", obj=fresh, area_id=fresh.partner.area_id, data=data, now=now, by=by)
    return act


def _approve(of: DataImport, now: datetime, by: User) -> int:
    """State the import's provisional facts as approved ones, if the account is still what it was judged against."""
    facts = _facts_of(of, Status.PROVISIONAL)
    _check_untouched(of, facts)
    kept = {
        period: dictionary.sources_during({fact.indicator_id for fact in facts}, period.start, period.last_day)
        for period in {_period(fact) for fact in facts}
    }
    if any(kept[_period(fact)][fact.indicator_id] != {Keeper.EXCHANGE} for fact in facts):
        raise SourceChanged(
            "Từ khi nạp đến nay, nguồn ghi nhận của một chỉ tiêu đã chuyển về báo cáo hoặc sổ ở đây. Hãy không duyệt và nạp lại tệp."
        )
    return _state([_statement(fact, fact.value) for fact in facts], of, SOURCE, Status.APPROVED, now, by)


def _take_back(of: DataImport, status: Status, now: datetime, by: User) -> int:
    """State again what stood before the import."""
    facts = _facts_of(of, status)
    _check_untouched(of, facts)
    first = min(fact.batch_id for fact in facts)
    before = {
        _key(fact): fact.value for fact in _others(facts) if fact.status == Status.APPROVED and fact.batch_id < first
    }
    statements = [_statement(fact, before.get(_key(fact))) for fact in facts]
    return _state(statements, of, UNDONE, status, now, by)


def _state(statements: Sequence[Statement], of: DataImport, kind: str, status: Status, now: datetime, by: User) -> int:
    figures.record_facts(statements, status=status, source_kind=kind, source_id=str(of.pk), now=now, by=by)
    return len(statements)


def _facts_of(of: DataImport, status: Status) -> list[Fact]:
    rows = Fact.objects.filter(source_kind=SOURCE, source_id=str(of.pk), status=status)
    return list(rows.select_related("indicator").order_by("id"))


def _check_untouched(of: DataImport, facts: Sequence[Fact]) -> None:
    """Raise CellsMoved unless the import's word is still the last one about each of its cells."""
    last: dict[_Key, Fact] = {_key(fact): fact for fact in _others(facts)}
    moved = sum((last[_key(fact)].source_kind, last[_key(fact)].source_id) != (SOURCE, str(of.pk)) for fact in facts)
    if moved:
        raise CellsMoved(
            f"Sau lần nạp này, {format_integer(moved)} ô đã được nguồn khác ghi lại. "
            "Hãy xử lý lần ghi sau trước, rồi quay lại lần nạp này."
        )


def _others(facts: Sequence[Fact]) -> Iterable[Fact]:
    """Yield every fact about the cells of some, in the order in which they were stated."""
    wanted = {_key(fact) for fact in facts}
    rows = Fact.objects.filter(
        indicator_id__in={fact.indicator_id for fact in facts},
        period_start__gte=min(fact.period_start for fact in facts),
        period_end__lte=max(fact.period_end for fact in facts),
    )
    return (fact for fact in rows.order_by("batch_id", "id").iterator(chunk_size=5_000) if _key(fact) in wanted)


def _key(fact: Fact) -> _Key:
    return fact.indicator_id, fact.dimension, fact.area_id, fact.period_start, fact.period_end


def _period(fact: Fact) -> Period:
    return Period(fact.period_start, fact.period_end, fact.period_code)


def _statement(fact: Fact, value: int | None) -> Statement:
    return Statement(fact.indicator.code, fact.dimension, fact.area_id, _period(fact), value, cell=fact.source_cell)
