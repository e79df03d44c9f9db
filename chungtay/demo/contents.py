"""What the cases of the story say: invented circumstances, and shares of cost that add up to the đồng."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from chungtay.demo.homes import Home, hamlet, person_of, told
from chungtay.demo.story import Unit
from chungtay.households.models import Household
from chungtay.households.rules import Kind
from chungtay.kernel.periods import Period
from chungtay.support.rules import Share, Source, labour
from chungtay.support.services import Content, LineDraft, Proposal

HOUSES = {"great_unity": "nhà đại đoàn kết", "kindness": "nhà nhân ái", "charity": "nhà tình thương"}
WORKS = {"new": "Xây mới", "repair": "Sửa chữa"}
LISTS = {"scholarship": "Học bổng học sinh vượt khó", "medical": "Khám, cấp thuốc miễn phí", "gift": "Quà"}
MILLION = 1_000_000


def house(home: Home, row: Household, work: str, paid: int, day: date, dice: random.Random) -> Proposal:
    """Return a house for a household; `paid` đồng of it by the fund, 0 when others bear it."""
    sponsored = paid == 0
    kind = (
        "charity"
        if home.kind is Kind.POLICY
        else dice.choice(("kindness", "great_unity") if sponsored else ("great_unity",))
    )
    gift = dice.randrange(40, 61) if work == "new" else dice.randrange(18, 29)
    shares = [Share(Source.FUND, paid)] if paid else [Share(Source.SPONSOR, gift * MILLION, _sponsor(dice))]
    if paid and dice.random() < 0.4:
        shares.append(Share(Source.SPONSOR, dice.randrange(5, 16) * MILLION, _sponsor(dice)))
    if dice.random() < 0.7:
        shares.append(Share(Source.FAMILY, dice.randrange(3, 21) * MILLION))
    rate = told()["labour_rate"]
    shares.append(labour(dice.randrange(8, 31), rate, "Bà con trong khóm, ấp"))
    details = {
        "work": work,
        "house_kind": kind,
        "area_m2": dice.randrange(32, 61) if work == "new" else dice.randrange(24, 49),
        "standard": "yes" if work == "new" else "no",
        "starts_on": (day + timedelta(days=14)).isoformat(),
    }
    title = f"{WORKS[work]} {HOUSES[kind]}"
    need = dice.choice(told()["circumstances"])
    return Proposal(_content("house", title, home, day, shares, details, need, row, dice))


def bridge(unit: Unit, day: date, dice: random.Random) -> Proposal:
    """Return a rural bridge; sponsors, the State and the people bear it."""
    name, work = dice.choice(told()["bridges"]), dice.choice(("new", "new", "repair"))
    place = hamlet(unit, dice.randrange(5))
    shares = [
        Share(Source.SPONSOR, dice.randrange(90, 260) * MILLION, _sponsor(dice)),
        Share(Source.STATE, dice.randrange(30, 120) * MILLION),
        labour(dice.randrange(60, 240), told()["labour_rate"], "Bà con hai đầu cầu"),
    ]
    details = {
        "work": work,
        "works": "bridge",
        "place": f"{place}, {unit.name[0].lower()}{unit.name[1:]}",
        "length_m": dice.randrange(12, 41),
        "beneficiaries": dice.randrange(60, 400),
    }
    content = Content(
        kind="bridge",
        title=f"{WORKS[work]} {name}",
        hamlet=place,
        need="Cầu cũ đã hư, học sinh và xe hàng qua lại khó khăn (minh họa)",
        proposed_by=f"Ban công tác Mặt trận {place}",
        proposed_on=day,
        total=sum(share.amount for share in shares),
        shares=shares,
        details=details,
    )
    return Proposal(content)


def livelihood(
    home: Home, row: Household, quantity: int, value: int, paid: int, day: date, dice: random.Random
) -> Proposal:
    """Return production support for a household: so many packages of a value, `paid` đồng of all by the fund."""
    total = quantity * value
    means = dice.choice(told()["means"])
    need = "Có sức lao động, thiếu vốn làm ăn (minh họa)"
    content = _content(
        "production",
        "Hỗ trợ sản xuất, sinh kế",
        home,
        day,
        _between(paid, total, dice),
        {"means": means},
        need,
        row,
        dice,
    )
    return Proposal(content, [LineDraft(home.personal.head_name, home.personal.hamlet, value, quantity, means, row)])


def gift_list(
    kind: str, period: Period, turns: Sequence[tuple[Home, Household, int]], paid: int, day: date, dice: random.Random
) -> Proposal:
    """Return a list of packages, one line for each household's turn; `paid` đồng of it by the fund."""
    lines = [
        LineDraft(_receiver(kind, home, dice), home.personal.hamlet, value, 1, "", row) for home, row, value in turns
    ]
    total = sum(value for *_, value in turns)
    occasion = told()["occasions"].get(period.code[4:], f"Đợt {period.short()}")
    school = period.start.year - (1 if period.start.month < 7 else 0)
    details = {
        "scholarship": {"school_year": f"{school}–{school + 1}"},
        "medical": {"organiser": "Trạm y tế và đoàn bác sĩ thiện nguyện (minh họa)"},
        "gift": {"occasion": occasion, "content": "Gạo, dầu ăn, nhu yếu phẩm và tiền mặt"},
    }[kind]
    content = Content(
        kind=kind,
        title=f"{LISTS[kind]}, {occasion if kind == 'gift' else period.short()}",
        hamlet="",
        need="Theo danh sách rà soát của các khóm, ấp (minh họa)",
        proposed_by="Ban công tác Mặt trận các khóm, ấp",
        proposed_on=day,
        total=total,
        shares=_between(min(paid, total), total, dice),
        details=details,
    )
    return Proposal(content, lines)


def _content(
    kind: str,
    title: str,
    home: Home,
    day: date,
    shares: Sequence[Share],
    details: dict[str, object],
    need: str,
    row: Household,
    dice: random.Random,
) -> Content:
    return Content(
        kind=kind,
        title=title,
        hamlet=home.personal.hamlet,
        need=need,
        proposed_by=f"Ban công tác Mặt trận {home.personal.hamlet}",
        proposed_on=day,
        total=sum(share.amount for share in shares),
        shares=shares,
        details=details,
        household=row,
        needed_since=day - timedelta(days=dice.randrange(90, 700)),
    )


def _between(paid: int, total: int, dice: random.Random) -> list[Share]:
    shares = [Share(Source.FUND, paid)] if paid else []
    return shares + ([Share(Source.SPONSOR, total - paid, _sponsor(dice))] if total > paid else [])


def _receiver(kind: str, home: Home, dice: random.Random) -> str:
    """A scholarship goes to a child of the house, whose family name it bears."""
    head = home.personal.head_name
    return person_of(dice, head.split()[0]) if kind == "scholarship" else head


def _sponsor(dice: random.Random) -> str:
    name: str = dice.choice(told()["sponsors"])
    return name
