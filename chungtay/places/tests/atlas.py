"""Cao Lãnh through 01/01/2025 and 01/07/2025, as plans over the named cast (illustrative shares)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from chungtay.places.plan_json import plan_from_json

JAN, JULY = date(2025, 1, 1), date(2025, 7, 1)
LATER = datetime(2025, 7, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def plan(*changes, on=JULY, basis="NQ 1663/NQ-UBTVQH15", **given):
    """Return a plan of changes written as JSON."""
    said = {"kind": "mixed", "effective_on": on.isoformat(), "legal_basis": basis, "changes": list(changes)}
    return plan_from_json(said | given)


def form(code, name, *sources, parent="866", level="ward"):
    """A unit formed from units, given as codes (the whole) or (code, share)."""
    parts = [{"unit": one} if isinstance(one, str) else {"unit": one[0], "share": one[1]} for one in sources]
    return {"do": "form", "unit": {"code": code, "name": name, "level": level, "parent": parent}, "from": parts}


def january():
    """Phường 2 into Phường 1."""
    return plan(form("29866", "Phường 1", "29866", "29869"), on=JAN, basis="NQ 1284/NQ-UBTVQH15", kind="merge")


def july(code="29869"):
    """A new province of the old one, no city level, one ward of Phường 1 and Phường 11 (needs `january`)."""
    return plan(
        form("82", "Tỉnh Đồng Tháp", "87", parent="", level="province"),
        form(code, "Phường Cao Lãnh", "29866", "29863", parent="82"),
        {"do": "abolish", "unit": "866", "heir": "82"},
        {"do": "revise", "unit": "867", "parent": "82"},
    )
