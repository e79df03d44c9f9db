"""Who issues a fund's papers and where: the body and the fund by name, the place by its way up to the province."""

from datetime import date

from chungtay.funds.models import Fund
from chungtay.places import selectors as places


def issuer_of(fund: Fund) -> tuple[str, ...]:
    """Return the lines that head a fund's paper: the body, then the fund."""
    return fund.body.name, fund.name


def town_of(fund: Fund, day: date) -> str:
    """Return the place of a fund on a day with the places above it: "Phường 1, Thành phố Cao Lãnh, Tỉnh Đồng Tháp"."""
    tree = places.tree_on(day)
    area_id = fund.body.area_id
    if area_id not in tree:
        return places.name_on(area_id, day)
    return ", ".join(node.name for node in reversed(tree.path(area_id)))


def place_of(fund: Fund, day: date) -> str:
    """Return the name that stands before the day of a paper: a place with a number keeps its kind ("Phường 1")."""
    name = places.name_on(fund.body.area_id, day)
    for kind in ("Thành phố ", "Tỉnh ", "Huyện ", "Thị xã ", "Phường ", "Xã ", "Thị trấn "):
        if name.startswith(kind) and not name.removeprefix(kind)[:1].isdigit():
            return name.removeprefix(kind)
    return name
