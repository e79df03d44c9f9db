"""Random plans over any map, sound and unsound alike: few codes, so that they clash, and few units, so that they meet."""

from datetime import date

from hypothesis import strategies as st

from chungtay.places.plans import Abolish, Create, Form, NewUnit, Plan, Revise, Source
from chungtay.places.rules import ReorganisationKind

CODES = tuple(str(number) for number in range(1, 13))
LEVELS = ("province", "district", "commune", "ward")
SHARES = (1_000_000, 1_000_000, 1_000_000, 600_000, 400_000, 333_333, 666_667, 500_000)


def new_units(codes):
    return st.builds(
        NewUnit,
        name=st.sampled_from(("Xã A", "Xã B", "Phường C", "")),
        code=st.sampled_from(("", *codes)),
        level=st.sampled_from((*LEVELS, "hamlet")),
        parent=st.sampled_from(("", *codes)),
    )


def sources(codes):
    back = st.sampled_from((None, None, 1_000_000, 500_000))
    return st.builds(Source, unit=st.sampled_from(codes), share_ppm=st.sampled_from(SHARES), back_share_ppm=back)


def changes(codes):
    """Any change; most refer to units by codes that may be on the map."""
    maybe = st.none() | st.sampled_from(codes)
    return st.one_of(
        st.builds(Form, new_units(codes), st.lists(sources(codes), min_size=0, max_size=3).map(tuple)),
        st.builds(Create, new_units(codes)),
        st.builds(
            Revise,
            unit=st.sampled_from(codes),
            name=st.none() | st.just("Xã Mới Tên"),
            code=maybe,
            level=st.none() | st.sampled_from(LEVELS),
            parent=maybe,
        ),
        st.builds(Abolish, st.sampled_from(codes), st.sampled_from(("", *codes))),
    )


def plans(days, codes=CODES):
    """A plan of up to four changes on one of the days."""
    return st.builds(
        Plan,
        kind=st.just(ReorganisationKind.MIXED),
        effective_on=st.sampled_from(days),
        legal_basis=st.just("NQ"),
        changes=st.lists(changes(codes), min_size=1, max_size=4).map(tuple),
    )


def sound_changes(draw, tree):
    """Draw one change that should be accepted on a map: merge or divide leaves that share a parent, rename, move, end."""
    leaves = [node for node in tree if not tree.children(node.area_id) and node.code]
    free = [code for code in CODES if code not in {node.code for node in tree}]
    one = draw(st.sampled_from(leaves))
    parent = next((node.code for node in tree if node.area_id == one.parent_id), "")
    kind = draw(st.sampled_from(("merge", "split", "rename", "move", "abolish")))
    if kind == "merge":
        others = [node for node in leaves if node.parent_id == one.parent_id]
        chosen = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
        return (Form(NewUnit("Xã Nhập", chosen[0].code, one.level, parent), tuple(Source(n.code) for n in chosen)),)
    if kind == "split" and free:
        share = draw(st.integers(min_value=1, max_value=999_999))
        halves = ((one.code, share), (free[0], 1_000_000 - share))
        return tuple(
            Form(NewUnit(f"Xã {code}", code, one.level, parent), (Source(one.code, part),)) for code, part in halves
        )
    if kind == "move":
        above = draw(st.sampled_from([node for node in tree if node.code and node.code != one.code]))
        return (Revise(one.code, name=f"{one.name}+", parent=above.code),)
    if kind == "abolish" and len(leaves) > 1:
        return (Abolish(one.code),)
    return (Revise(one.code, name=f"{one.name}*"),)


def day(number):
    return date(2021, 1, 1 + number)
