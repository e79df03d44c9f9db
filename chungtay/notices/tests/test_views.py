"""Pages of the inbox, of what to hear how and of what was sent, as people and administrators use them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from chungtay.notices import services
from chungtay.notices.models import Delivery, Notice, PersonSetting, Preference
from chungtay.notices.rules import Pace, State
from chungtay.notices.tests.conftest import KIND

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def at(people, client, monkeypatch):
    """The clerk's browser, on a Monday morning, with two notices waiting."""
    monkeypatch.setattr("chungtay.web.clock.now", lambda: NOW)
    for key, subject in (("a", "Báo cáo quý I bị trả lại"), ("b", "Quỹ đã khóa sổ tháng 02")):
        services.tell(kind=KIND.code, to=people, key=key, subject=subject, url="/tro-giup/", now=NOW, by=None)
    client.force_login(people[0])
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bell_counts_what_is_unread_and_opening_reads_it(at, people):
    assert "<b>2<span" in page(at, "help")
    assert "Báo cáo quý I bị trả lại" in page(at, "notice-inbox", q="bao cao quy")
    assert "Không có thông báo nào như vậy" in page(at, "notice-inbox", q="khong co")
    one = Notice.objects.get(to=people[0], key="a")
    assert at.post(reverse("notice-open", args=[one.pk])).headers["Location"] == "/tro-giup/"
    assert "<b>1<span" in page(at, "help")
    assert "Báo cáo quý I" not in page(at, "notice-inbox", chua_doc="on")
    at.post(reverse("notice-read-all"))
    assert "<b>" not in page(at, "help").partition("</header>")[0]
    assert Notice.objects.filter(to=people[1], read_at=None).count() == 2, "another's stay unread"


def test_a_notice_never_leads_out_of_the_house(at, people):
    Notice.objects.filter(key="a").update(url="https://example.org/")
    one = Notice.objects.get(to=people[0], key="a")
    assert at.post(reverse("notice-open", args=[one.pk])).headers["Location"] == reverse("notice-inbox")


def test_a_person_chooses_where_when_and_how_soon(at, people):
    sent = {"email": "thao@example.org", "quiet_from": "20:00", "quiet_to": "07:00"}
    sent |= {f"kind-{KIND.code}": "none", "kind-test.daily": "daily"}
    assert at.post(reverse("notice-choices"), sent | {"email": "khong phai thu"}).status_code == 422
    assert at.post(reverse("notice-choices"), sent).status_code == 302
    said = PersonSetting.objects.get(user=people[0])
    assert (said.email, said.quiet_from.hour, said.quiet_to.hour) == ("thao@example.org", 20, 7)
    assert list(Preference.objects.values_list("kind", "pace")) == [(KIND.code, Pace.NONE)], "the usual is not kept"
    assert "thao@example.org" in page(at, "notice-choices")


def test_an_administrator_sees_what_did_not_arrive_and_sends_it_again(at, cast, people):
    Delivery.objects.filter(to=people[0], key="a").update(state=State.UNCERTAIN)
    at.force_login(cast.admin)
    shown = page(at, "delivery-list", trang_thai="uncertain")
    assert "Không rõ đã gửi chưa" in shown
    row = Delivery.objects.get(state=State.UNCERTAIN)
    url = reverse("delivery-detail", args=[row.pk])
    assert "Gửi lại thư này" in at.get(url).content.decode()
    assert at.post(url, {"reason": ""}).status_code == 422
    assert at.post(url, {"reason": "người nhận chưa thấy"}).status_code == 302
    assert "người nhận chưa thấy" in at.get(url).content.decode()
    assert Delivery.objects.get(pk=row.pk).state == State.QUEUED


def test_a_digest_says_what_waits_and_what_is_new_once_a_day(people, pigeon, monkeypatch):
    from chungtay.web import waiting

    waits = waiting.Waiting("Ký biểu B01 của xã Hòa An", "Hạn hôm nay.", "/bao-cao/1/ky/", NOW.date())
    monkeypatch.setattr(waiting, "_finders", {"test": lambda asked: [waits] if asked.user == people[0] else []})
    services.tell(kind="test.daily", to=people, key="c", subject="Kế hoạch tuần đổi", url="/", now=NOW, by=None)
    assert services.write_digests(now=NOW) == 2
    assert services.write_digests(now=NOW) == 0
    mine = Delivery.objects.get(to=people[0], key__startswith="digest/")
    assert "1 việc chờ, 1 thông báo mới" in mine.subject
    assert "Ký biểu B01 của xã Hòa An (hạn 03/03/2025)" in mine.body
    assert "Kế hoạch tuần đổi" in mine.body
