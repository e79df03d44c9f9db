"""An office's own chains: audited, never backwards, nobody overwrites another; what was told is not told again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.kernel.errors import DomainError
from chungtay.notices import registry, services
from chungtay.notices.chains import BadChain, Step, Version, Who, built_in
from chungtay.notices.models import ChainStep, ChainVersion, Notice
from chungtay.notices.selectors import Chains, versions_known
from chungtay.notices.tests.conftest import KIND
from tests.databases.at_once import at_once

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOW.date()
CODE = "test.late"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(pigeon, cast, monkeypatch):
    """A chain of which clerk, leader and officer are told, with usual steps."""
    from chungtay.notices import selectors

    whos = {Who.DOER: "Người nhập", Who.LEADER: "Lãnh đạo", Who.ABOVE: "Cấp trên"}
    monkeypatch.setattr(registry, "_chains", {CODE: registry.ChainKind(CODE, "Việc thử", whos)})
    steps = (Step(Who.DOER, -3), Step(Who.DOER, 1), Step(Who.LEADER, 3), Step(Who.ABOVE, 7))
    usual = Version(CODE, steps, TODAY - timedelta(999), "Mức thử")
    monkeypatch.setattr(selectors, "built_in", lambda: (usual,))
    return {Who.DOER: [cast.clerk], Who.LEADER: [cast.leader], Who.ABOVE: [cast.officer]}


def decide(cast, *steps, area=None, by=None, now=NOW, **more):
    said = {
        "valid_from": now.date(),
        "legal_basis": "Quyết định 5/QĐ",
        "reason": "họp giao ban",
        "seen": versions_known(CODE),
    }
    return services.set_chain(
        area=area or cast.city, chain=CODE, steps=steps, now=now, by=by or cast.admin, **(said | more)
    )


def run(cast, people, days, key="thing/1"):
    """Return who is told on a day that is so many days after the due day."""
    before = set(Notice.objects.values_list("pk", flat=True))
    one = registry.Due(
        KIND.code, key, "Việc trễ", "", "/", cast.communes[0].pk, CODE, days, lambda who: people.get(who, [])
    )
    registry.register_due("test", lambda now: [one])
    services.tell_due(now=NOW + timedelta(days=days + 3))
    return sorted(one.to.username for one in Notice.objects.exclude(pk__in=before))


def test_a_chain_is_told_step_by_step_and_once(cast, chain):
    found = {days: run(cast, chain, days) for days in (-4, -3, -1, 0, 1, 2, 3, 7, 8)}
    assert {days: who for days, who in found.items() if who} == {
        -3: ["clerk"], 1: ["clerk"], 3: ["leader"], 7: ["officer"]
    }  # fmt: skip


def test_a_change_from_a_date_is_followed_by_what_stands_below_and_tells_nothing_again(cast, chain):
    assert run(cast, chain, 3) == ["clerk", "leader"]
    decide(cast, Step(Who.DOER, 2), Step(Who.LEADER, 4), Step(Who.ABOVE, 5), now=NOW + timedelta(days=7))
    assert run(cast, chain, 4) == [], "the clerk and the leader have heard"
    assert run(cast, chain, 5) == ["officer"]
    assert run(cast, chain, 1, key="thing/2") == ["clerk"], "before the change takes hold"
    decide(cast, Step(Who.DOER, 1), area=cast.communes[0], now=NOW + timedelta(days=7))
    assert run(cast, chain, 9, key="thing/3") == ["clerk"], "the nearest place decides"


def test_only_an_administrator_decides_forwards_with_basis_and_reason_and_it_is_audited(cast, chain):
    with pytest.raises(NotAllowed):
        decide(cast, Step(Who.DOER, 1), by=cast.officer)
    for more, sentence in (
        ({"valid_from": TODAY - timedelta(1)}, "từ hôm nay"),
        ({"legal_basis": " "}, "căn cứ"),
        ({"reason": " "}, "lý do"),
        ({"seen": 9}, "Người khác vừa đổi"),
    ):
        with pytest.raises(BadChain, match=sentence):
            decide(cast, Step(Who.DOER, 1), **more)
    with pytest.raises(BadChain, match="không báo cho"):
        decide(cast, Step(Who.DOER, 1), Step(Who.ASKER, 1))
    decide(cast, Step(Who.DOER, 1), Step(Who.ABOVE, 2))
    event = AuditEvent.objects.get(code="notices.chain.set")
    assert event.data["steps"] == ["doer 1", "above 2"]
    assert event.data["reason"] == "họp giao ban"
    holds = Chains(TODAY).at(CODE, cast.communes[0].pk)
    assert holds.basis == "Quyết định 5/QĐ (chưa kiểm chứng)"
    assert Chains(TODAY).at(CODE, cast.other_city.pk).basis == "Mức thử (chưa kiểm chứng)"


def test_the_database_holds_what_a_chain_is(cast, chain):
    row = decide(cast, Step(Who.DOER, -3), Step(Who.DOER, 1))
    for who, days in ((Who.DOER, 5), (Who.DOER, -1), ("nobody", 1), (Who.ABOVE, 400), (Who.ABOVE, -31)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChainStep.objects.create(version=row, who=who, days=days)
    same = {"area": row.area, "chain": CODE, "valid_from": TODAY, "at": NOW, "by": cast.admin}
    for more in ({"number": 1, "legal_basis": "a", "reason": "b"}, {"number": 2, "legal_basis": "", "reason": "b"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChainVersion.objects.create(**same, **more)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_to_look_again(cast, chain):
    refused = []

    def one(_):
        try:
            decide(cast, Step(Who.DOER, 1), seen=0)
        except DomainError as error:
            refused.append(str(error))

    at_once(one, 2)
    assert ChainVersion.objects.count() == 1
    assert len(refused) == 1 and "tải lại trang" in refused[0]


def test_the_pages_show_the_chain_and_take_in_a_decision(cast, chain, client, monkeypatch):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: NOW)
    page = reverse("chain-detail", args=[CODE])
    client.force_login(cast.clerk)
    assert "trước hạn 3 ngày" in client.get(reverse("chain-list")).content.decode()
    assert "Đổi trình tự" not in client.get(page).content.decode()
    assert client.get(reverse("chain-detail", args=["khong-co"])).status_code == 404
    client.force_login(cast.admin)
    shown = client.get(page)
    assert "Đổi trình tự" in shown.content.decode()
    sent = {"area": str(cast.city.pk), "late_doer": "2", "late_leader": "", "late_above": "4", "near": ""}
    sent |= {"valid_from": "03/03/2025", "legal_basis": "QĐ 5", "reason": "họp", "seen": "0"}
    for wrong in (
        {"late_doer": ""},
        {"late_above": "1"},
        {"late_doer": "0"},
        {"valid_from": "02/03/2025"},
        {"seen": "1"},
    ):
        assert client.post(page, sent | wrong).status_code == 422
    assert client.post(page, sent).status_code == 302
    shown = client.get(page).content.decode()
    assert "trễ 4 ngày" in shown and "QĐ 5 (chưa kiểm chứng)" in shown and "Lý do: họp" in shown


def test_every_chain_of_a_room_has_usual_steps_and_every_usual_chain_its_room():
    assert {one.chain for one in built_in()} == {kind.code for kind in registry.chains()}
    for version in built_in():
        assert {step.who for step in version.steps} <= set(registry.chain_of(version.chain).whos)
