"""Pages of the exchange: a file is looked at, taken in, approved by another; codes are refused by line; figures go out."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.exchange.models import DataImport, ImportAct, MappingLine, Partner, ReportProfile
from chungtay.exchange.tests.making import HOUSES, VISITS, said
from chungtay.figures.models import Fact
from chungtay.web import clock


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def page(world, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: world.now)

    def ask(person, url_name, *args, data=None, query=""):
        client.force_login(world.cast.people[person])
        url = reverse(url_name, args=args) + query
        answer = client.get(url) if data is None else client.post(url, data)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer, body.decode()

    return ask


def file_of(*values, name="thang-1.json"):
    return SimpleUploadedFile(name, json.dumps({"dataValues": list(values)}).encode())


def test_a_file_is_looked_at_then_taken_in_then_approved_by_another(world, page):
    sent = {
        "file": file_of(said(VISITS, "29863", "202201", 12), said(VISITS, "12345", "202201", 1)),
        "strategy": "CREATE_AND_UPDATE",
    }
    kept, _ = page("officer", "import-send", world.partner.pk, data=sent)
    token = kept.url.rpartition("?")[0].rstrip("/").rpartition("/")[2]
    _, text = page("officer", "import-preview", world.partner.pk, token)
    assert "Không biết đơn vị “12345”" in text
    assert "Phường 11" in text
    assert not Fact.objects.exists()
    taken, _ = page("officer", "import-preview", world.partner.pk, token, data={"do": "take"})
    of = DataImport.objects.get()
    assert taken.url == reverse("import-detail", args=[of.pk])
    _, own = page("officer", "import-detail", of.pk)
    assert "Chờ duyệt" in own
    assert 'value="approve"' not in own
    _, seen = page("upper.leader", "import-detail", of.pk)
    assert 'value="approve"' in seen
    refused, text = page("upper.leader", "import-detail", of.pk, data={"do": "reject", "note": ""})
    assert (refused.status_code, "Hãy ghi lý do" in text) == (422, True)
    page("upper.leader", "import-detail", of.pk, data={"do": "approve", "note": ""})
    assert world.value(VISITS, 0, "2022-01") == 12
    _, text = page("auditor", "import-list", query="?trang_thai=approved")
    assert "thang-1.json" in text
    assert "Không có lần nạp nào như vậy" in page("auditor", "import-list", query="?trang_thai=waiting")[1]
    _, conflicts = page("auditor", "import-conflicts", of.pk)
    assert "E7612" in conflicts
    assert page("officer", "import-detail", of.pk, query="?loai=unit_unknown")[0].status_code == 200


def test_a_file_that_cannot_be_read_is_said_before_anything_is_kept(world, page):
    broken = {"file": SimpleUploadedFile("x.xml", b"<adx"), "strategy": "CREATE"}
    kept, _ = page("officer", "import-send", world.partner.pk, data=broken)
    token = kept.url.rpartition("?")[0].rstrip("/").rpartition("/")[2]
    answer, text = page("officer", "import-preview", world.partner.pk, token)
    assert (answer.status_code, "XML sai ở dòng 1" in text, "Nạp các dòng" in text) == (422, True, False)
    dropped, _ = page("officer", "import-preview", world.partner.pk, token, data={"do": "drop"})
    assert dropped.url == reverse("partner-detail", args=[world.partner.pk])


def test_a_system_its_codes_and_what_goes_out(world, page):
    new = {
        "area": world.cast.city.pk,
        "name": "Báo cáo tỉnh",
        "code": "tinh",
        "elements": "code",
        "units": "uid",
        "note": "",
    }
    page("officer", "partner-list", data=new)
    partner = Partner.objects.get(code="tinh")
    assert page("officer", "partner-list", data=new)[0].status_code == 422
    table = "Loại,Mã của họ,Mã của Chung Tay\nđơn vị,XA-01,29863\nđơn vị,XA-02,00000\n"
    answer, text = page(
        "officer", "partner-mapping", partner.pk, data={"file": SimpleUploadedFile("m.csv", table.encode())}
    )
    assert (answer.status_code, "Dòng 3" in text, MappingLine.objects.count()) == (422, True, 0)
    good = SimpleUploadedFile("m.csv", table.replace("00000", "29866").encode())
    page("officer", "partner-mapping", partner.pk, data={"file": good})
    assert "XA-01" in page("auditor", "partner-mapping", partner.pk)[1]
    assert "XA-02" in page("auditor", "partner-detail", partner.pk, query="?q=phuong 1")[1]
    world.approve(
        world.send(
            said(VISITS, "29863", "202201", 12), said(HOUSES, "29863", "2022Q1", 3, categoryOptionCombo="new")
        ).of
    )
    asked = f"?indicators={VISITS}&area={world.cast.communes[0].pk}&periods=2022-01..2022-12&form="
    assert (
        json.loads(page("officer", "partner-export", partner.pk, query=asked + "json")[1])["dataValues"][0]["orgUnit"]
        == "XA-01"
    )
    assert "Lượt khám" in page("officer", "partner-export", partner.pk, query=asked + "report")[1]
    assert (
        page("officer", "partner-export", partner.pk, query=asked.replace("2022-01..2022-12", "năm nay") + "csv")[
            0
        ].status_code
        == 422
    )


def test_the_flat_table_is_the_offices_own(world, page):
    typed = {"separator": ";", "decimal_mark": ",", "columns": "Số=value", "valid_from": "01/01/2022", "basis": ""}
    assert "Chưa kiểm chứng" in page("officer", "partner-detail", world.partner.pk)[1]
    wrong, text = page("officer", "partner-profile", world.partner.pk, data={**typed, "is_verified": "on"})
    assert (wrong.status_code, "hãy ghi căn cứ" in text) == (422, True)
    page("officer", "partner-profile", world.partner.pk, data=typed)
    assert ReportProfile.objects.get().columns == "Số=value"


def test_pages_ask_no_more_with_more_imports(world, page, django_assert_max_num_queries):
    world.send(said(VISITS, "29863", "202201", 12))
    with django_assert_max_num_queries(40):
        page("officer", "import-list")
    assert ImportAct.objects.count() == 1
