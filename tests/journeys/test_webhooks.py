"""An office has another system told what changed: registered and tried on the screen, told by the timer, looked at on a phone."""

import json
import shutil
import subprocess
import sys
import urllib.request

from chungtay.webhooks.tests.receiver import is_signed, receiving
from tests.journeys.conftest import Demo, clean_environment
from tests.journeys.fuzzing import token_of
from tests.journeys.people import Person

OPEN = {"CHUNGTAY_WEBHOOK_HTTP": "1"}


def test_another_system_hears_what_a_commune_did(demo, tmp_path, chromium):
    copy = Demo(tmp_path / "data", demo.out)
    shutil.copytree(demo.data, copy.data)
    server, site = copy.serve(**OPEN)
    try:
        with receiving() as machine:
            officer = Person(chromium, site, "thanhpho.tonghop", 1280).page
            secret = register(officer, site, machine.url)
            officer.get_by_role("link", name="Hệ thống của tỉnh").click()
            officer.get_by_role("button", name="Gửi tin thử").click()
            officer.get_by_text("Máy nhận đã nhận tin thử").wait_for()
            save_a_cell(site)
            told = send(copy)
            assert (told["told"], told["sent"], told["failed"]) == (1, 1, 0)
            assert [json.loads(body)["type"] for *_, body in machine.came] == ["webhooks.test", "returns.draft.saved"]
            assert all(is_signed(secret, headers, body) for _, headers, body in machine.came)
            phone = Person(chromium, site, "thanhpho.tonghop", 390).page
            phone.goto(officer.url)
            assert phone.get_by_text("Đã nhận").count() >= 2
            assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    finally:
        server.terminate()
        server.wait(timeout=10)


def register(page, site, url):
    """Refused for an inner address, taken for the loopback that the operator opened; return the secret."""
    page.goto(f"{site}/tai-khoan/webhook/")
    page.fill("#id_name", "Hệ thống của tỉnh")
    for address in ("https://10.0.0.5/nhan", url):
        page.fill("#id_url", address)
        page.get_by_role("button", name="Đăng ký webhook").click()
        if address != url:
            page.get_by_text("một địa chỉ nội bộ").wait_for()
    return page.locator(".hook__secret").inner_text()


def save_a_cell(site):
    """The clerk's program empties an optional cell's answer: one event."""
    bearer = {"Authorization": f"Bearer {token_of(site, 'hoa-an.canbo')}", "Content-Type": "application/json"}

    def ask(method, path, body=None, **headers):
        data = json.dumps(body).encode() if body else None
        asked = urllib.request.Request(f"{site}/api/v1{path}", data, bearer | headers, method=method)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.load(answer), answer.headers["ETag"]

    [owed, *_] = ask("GET", "/returns?state=returned")[0]["items"]
    whole, tag = ask("GET", f"/returns/{owed['id']}")
    cell = whole["cells"][0]
    ask(
        "PUT",
        f"/returns/{owed['id']}/draft",
        {"cells": {cell["key"]: {"value": (cell["value"] or 0) + 1}}},
        **{"If-Match": tag},
    )


def send(workspace):
    """One round of the timer."""
    command = [sys.executable, "-m", "chungtay.config", "webhooks", "send", "--json", "--data", str(workspace.data)]
    done = subprocess.run(command, capture_output=True, text=True, env=clean_environment() | OPEN, check=True)
    return json.loads(done.stdout)
