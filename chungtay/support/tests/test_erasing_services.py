"""When a household's data is erased, nothing of its people is left: not in cases, lists, the chain, the search index, the file."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.audit import selectors as audit
from chungtay.audit.models import ERASED
from chungtay.households.services import ask_erasure, erase
from chungtay.kernel.folding import fold
from chungtay.support import finding, services
from chungtay.support.models import Case, CaseStep, Comment, Handover, PackageLine
from chungtay.support.rules import State
from chungtay.support.tests.making import make_place

pytestmark = pytest.mark.django_db(transaction=True)
CANARIES = (
    "Kim Tước Vàng",
    "Hoàng Yến Xanh",
    "Chích Chòe Lửa",
    "Sơn Ca Trắng",
    "Họa Mi Đen",
    "Bồ Câu Xám",
    "Vành Khuyên Nâu",
)


@pytest.fixture
def place():
    finding._registry.clear()  # an index of the test before, whose rows had the same numbers
    made = make_place()
    household = made.households[0]
    household.head_name, household.words = CANARIES[0], fold(CANARIES[0])
    household.save()
    return made


@pytest.fixture
def case(place):
    """A house handed over, whose every free text names somebody, and a list with the household on it."""
    case = place.propose(
        title=f"Xây nhà cho bà {CANARIES[1]}", need=f"Bà {CANARIES[2]} neo đơn", proposed_by=CANARIES[3]
    )
    place.verify(case, found=f"Bà {CANARIES[4]} ở một mình", verified_by=CANARIES[4])
    given = {"now": place.tick(), "by": place.clerk}
    services.post(case=case, revision=place.fresh(case).revision, first=place.today, place="Khóm 2", **given)
    comment = services.record_comment(
        case=place.fresh(case), said_by=CANARIES[5], said_on=place.today, text=f"{CANARIES[5]} rất khó khăn", **given
    )
    services.answer_comment(comment=comment, text=f"Đúng, {CANARIES[5]}", **given)
    back = {"reason": f"Hỏi lại con bà {CANARIES[6]}", "now": place.tick(), "by": place.leader}
    services.send_back(case=case, revision=place.fresh(case).revision, **back)
    draft = services.LineDraft(CANARIES[0], "Khóm 2", 500_000, note=CANARIES[6], household=place.households[0])
    gifts = place.lead(place.list_of(draft, *place.drafts()[1:]), State.DELIVERED)
    assert finding.find_handovers([place.area.pk], {"q": CANARIES[0]}).count == 1
    return gifts, place.fresh(case)


def forget(place):
    household = place.households[0]
    ask_erasure(household=household, reason=f"Bà {CANARIES[0]} yêu cầu", now=place.tick(), by=place.clerk)
    return erase(household=household, now=place.tick(), by=place.leader)


def everything_kept():
    """Return every byte of the database: the file of SQLite, or each row of PostgreSQL."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows).encode()


def left():
    kept = everything_kept()
    marks = {form for name in CANARIES for form in (name, fold(name), name.upper())}
    return sorted(mark for mark in marks if mark.encode() in kept or json.dumps(mark)[1:-1].encode() in kept)


def test_no_canary_is_left_in_the_database(place, case):
    assert len(left()) >= len(CANARIES), "the test itself sees nothing"
    forget(place)
    assert left() == []


def test_what_was_decided_and_given_stays_and_the_chain_holds(place, case):
    gifts, house = case
    before = Handover.objects.values_list("id", "amount", "day", "household").order_by("id")
    held = list(before)
    forget(place)
    assert list(before) == held
    assert Case.objects.get(pk=house.pk).title == ERASED
    assert set(CaseStep.objects.filter(case=house).values_list("reason", flat=True)) == {ERASED}
    assert Comment.objects.get(case=house).text == ERASED
    assert Case.objects.get(pk=gifts.pk).title == gifts.title
    names = PackageLine.objects.filter(case=gifts).values_list("name", flat=True)
    assert sorted(names) == sorted([ERASED, "Lê Văn Chín", "Trần Văn Tám"])
    assert audit.verify() == []
    assert finding.find_handovers([place.area.pk], {"q": CANARIES[0]}).count == 0
    assert finding.find_handovers([place.area.pk], {}).count == 3


def test_erasing_is_all_that_the_database_lets_be_done(place, case):
    rows = CaseStep.objects.filter(case=case[1])
    for values in ("reason = 'khác'", "reason = ''", "act = 'cancel'", f"reason = '{ERASED}', state = 'cancelled'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE support_casestep SET {values}")
    assert rows.erase() == rows.count()


def test_pages_of_an_erased_case_open(place, case, client):
    forget(place)
    client.force_login(place.leader)
    for row in case:
        assert client.get(f"/ho-tro/{row.pk}/").status_code == 200
        assert client.get(f"/ho-tro/{row.pk}/nguon/").status_code == 200
