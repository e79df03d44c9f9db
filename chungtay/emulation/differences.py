"""What a correction of a decision changes, in words, pure: head by head, then the list: who was added, taken off, said otherwise."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One thing that is said otherwise; "" before: it is new, "" after: it is gone."""

    what: str
    before: str
    after: str

    def as_json(self) -> dict[str, str]:
        """Return it as the history keeps it."""
        return {"what": self.what, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Said:
    """A decision in words: its head by label, and its lines (name, what is said of them) in order."""

    head: Mapping[str, str]
    lines: Sequence[tuple[str, str]]


def differences(before: Said, after: Said) -> list[Change]:
    """Return what `after` says otherwise than `before`, in the order of the page; the same twice gives nothing."""
    labels = dict.fromkeys([*before.head, *after.head])
    found = [Change(one, before.head.get(one, ""), after.head.get(one, "")) for one in labels]
    found = [one for one in found if one.before != one.after]
    old, new = _keyed(before.lines), _keyed(after.lines)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key, ""), new.get(key, "")
        if key not in new:
            found.append(Change(f"Bỏ {key[0]}", was, ""))
        elif key not in old:
            found.append(Change(f"Thêm {key[0]}", "", now))
        elif was != now:
            found.append(Change(key[0], was, now))
    if list(old) != list(new) and set(old) == set(new):
        found.append(Change("Thứ tự danh sách", _order(before.lines), _order(after.lines)))
    return found


def _keyed(lines: Sequence[tuple[str, str]]) -> dict[tuple[str, int], str]:
    """Lines by name; of two with one name the first stays the first."""
    seen: Counter[str] = Counter()
    found = {}
    for name, said in lines:
        seen[name] += 1
        found[name, seen[name]] = said
    return found


def _order(lines: Sequence[tuple[str, str]]) -> str:
    return ", ".join(name for name, _ in lines)
