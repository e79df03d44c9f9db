"""A lower level's plan is made from the programme: adapted words and targets, days inside, and linked ever after."""

from datetime import date

import pytest
from django.urls import reverse

from chungtay.access.rules import Role
from chungtay.access.selectors import NotAllowed
from chungtay.indicators import services as dictionary
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition
from chungtay.places.rules import BodyKind
from chungtay.programmes import services
from chungtay.programmes.link_rules import Way
from chungtay.programmes.models import Programme, Proposal, Target
from chungtay.programmes.planning import Adapted, BadPlan, may_still_plan
from chungtay.programmes.tests.linked import make_linked


@pytest.fixture
def made(db):
    """The linked programme, with a third commune that has no plan, and a target of the whole."""
    linked = make_linked(communes=3)
    (houses,) = dictionary.define_indicators(
        [Definition("HOUSES", "Nhà đại đoàn kết", "căn", "Thử.", Kind.FLOW)], now=linked.tick(), by=None
    )
    services.set_target(
        programme=linked.programme, indicator=houses, area=linked.cast.city, period_code="2023", value=120,
        basis="CTPH", now=linked.tick(), by=None,
    )  # fmt: skip
    return linked


def said(linked, **more):
    area = linked.cast.communes[2]
    given = {
        "number": "07/KH",
        "kind": "Kế hoạch",
        "title": "Thực hiện tại xã",
        "signed_on": date(2022, 2, 1),
        "starts_on": date(2022, 2, 1),
        "ends_on": date(2024, 6, 30),
        "parties": [linked.cast.body(area), linked.cast.body(area, BodyKind.MTTQ)],
    }
    return Adapted(**given | more)


def make(linked, **more):
    by = more.pop("by", linked.cast.officer)
    area = more.pop("area", linked.cast.communes[2])
    return services.make_plan(parent=linked.programme, area=area, said=said(linked, **more), now=linked.tick(), by=by)


def test_a_plan_takes_over_adapts_and_leaves_out(made):
    target = Target.objects.get()
    plan = make(made, words={1: "Giảm nghèo cho vùng bãi bồi", 2: ""}, values={target.pk: 9})
    assert plan.parent == made.programme
    assert list(plan.areas_of_work.values_list("number", "title")) == [(1, "Giảm nghèo cho vùng bãi bồi")]
    own = Target.objects.get(programme=plan)
    assert (own.area_id, own.value, own.comparison) == (plan.area_id, 9, target.comparison)
    assert [party.body.area_id for party in plan.parties.order_by("position")] == [plan.area_id, plan.area_id]


def test_a_change_above_comes_before_it_beside_its_own_words(made):
    plan = make(made, words={1: "Giảm nghèo cho vùng bãi bồi"})
    services.reword(
        area_of_work=made.first_area, title="Giảm nghèo đa chiều", basis="Sửa đổi 01", seen=1, now=made.tick(), by=made.cast.officer
    )  # fmt: skip
    proposal = Proposal.objects.get(plan=plan)
    assert (proposal.held, proposal.change.after) == ("Giảm nghèo cho vùng bãi bồi", "Giảm nghèo đa chiều")
    person = made.cast.person("xa3", "Lại Thị Ba", "Cán bộ", (Role.CLERK, plan.area))
    leader = made.cast.person("xa3.leader", "Kiều Văn Tư", "Chủ tịch", (Role.LEADER, plan.area))
    services.draft_answer(proposal=proposal, way=Way.TAKE, seen=0, now=made.tick(), by=person)
    services.decide(proposal=proposal, holds=True, seen=1, now=made.tick(), by=leader)
    assert plan.areas_of_work.get(number=1).title == "Giảm nghèo đa chiều"


def test_one_plan_for_each_place_directly_below(made):
    assert may_still_plan(made.programme, made.now.date()) == [made.cast.communes[2].pk]
    make(made)
    assert may_still_plan(made.programme, made.now.date()) == []
    with pytest.raises(BadPlan, match="đã có kế hoạch"):
        make(made)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": date(2025, 1, 1)}, "nằm trong chương trình"),
        ({"starts_on": date(2019, 1, 1)}, "nằm trong chương trình"),
        ({"signed_on": date(2019, 1, 1)}, "ký trước"),
        ({"signed_on": date(2030, 1, 1)}, "chưa tới"),
        ({"number": " "}, "đủ loại văn bản"),
        ({"parties": []}, "ít nhất một cơ quan"),
        ({"words": {1: "", 2: " "}}, "chưa nhận nội dung nào"),
    ],
)
def test_what_does_not_go_with_the_programme_is_said(made, wrong, sentence):
    with pytest.raises(BadPlan, match=sentence):
        make(made, **wrong)
    assert Programme.objects.count() == 3


def test_a_commune_does_not_plan_for_another(made):
    with pytest.raises(NotAllowed):
        make(made, by=made.cast.clerk)


def test_the_screen_offers_the_place_and_takes_the_plan(made, client):
    client.force_login(made.cast.officer)
    url = reverse("plan-create", args=[made.programme.code])
    area = made.cast.communes[2]
    assert str(area.pk) in client.get(url).content.decode()
    page = client.get(f"{url}?don_vi={area.pk}")
    assert "Giảm nghèo bền vững" in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"number": "07/KH", "starts_on": "01/02/2022"}
    sent |= {name: f"{form[name].value():%d/%m/%Y}" for name in ("signed_on", "ends_on")}
    sent |= {"signed_on": "01/02/2022", f"t{Target.objects.get().pk}": "9"}
    answer = client.post(f"{url}?don_vi={area.pk}", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    plan = Programme.objects.get(area=area, parent=made.programme)
    assert Target.objects.get(programme=plan).value == 9
    refused = client.post(f"{url}?don_vi={area.pk}", sent | {"number": ""})
    assert refused.status_code == 422
