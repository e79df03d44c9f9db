"""Pages of webhooks: a secret in sight once, every message with its answer, what may be done and what not."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.webhooks import services
from chungtay.webhooks.models import Delivery, Hook
from chungtay.webhooks.rules import HookState, State
from chungtay.webhooks.tests.conftest import NOW
from chungtay.webhooks.tests.receiver import Receiver

pytestmark = pytest.mark.django_db


def test_an_office_registers_tests_and_changes_its_secret(cast: Any, client: Client, receiver: Receiver) -> None:
    """Each secret on one answer alone; the test arrives at once."""
    client.force_login(cast.officer)
    said = {
        "area": str(cast.city.pk),
        "name": "Tỉnh",
        "url": receiver.url,
        "subjects": ["returns", "tasks"],
        "only": "",
    }
    page = client.post(reverse("hook-list"), said)
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    hook = Hook.objects.get()
    detail = reverse("hook-detail", args=[hook.pk])
    assert secret not in client.get(reverse("hook-list")).content.decode() + client.get(detail).content.decode()
    tested = client.post(reverse("hook-act", args=[hook.pk, "thu"]), follow=True).content.decode()
    assert "Máy nhận đã nhận tin thử" in tested
    assert "cảm ơn 200" in tested
    receiver.script = [500]
    client.post(reverse("hook-act", args=[hook.pk, "thu"]))
    shown = client.get(detail, {"trang_thai": "queued"}).content.decode()
    assert "Máy nhận trả 500" in shown
    assert "thử lại" in shown
    assert "cảm ơn 200" not in shown
    changed = client.post(reverse("hook-rotate", args=[hook.pk])).content.decode()
    assert re.search(r"whsec_[A-Za-z0-9+/=]{44}", changed)
    assert secret not in changed


def test_what_is_wrong_is_said_above_the_form(cast: Any, client: Client) -> None:
    """An inner address, a foreign office, a code that nobody tells."""
    client.force_login(cast.officer)
    said = {"area": str(cast.city.pk), "name": "Tỉnh", "url": "https://10.0.0.1/", "subjects": ["returns"], "only": ""}
    for wrong, words in (
        ({}, "địa chỉ nội bộ"),
        ({"area": str(cast.communes[0].pk)}, "không còn trong danh sách"),
        ({"only": "funds.voucher"}, "không bắt đầu bằng nhóm việc"),
        ({"url": "http://8.8.8.8/"}, "địa chỉ nội bộ"),
    ):
        page = client.post(reverse("hook-list"), said | wrong)
        assert page.status_code == 422
        assert words in page.content.decode()
    assert not Hook.objects.exists()


def test_steps_follow_the_state_and_auditors_only_look(cast: Any, client: Client, hook: Any) -> None:
    """What cannot be done now is not offered, and says so when asked for all the same."""
    row = hook[0]
    detail, act = reverse("hook-detail", args=[row.pk]), lambda slug: reverse("hook-act", args=[row.pk, slug])
    client.force_login(cast.officer)
    assert "Chạy lại" not in client.get(detail).content.decode()
    client.post(act("tam-dung"))
    assert "đang ở trạng thái" in client.post(act("tam-dung"), follow=True).content.decode()
    assert client.post(act("no-such")).status_code == 404
    client.post(act("chay-lai"))
    made = services.queue_test(hook=row, now=NOW, by=cast.officer)
    resend = reverse("hook-resend", args=[row.pk, made.pk])
    assert "đang chờ gửi" in client.post(resend, follow=True).content.decode()
    Delivery.objects.filter(pk=made.pk).update(state=State.FAILED)
    assert resend in client.get(detail).content.decode()
    client.post(resend)
    assert Delivery.objects.get(pk=made.pk).state == State.QUEUED
    auditor = Client()
    auditor.force_login(cast.auditor)
    assert "Đổi khóa ký" not in auditor.get(detail).content.decode()
    assert auditor.post(act("bo")).status_code == 403
    client.post(act("bo"))
    assert Hook.objects.get().state == HookState.ENDED
    assert "Đổi khóa ký" not in client.get(detail).content.decode()
