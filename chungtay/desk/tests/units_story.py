"""Two communes that built 10 and 11 houses in quarter III of 2022, told through the services; and how one walks the steps.

The administrator of the cast records that both are merged from 01/01/2023.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from chungtay.places import selectors as places
from chungtay.places import services
from chungtay.places.models import Reorganisation
from chungtay.places.plan_json import plan_from_json
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from tests.cast import Cast, make_cast

TODAY = date(2022, 12, 1)
NOW = datetime(2022, 12, 1, 9, 0, tzinfo=making.ZONE)
MERGED_ON = date(2023, 1, 1)
BASIS = "Nghị quyết 99/NQ-UBTVQH15"
NEW = {"moi-0-ten": "Phường Sen Hồng", "moi-0-ma": "29901", "moi-0-cap": "ward", "moi-0-tren": "866"}


@dataclass
class Tale:
    """What the tests look at: `ten` and `eleven` are the two codes that merge."""

    cast: Cast
    ten: str
    eleven: str


def tell() -> Tale:
    """Approve quarter III of the two communes: Phường 11 built 6 and repaired 4, Phường 1 built 7 and repaired 4."""
    cast = make_cast(3)
    form = making.make_form(cast, making.make_programme(cast))
    third = making.make_round(cast, form)
    for area, clerk, built in zip(cast.communes, (cast.clerk, cast.other_clerk), (6, 7), strict=False):
        of = making.return_at(third, area)
        making.send(of, clerk, cast.leader, {**making.WHOLE, "support.houses:new": Entry(value=built)})
        making.approve(of, cast.officer)
    return Tale(cast, "29863", "29866")


def merge_plan(**changes) -> dict:
    """Return the plan of the merge as JSON."""
    unit = {"code": "29901", "name": "Phường Sen Hồng", "level": "ward", "parent": "866"}
    sources = [{"unit": "29863", "share": "1"}, {"unit": "29866", "share": "1"}]
    plan = {"kind": "merge", "effective_on": MERGED_ON.isoformat(), "legal_basis": BASIS, "note": ""}
    return plan | {"changes": [{"do": "form", "unit": unit, "from": sources}]} | changes


def merged(cast: Cast, plan: dict | None = None) -> Reorganisation:
    """Record the merge without the screens."""
    return services.reorganise(plan=plan_from_json(plan or merge_plan()), now=NOW, by=cast.admin)


def area(code: str, day: date):
    """Return the id of the unit that bears a code on a day."""
    return places.area_by_ref(f"{code}@{day.isoformat()}").id


class Walk:
    """Somebody at the steps: each method is what one does there and returns the answer."""

    def __init__(self, client, user) -> None:
        client.force_login(user)
        self.client, self.token = client, ""

    def begin(self, kind="merge", day="01/01/2023", basis=BASIS, correcting=None):
        query = f"?dinh-chinh={correcting}" if correcting else ""
        said = {"kind": kind, "effective_on": day, "legal_basis": basis, "note": ""}
        answer = self.client.post(reverse("reorganise-start") + query, said)
        if answer.status_code == 302:
            self.token = answer.url.split("/")[-3]
        return answer

    def url(self, step: str) -> str:
        return reverse(f"reorganise-{step}", args=[self.token])

    def pick(self, *codes):
        for code in codes:
            self.client.post(self.url("units"), {"them": code})
        return self.client.post(self.url("units"), {"tiep": "1"})

    def tell(self, data, **more):
        return self.client.post(self.url("result"), {"so-moi": "1", "tiep": "1"} | data | more)

    def look(self):
        return self.client.get(self.url("preview"))

    def record(self, seal=None, agreed="1"):
        seal = self.look().context["seal"] if seal is None else seal
        return self.client.post(self.url("preview"), {"da-xem": seal, "dong-y": agreed})

    def to_the_preview(self, *codes, **begin):
        self.begin(**begin)
        self.pick(*codes)
        self.tell(NEW)
        return self.look()
