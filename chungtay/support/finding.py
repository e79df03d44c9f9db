"""Search among everything that was ever handed over: one index per process, brought up to the newest row before every answer.

What the index calls a purpose is the place and the kind here: `number of the place × KINDS_ROOM + number of the kind`. Places are numbered
in the order in which they first gave something, which never changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import rmtree
from threading import Lock
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Min

from chungtay.support.kinds import kinds
from chungtay.support.models import Handover, HandoverHead
from chungtay.textsearch import saving
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.query import Answer, Order, Query
from chungtay.web.forms import DateField, Form, WholeNumberField

PAGE = 50
KINDS_ROOM = 16
BETWEEN_SAVES = 50_000
ORDERS: Mapping[str, tuple[Order, bool]] = {
    "moi": (Order.DAY, True),
    "cu": (Order.DAY, False),
    "lon": (Order.AMOUNT, True),
}


class Asked(Form):
    """What the list of handings over is narrowed to."""

    q = forms.CharField(label="Tìm tên, khóm, số hồ sơ", max_length=100, required=False)
    loai = forms.ChoiceField(label="Loại", required=False)
    don_vi = forms.ChoiceField(label="Đơn vị", required=False)
    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến hết ngày", required=False)
    it_nhat = WholeNumberField(label="Giá trị từ (đồng)", required=False)
    xep = forms.ChoiceField(
        label="Xếp theo",
        required=False,
        choices=[("", "Mới trao trước"), ("cu", "Trao lâu trước"), ("lon", "Giá trị lớn trước")],
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "loai": [("", "Mọi loại"), *((kind.code, kind.name) for kind in kinds().values() if kind.has_lines)],
            "don_vi": [("", "Mọi đơn vị"), *units],
        }
        for name, choices in offered.items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices


@dataclass(frozen=True)
class Found:
    """How many handings over there are, what they add up to (integer đồng), and one page of them in order."""

    count: int
    total: int
    rows: tuple[Handover, ...]
    number: int

    def page(self) -> "Page[int]":
        """Return the page as the pager of the kit draws it."""
        return Paginator(range(self.count), PAGE).get_page(self.number)


def find_handovers(areas: Iterable[UUID], asked: Mapping[str, Any], *, page: int = 1, length: int = PAGE) -> Found:
    """Return what was handed over at some places and fits what was asked (Asked's cleaned data); `length` rows of it."""
    held = _shared()
    order, descending = ORDERS[asked.get("xep") or "moi"]
    wanted = {UUID(asked["don_vi"])} & set(areas) if asked.get("don_vi") else set(areas)
    codes = held.codes(wanted, asked.get("loai") or "")
    if not codes:
        return Found(0, 0, (), 1)
    days = {name: asked[key].toordinal() for name, key in (("day_from", "tu"), ("day_to", "den")) if asked.get(key)}
    query = Query(
        tuple((asked.get("q") or "").split()),
        amount_from=asked.get("it_nhat"),
        purposes=codes,
        order=order,
        descending=descending,
        offset=(page - 1) * length,
        limit=length,
        **days,
    )
    answer: Answer = held.index.search(query)
    rows = Handover.objects.select_related("case").in_bulk(list(answer.ids))
    return Found(answer.count, answer.total, tuple(rows[pk] for pk in answer.ids), page)


def words_of(name: str, hamlet: str, label: str) -> str:
    """Return what of a handing over is searched."""
    return f"{name} {hamlet} {label}"


class _Held:
    """The index of one database in this process, and the numbers of its places."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index = TextIndex()
        self.places: dict[UUID, int] = {}
        self.saved = -1
        self.erasures = 0

    def brought_up(self) -> "_Held":
        """Append what is newer; a database that went back in time, or forgot names, gets a new index."""
        last, erasures = HandoverHead.objects.values_list("last", "erasures").first() or (0, 0)
        with self.lock:
            if self.saved < 0 or (self.index.upto or 0) > last or erasures != self.erasures:
                fresh = self.saved < 0 or erasures != self.erasures
                self.erasures = erasures
                self.index = (saving.load(_folder(), _identity()) if fresh else None) or TextIndex()
                self.saved, self.places = self.index.upto or 0, {}
                if self.saved:
                    firsts = Handover.objects.filter(pk__lte=self.saved).values_list("area_id")
                    ordered = firsts.annotate(first=Min("id")).order_by("first")
                    self.places = {area: number for number, (area, _) in enumerate(ordered)}
            if (self.index.upto or 0) < last:
                self.index.append(self._rows(self.index.upto or 0))
            if last - self.saved >= BETWEEN_SAVES:
                saving.save(_folder(), self.index, _identity())
                self.saved = last
        return self

    def codes(self, areas: Iterable[UUID], kind: str) -> frozenset[int]:
        """Return the purposes of some places, of one kind or of all."""
        numbers = [at for at, code in enumerate(kinds()) if kind in ("", code)]
        known = [self.places[area] for area in areas if area in self.places]
        return frozenset(place * KINDS_ROOM + number for place in known for number in numbers)

    def _rows(self, after: int) -> Iterator[Row]:
        numbers = {code: at for at, code in enumerate(kinds())}
        columns = ("id", "name", "hamlet", "amount", "day", "area_id", "kind", "case__year", "case__number")
        rows = Handover.objects.filter(pk__gt=after).order_by("pk").values_list(*columns)
        for pk, name, hamlet, amount, day, area, kind, year, number in rows.iterator(chunk_size=20_000):
            place = self.places.setdefault(area, len(self.places))
            label = f"HT-{year}-{number:05d}"
            yield pk, words_of(name, hamlet, label), amount, _ordinal(day), place * KINDS_ROOM + numbers[kind]


def _ordinal(day: date) -> int:
    return day.toordinal()


def _shared() -> _Held:
    with _registry_lock:
        held = _registry.setdefault(str(connection.settings_dict["NAME"]), _Held())
    return held.brought_up()


def _identity() -> str:
    """Name the database and what its index holds: its first row, the kinds in their order, how often names were erased."""
    first = Handover.objects.order_by("pk").values_list("case_id", "at").first()
    erasures = HandoverHead.objects.values_list("erasures", flat=True).first() or 0
    return f"support {','.join(kinds())} {first[0]} {first[1].isoformat()} {erasures}" if first else ""


def forget() -> None:
    """Remove the index from the disk: names that were erased may stand in it."""
    rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "search-support"


_registry: dict[str, _Held] = {}
_registry_lock = Lock()
