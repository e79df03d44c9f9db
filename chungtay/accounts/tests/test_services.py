"""Accounts and the throttle of sign-in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.accounts import services
from chungtay.accounts.models import SignInAttempt, User
from chungtay.audit import selectors as audit
from tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db
BY = {"now": NOW, "by": None}


def sign_in(username="officer", password=PASSWORD, address="10.0.0.1", now=NOW):
    return services.check_sign_in(username=username, password=password, address=address, now=now)


def fail(times=1, **given):
    for _ in range(times):
        with pytest.raises(services.SignInRefused):
            sign_in(**({"password": "sai"} | given))


def test_a_new_account_is_recorded_and_can_sign_in():
    user = services.create_user(username=" Lan.NT ", full_name=" Nguyễn  Thị Lan ", password=PASSWORD, **BY)
    assert (user.username, user.full_name, str(user)) == ("lan.nt", "Nguyễn Thị Lan", "Nguyễn Thị Lan")
    assert (user.get_full_name(), user.get_short_name()) == ("Nguyễn Thị Lan", "Lan")
    assert audit.events_of(user).get().code == "accounts.user.created"
    assert sign_in("LAN.nt") == user


def test_an_account_without_a_password_opens_to_nobody():
    services.create_user(username="lan", full_name="Lan", **BY)
    fail(username="lan", password="")


@pytest.mark.parametrize("username", ["", "ab", "có dấu", "a b c", "-abc", "x" * 61, "a@b.c"])
def test_a_name_that_cannot_be_typed_everywhere_is_refused(username):
    with pytest.raises(services.BadUsername, match="chưa hợp lệ"):
        services.create_user(username=username, full_name="Lan", **BY)


def test_a_taken_name_and_a_missing_full_name_are_refused(cast):
    with pytest.raises(services.UsernameTaken, match="officer"):
        services.create_user(username="OFFICER", full_name="Lan", **BY)
    with pytest.raises(services.NameMissing):
        services.create_user(username="lan", full_name=" ", **BY)


@pytest.mark.parametrize("password", ["ngan", "1234567890", "password123"])
def test_a_weak_password_is_refused_in_vietnamese(cast, password):
    with pytest.raises(services.WeakPassword, match="Mật khẩu mới"):
        services.set_password(user=cast.officer, password=password, **BY)


def test_a_changed_password_replaces_the_old_one(cast):
    services.change_password(user=cast.officer, current=PASSWORD, password="hoa-sung-2021", now=NOW, by=cast.officer)
    fail(password=PASSWORD)
    assert sign_in(password="hoa-sung-2021") == cast.officer
    assert "accounts.password.set" in {event.code for event in audit.events_of(cast.officer)}


def test_a_password_is_changed_only_with_the_current_one(cast):
    with pytest.raises(services.WrongPassword):
        services.change_password(user=cast.officer, current="sai", password="hoa-sung-2021", now=NOW, by=cast.officer)


def test_a_disabled_account_cannot_sign_in_and_hears_nothing_else(cast):
    services.set_active(user=cast.officer, is_active=False, **BY)
    fail(password=PASSWORD)
    services.set_active(user=cast.officer, is_active=True, **BY)
    assert sign_in() == cast.officer


def test_after_five_failures_even_the_right_password_must_wait(cast):
    fail(5)
    with pytest.raises(services.TooManyFailures, match="Hãy đợi 15 phút"):
        sign_in()
    with pytest.raises(services.TooManyFailures, match="Hãy đợi 1 phút"):
        sign_in(now=NOW + timedelta(minutes=14, seconds=30))
    assert sign_in(now=NOW + timedelta(minutes=15)) == cast.officer


def test_waiting_tells_nothing_about_whether_an_account_exists(cast):
    said = []
    for username in ("officer", "nobody.here"):
        for _ in range(6):
            with pytest.raises((services.SignInRefused, services.TooManyFailures)) as caught:
                sign_in(username, "sai")
            said.append(str(caught.value))
    assert said[:6] == said[6:]


def test_a_guesser_elsewhere_does_not_lock_the_person_out(cast):
    fail(5, address="203.0.113.9")
    assert sign_in() == cast.officer


def test_a_success_forgets_the_failures_before_it(cast):
    fail(4)
    sign_in()
    fail(4)
    sign_in()


def test_old_failures_are_removed(cast):
    fail(2, username="nobody.here")
    fail(now=NOW + timedelta(hours=1))
    assert SignInAttempt.objects.count() == 1


def test_a_very_long_name_is_only_a_failure(cast):
    fail(username="x" * 5000)


@pytest.mark.parametrize(
    "given", [{"username": "Lan"}, {"username": ""}, {"full_name": ""}], ids=lambda given: str(given)
)
def test_the_database_refuses_upper_case_and_empty_names(given):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**({"username": "lan", "full_name": "Lan"} | given))
