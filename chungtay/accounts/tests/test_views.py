"""Sign-in, sign-out and the profile through HTTP."""

import pytest
from django.urls import reverse

from chungtay.accounts import demo_hint
from chungtay.accounts.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN, PROFILE = "/dang-nhap/", "/tai-khoan/"


def post(client, username="officer", password=PASSWORD, **given):
    return client.post(SIGN_IN, {"username": username, "password": password} | given)


def test_the_sign_in_page_has_a_label_for_each_field_and_no_placeholder(client):
    page = client.get(SIGN_IN).content.decode()
    assert '<label class="field__label" for="id_username">Tên đăng nhập' in page
    assert '<label class="field__label" for="id_password">Mật khẩu' in page
    assert "placeholder" not in page
    assert 'autocomplete="current-password"' in page


def test_signing_in_leads_to_the_first_page_and_changes_the_session(client, cast):
    client.get(SIGN_IN)
    before = client.session.session_key
    answer = post(client)
    assert (answer.status_code, answer.url) == (302, reverse("desk-home"))
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(cast.officer.pk)


def test_a_wrong_password_is_said_above_the_form_and_the_name_is_kept(client, cast):
    answer = post(client, password="sai")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert 'value="officer"' in page
    assert 'value="sai"' not in page


def test_the_page_says_the_same_for_a_person_who_does_not_exist(client, cast):
    pages = [post(client, username, "sai").content.decode() for username in ("officer", "someone")]
    known, unknown = (_without_tokens(page.replace("officer", "someone")) for page in pages)
    assert known == unknown


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_empty_fields_are_named(client):
    page = post(client, "", "").content.decode()
    assert "Chưa ghi được: còn 2 ô cần sửa." in page


@pytest.mark.parametrize("wanted", ["/tai-khoan/", "/bao-cao/?ky=2022"])
def test_the_way_on_is_kept_through_a_failure(client, cast, wanted):
    page = client.get(SIGN_IN, {"next": wanted}).content.decode()
    assert f'name="next" value="{wanted}"' in page
    assert f'name="next" value="{wanted}"' in post(client, password="sai", next=wanted).content.decode()
    assert post(client, next=wanted).url == wanted


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "http:///example.org"]
)
def test_the_way_on_never_leaves_the_site(client, cast, wanted):
    assert post(client, next=wanted).url == reverse("desk-home")
    assert client.get(SIGN_IN, {"next": wanted}).url == reverse("desk-home")  # signed in already


def test_the_sixth_try_is_told_to_wait(client, cast):
    for _ in range(5):
        post(client, password="sai")
    assert "Hãy đợi 15 phút" in post(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_in_needs_the_token_of_the_page(cast):
    from django.test import Client

    assert post(Client(enforce_csrf_checks=True)).status_code == 403


def test_signing_out_ends_the_session_and_only_by_post(client, cast):
    client.force_login(cast.officer)
    assert client.get("/dang-xuat/").status_code == 405
    answer = client.post("/dang-xuat/", follow=True)
    assert "_auth_user_id" not in client.session
    assert "Bạn đã đăng xuất." in answer.content.decode()


def test_demo_accounts_are_shown_only_when_a_provider_names_some(client, monkeypatch):
    monkeypatch.setattr(demo_hint, "_providers", [])
    assert "Dùng thử" not in client.get(SIGN_IN).content.decode()
    demo_hint.register(tuple)
    assert "Dùng thử" not in client.get(SIGN_IN).content.decode()
    lan = demo_hint.DemoAccount("lan", "sen-hong-2020", "Nguyễn Thị Lan, chuyên viên thành phố")
    demo_hint.register(lambda: [lan])
    page = client.get(SIGN_IN).content.decode()
    assert "Dùng thử" in page
    assert "Nguyễn Thị Lan, chuyên viên thành phố" in page


def test_the_profile_is_for_people_who_are_signed_in(client):
    assert client.get(PROFILE).url == f"{SIGN_IN}?next={PROFILE}"


def test_the_profile_shows_ones_own_roles_and_the_masthead_ones_place(client, cast):
    client.force_login(cast.leader)
    page = client.get(PROFILE).content.decode()
    assert "Phạm Văn Dũng, Chủ tịch" in page
    assert page.count("lãnh đạo đơn vị") == 2
    assert '<span class="brand__place">Phường 11</span>' in page


def test_somebody_without_a_role_is_told_whom_to_ask(client, cast):
    client.force_login(cast.person("newcomer", "Tạ Văn Mới", ""))
    assert "Bạn chưa được phân công ở đơn vị nào." in client.get(PROFILE).content.decode()


def change(client, current=PASSWORD, password="hoa-sung-2021", again=None):
    return client.post(PROFILE, {"current": current, "password": password, "again": again or password})


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, cast):
    from django.test import Client

    other = Client()
    for browser in (client, other):
        browser.force_login(cast.officer)
    assert change(client).url == PROFILE
    assert User.objects.get(pk=cast.officer.pk).check_password("hoa-sung-2021")
    assert client.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"current": "sai"}, "Mật khẩu hiện tại chưa đúng"),
        ({"again": "hoa-sung-2022"}, "Hai lần nhập mật khẩu mới không giống nhau"),
        ({"password": "ngan"}, "10 ký tự"),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(client, cast, given, said):
    client.force_login(cast.officer)
    answer = change(client, **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_the_session_of_a_disabled_account_ends_at_its_next_request(client, cast):
    client.force_login(cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    assert client.get(PROFILE).status_code == 302
