"""The moves of a day as one plan of reorganisation, in the words of `plans`."""

from collections import Counter

from chungtay.places.plans import Abolish, Change, Form, NewUnit, Plan, Revise, Source
from chungtay.places.rules import RANKS, WHOLE, ReorganisationKind
from chungtay.places.unit_atlas import Unit
from chungtay.places.unit_moves import Moves, Target
from chungtay.places.unit_settling import Settled

_LONGEST_BASIS = 300


def plan_of(moves: Moves, settled: Settled) -> Plan | None:
    """Return the plan, None when the day changes nothing. Only for moves without errors."""
    tops = [target for target in moves.targets if RANKS[target.level] == 0]
    changes: list[Change] = []
    for target in sorted(moves.targets, key=lambda t: (RANKS[t.level], t.code)):
        new = settled.formed[target.code]
        if new.area_id in settled.revised:
            revise = _revised(target.moves[0].old, new, settled)
            changes += [revise] if revise else []
        else:
            changes.append(_formed(target, new, settled))
    for unit in (*(move.old for move in moves.ending), *settled.emptied):
        heir = settled.heir_of(unit, tops)
        changes.append(Abolish(unit.code, heir.code if heir else ""))
    if not changes:
        return None
    return Plan(ReorganisationKind.MIXED, moves.day, _basis(moves), tuple(changes))


def _formed(target: Target, new: Unit, settled: Settled) -> Form:
    sources = tuple(
        Source(move.old.code, WHOLE if move.share is None else move.share, basis=move.basis) for move in target.moves
    )
    return Form(NewUnit(new.name, new.code, str(new.level), _code_above(new, settled)), sources)


def _revised(old: Unit, new: Unit, settled: Settled) -> Revise | None:
    """Return what differs, None when nothing does."""
    is_moved = old.parent_id != new.parent_id
    revise = Revise(
        old.code,
        name=None if new.name == old.name else new.name,
        code=None if new.code == old.code else new.code,
        level=None if new.level is old.level else str(new.level),
        parent=_code_above(new, settled) if is_moved else None,
    )
    return None if revise == Revise(old.code) else revise


def _code_above(unit: Unit, settled: Settled) -> str:
    return settled.after.by_id[unit.parent_id].code if unit.parent_id else ""


def _basis(moves: Moves) -> str:
    """Return the legal bases of all rows; where they do not fit, the most frequent and how many others."""
    counted = Counter(target.legal_basis for target in moves.targets)
    counted.update(move.row["legal_basis"] for move in moves.ending)
    joined = "; ".join(counted)
    if len(joined) <= _LONGEST_BASIS:
        return joined
    first = counted.most_common(1)[0][0]
    others = f" và {len(counted) - 1} văn bản khác"
    return first[: _LONGEST_BASIS - len(others)] + others
