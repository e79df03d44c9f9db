"""Who may be commended, pure: principles as checks of a list, each finding with the principle's source and whether it stops."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from chungtay.emulation.dated import Principle, principles
from chungtay.emulation.rules import Recipient
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold

SHORTEST, LONGEST = 2, 120


@dataclass(frozen=True)
class Nominee:
    """One line of a list: who, for what, and the sheet that it rests on ("" for none)."""

    name: str
    kind: Recipient
    achievement: str
    sheet: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, whatever the accents and spaces of the name."""
        return self.kind, fold(self.name)


@dataclass(frozen=True)
class Earlier:
    """An award that was given before: to whom, for what, by which decision."""

    name: str
    kind: Recipient
    achievement: str
    decision: str
    sheet: str = ""


@dataclass(frozen=True)
class Found:
    """What a principle says about a list."""

    principle: Principle
    sentence: str

    @property
    def stops(self) -> bool:
        """Whether the decision cannot be issued so."""
        return self.principle.stops


class NotEligible(DomainError):
    """Principles that stop the decision; every finding is in `found`."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = tuple(found)
        super().__init__(" ".join(one.sentence for one in found))


@dataclass(frozen=True)
class Standing:
    """What the contest behind a list says: sheets carried by the vote (None: no vote), open appeals, whether the window is over."""

    carried: Collection[str] | None = None
    open_appeals: int = 0
    window_open: bool = False


@dataclass(frozen=True)
class Listed:
    """Everything that the checks look at."""

    nominees: Sequence[Nominee]
    earlier: Sequence[Earlier] = ()
    standing: Standing = field(default_factory=Standing)
    no_rule: str = ""


def findings(listed: Listed) -> list[Found]:
    """Return everything that the principles say, what stops first."""
    found = [Found(principles()[key], sentence) for key, check in CHECKS.items() for sentence in check(listed)]
    return sorted(found, key=lambda one: not one.stops)


def _once(listed: Listed) -> Iterator[str]:
    """The same sheet, or the same words for the same recipient, is one achievement."""
    for nominee in listed.nominees:
        for other in listed.earlier:
            same_who = nominee.key == (other.kind, fold(other.name))
            same_what = fold(nominee.achievement) == fold(other.achievement) or (
                nominee.sheet and nominee.sheet == other.sheet
            )
            if same_who and same_what:
                yield f"{nominee.name} đã được khen về thành tích này tại {other.decision}."


def _repeated(listed: Listed) -> Iterator[str]:
    keys = [one.key for one in listed.nominees]
    for name in sorted({one.name for one in listed.nominees if keys.count(one.key) > 1}):
        yield f"{name} đứng hai lần trong danh sách. Hãy bỏ bớt một dòng."


def _collective_first(listed: Listed) -> Iterator[str]:
    kinds = [one.kind for one in listed.nominees]
    persons, collectives = kinds.count(Recipient.PERSON), kinds.count(Recipient.COLLECTIVE)
    if persons > collectives:
        yield f"Danh sách có {persons} cá nhân và {collectives} tập thể. Hãy cân nhắc tập thể trước."


def _carried(listed: Listed) -> Iterator[str]:
    if listed.standing.carried is None:
        return
    for one in listed.nominees:
        if one.sheet and one.sheet not in listed.standing.carried:
            yield f"{one.name} chưa được Hội đồng bỏ phiếu tán thành."


def _appeals(listed: Listed) -> Iterator[str]:
    if listed.standing.open_appeals:
        yield f"Còn {listed.standing.open_appeals} kiến nghị chưa trả lời. Hãy trả lời từng kiến nghị rồi ban hành."
    if listed.standing.window_open:
        yield "Chưa hết hạn kiến nghị về kết quả. Hãy chờ hết hạn rồi ban hành."


def _level(listed: Listed) -> Iterator[str]:
    if listed.no_rule:
        yield listed.no_rule


def _name(listed: Listed) -> Iterator[str]:
    for one in listed.nominees:
        if not SHORTEST <= len(one.name) <= LONGEST:
            yield f"Tên “{one.name[:40]}…” dài {len(one.name)} ký tự, giấy khen ghi được từ {SHORTEST} đến {LONGEST}."


Check = Callable[[Listed], Iterable[str]]
CHECKS: dict[str, Check] = {
    "once": _once,
    "repeated": _repeated,
    "carried": _carried,
    "appeals": _appeals,
    "level": _level,
    "name": _name,
    "collective_first": _collective_first,
}
