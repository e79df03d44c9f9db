"""The pages, as people use them: every address opens, forms write, strangers get 404, a workbook goes the whole way."""

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from chungtay.accounts.models import User
from chungtay.community import services
from chungtay.community.models import Activity, Group, Hamlet, Movement
from chungtay.community.tests.making import Village

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
ON = "05/02/2023"


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, name: str, *args: Any, status: int = 200, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == status, name
    return str(answer.content.decode())


def test_every_page_opens_for_the_officer_and_none_for_a_stranger(village: Village) -> None:
    """Empty and filled."""
    client = browser(village.cast.officer)
    for name in ("group-list", "activity-list", "activity-calendar", "movement-list", "hamlet-list"):
        page(client, name)
    group = village.found("Thuận Tân Hội quán", members=38)
    child = village.found("HTX Xoài", "htx", on=date(2021, 1, 1))
    services.bear_group(parent=group, child=child, **village.given())
    hamlet = village.hamlet("Đông Định")
    row = village.confirmed("ngay-hoi-ddk", on=date(2022, 11, 12), hamlet=hamlet)
    about = services.Announced(kind="phong-trao", name="Tháng cao điểm", starts_on=date(2023, 1, 1))
    movement = services.open_movement(area=village.cast.city, about=about, **village.given())
    things = [("group-detail", group), ("group-edit", group), ("activity-detail", row)]
    things += [("movement-detail", movement), ("movement-edit", movement), ("hamlet-detail", hamlet)]
    for name, thing in things:
        page(client, name, thing.pk)
        page(browser(village.cast.outsider), name, thing.pk, status=404)
    assert "ra đời từ Hội quán" in page(client, "group-list", loai="htx")
    for name, args in (
        ("group-create", ["htx"]),
        ("activity-create", ["hoa-giai"]),
        ("movement-create", []),
        ("hamlet-create", []),
    ):
        page(client, name, *args)
    assert "1/1" in page(client, "hamlet-list", nam="2022")
    for register in ("nhom", "hoat-dong", "khom-ap", "phong-trao"):
        assert client.get(reverse("register-export", args=[register])).content[:2] == b"PK"


def test_the_directory_is_asked_on_a_day_and_searched_without_marks(village: Village) -> None:
    """A group that ended is there before its end."""
    group = village.found("Thuận Tân Hội quán", members=38)
    village.found("Tân Quê Hội quán", on=date(2021, 5, 1))
    services.dissolve_group(group=group, on=date(2022, 1, 1), **village.given())
    client = browser(village.cast.officer)
    assert "Thuận Tân" not in page(client, "group-list")
    told = page(client, "group-list", ngay="31/12/2021", q="thuan tan")
    assert "Thuận Tân Hội quán" in told
    assert "38 thành viên" in told
    assert "Tân Quê" not in told


def test_a_group_is_entered_counted_and_ended_by_forms(village: Village) -> None:
    """As the commune's clerk."""
    client = browser(village.cast.clerk)
    sent = {"name": "Thuận Tân Hội quán", "area": village.here.pk, "founded_on": ON, "members": "38", "o-trade": "Xoài"}
    answer = client.post(reverse("group-create", args=["hoi-quan"]), sent)
    group = Group.objects.get()
    assert answer.headers["Location"] == reverse("group-detail", args=[group.pk])
    assert group.details == {"trade": "Xoài"}
    for what, data, count in (
        ("count", {"dem-as_of": "01/03/2023", "dem-members": "1.045"}, group.counts),
        ("officer", {"ban-full_name": "Nguyễn Văn Mẫu", "ban-role": "Chủ nhiệm", "ban-since": ON}, group.officers),
        ("end", {"ket-thuc-on": "01/04/2023", "ket-thuc-note": "Ngừng sinh hoạt"}, group.acts),
    ):
        before = count.count()
        assert client.post(reverse("group-write", args=[group.pk, what]), data).status_code == 302, what
        assert count.count() == before + 1
    wrong = client.post(
        reverse("group-write", args=[group.pk, "count"]), {"dem-as_of": "01/05/2023", "dem-members": "9"}
    )
    assert wrong.status_code == 422
    assert "đã kết thúc" in wrong.content.decode()


def test_an_activity_goes_with_a_picture_from_one_to_another(
    village: Village, settings: "SettingsWrapper", tmp_path: "Path"
) -> None:
    """The clerk writes and puts forward, cannot confirm; the officer confirms."""
    settings.DATA_DIR = tmp_path
    made = BytesIO()
    Image.new("RGB", (64, 48), "green").save(made, "JPEG")
    picture = SimpleUploadedFile("buoi.jpg", made.getvalue(), "image/jpeg")
    clerk, officer = browser(village.cast.clerk), browser(village.cast.officer)
    sent = {
        "held_on": ON,
        "area": village.here.pk,
        "o-sessions": "2",
        "participants": "60",
        "do": "record",
        "pictures": picture,
    }
    clerk.post(reverse("activity-create", args=["tuyen-truyen"]), sent)
    row = Activity.objects.get()
    assert (row.state, row.counts, row.pictures.count()) == ("recorded", {"sessions": 2}, 1)
    small = clerk.get(reverse("activity-picture", args=[row.pk, row.pictures.get().pk]), {"nho": "1"})
    assert small["Content-Type"] == "image/jpeg" or small["Content-Type"].startswith("image/")
    assert "không tự xác nhận" not in page(officer, "activity-detail", row.pk)
    step = reverse("activity-step", args=[row.pk])
    assert clerk.post(step, {"do": "confirm", "buoc-revision": row.revision}).status_code == 422
    assert officer.post(step, {"do": "confirm", "buoc-revision": row.revision}).status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("so.xlsx", out.getvalue())


@pytest.mark.parametrize("register", ["khom-ap", "nhom-hoi-quan"])
def test_a_workbook_is_looked_at_before_it_is_taken_in(
    village: Village, register: str, settings: "SettingsWrapper", tmp_path: "Path"
) -> None:
    """Each problem by its cell; good rows go in, again they are known."""
    settings.DATA_DIR = tmp_path
    heads, good, wrong = {
        "khom-ap": (
            ["Xã, phường *", "Loại *", "Tên *", "Có từ ngày *", "Số hộ"],
            ["phuong 11", "Ấp", "Đông Định", "01/01/2020", 250],
            ["Phường 11", "Xóm", "Tây", "31/02/2020", -3],
        ),
        "nhom-hoi-quan": (
            ["Xã, phường *", "Tên *", "Ngày thành lập *", "Thành viên"],
            ["Phường 11", "Thuận Tân Hội quán", "03/07/2016", 38],
            ["Phường 99", "", "hôm qua", "nhiều"],
        ),
    }[register]
    client = browser(village.cast.officer)
    assert client.get(reverse("register-template", args=[register])).content[:2] == b"PK"
    model = Hamlet if register == "khom-ap" else Group
    for times in range(2):
        sent = client.post(reverse("register-upload", args=[register]), {"file": workbook(heads, good, wrong)})
        told = client.get(sent.headers["Location"]).content.decode()
        assert "Ô A3" in told or "Ô B3" in told
        assert ("1</span> dòng mới" in told) is (times == 0)
        client.post(sent.headers["Location"], {"do": "take"})
        assert model.objects.count() == 1
    refused = client.post(reverse("register-upload", args=[register]), {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert "không phải bảng tính" in client.get(refused.headers["Location"]).content.decode()


def test_a_movement_is_announced_and_joined(village: Village) -> None:
    """By the city, by a commune."""
    sent = {
        "area": village.cast.city.pk,
        "kind": "phong-trao",
        "name": "Hàng Việt",
        "starts_on": ON,
        "indicators": "groups.hoi_quan",
    }
    browser(village.cast.officer).post(reverse("movement-create"), sent)
    movement = Movement.objects.get()
    join = {"dang-ky-area": village.here.pk, "dang-ky-participants": "120", "dang-ky-result": "Đã ký"}
    clerk = browser(village.cast.clerk)
    assert clerk.post(reverse("movement-join", args=[movement.pk]), join).status_code == 302
    assert "120" in page(clerk, "movement-detail", movement.pk)
