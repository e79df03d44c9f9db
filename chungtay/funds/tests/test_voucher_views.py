"""A voucher's life through the pages: written in a clerk's words, booked by another, paid by a third, undone by two."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.funds import services
from chungtay.funds.models import Draft, Handout, ReversalAct, Voucher
from chungtay.funds.rules import Line, lines_from_json
from chungtay.ledger.entries import VoucherKind
from chungtay.web import clock

MOST_QUERIES = 40


def page_of(person):
    client = Client()
    client.force_login(person)
    return client


def at(name, office, *more):
    return reverse(name, args=[office.fund.pk, *more])


def typed(**more):
    """A receipt of two lines as the page sends it."""
    today = clock.today()
    said = {
        "key": "k1",
        "count": "2",
        "do": "save",
        "occurred_on": f"{today:%d/%m/%Y}",
        "till": "111",
        "party": "Nguyễn Văn An",
        "address": "Khóm 1",
        "memo": "Ủng hộ xây nhà",
        "attachments": "2",
        "line-0-account": "511",
        "line-0-amount": "5.000.000",
        "line-0-purpose": "nha-o",
        "line-1-account": "515",
        "line-1-amount": "12.345",
    }
    return said | more


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


def test_a_clerk_writes_a_receipt_without_knowing_an_account(office):
    client = page_of(office.accountant)
    url = at("draft-create", office, "phieu-thu")
    assert "Thu vào" in text_of(client.get(url))
    answer = client.post(url, typed(), follow=True)
    draft = Draft.objects.get()
    assert [(one.debit, one.credit, one.amount) for one in lines_from_json(draft.lines)] == [
        ("111", "511", 5_000_000),
        ("111", "515", 12_345),
    ]
    assert lines_from_json(draft.lines)[0].donor == "Nguyễn Văn An"
    assert "Năm triệu không trăm mười hai nghìn ba trăm bốn mươi lăm đồng" in text_of(answer)
    assert "Bạn lập bản này nên người khác ghi sổ" in text_of(answer)


@pytest.mark.parametrize(
    ("slug", "said", "wanted"),
    [
        (
            "phieu-chi",
            {"till": "112", "line-0-account": "6114", "line-0-quantity": "4", "line-0-amount": "4.000.000"},
            ("6114", "112", 4_000_000, "suất", 4),
        ),
        (
            "nhan-hien-vat",
            {"line-0-item": "gạo, kg", "line-0-quantity": "100", "line-0-amount": "2.000.000"},
            ("152", "512", 2_000_000, "gạo, kg", 100),
        ),
        (
            "xuat-hien-vat",
            {"line-0-item": "gạo, kg", "line-0-quantity": "40", "line-0-amount": "800.000"},
            ("6120", "152", 800_000, "gạo, kg", 40),
        ),
        (
            "chuyen-tien",
            {"till": "112", "direction": "out", "transfer": "CT-1", "line-0-amount": "9.000.000"},
            ("618", "112", 9_000_000, "", 0),
        ),
        (
            "chuyen-tien",
            {"till": "112", "direction": "in", "transfer": "CT-1", "line-0-amount": "9.000.000"},
            ("112", "518", 9_000_000, "", 0),
        ),
    ],
)
def test_every_kind_finds_its_accounts_and_comes_back_to_be_changed_as_it_was(office, slug, said, wanted):
    client = page_of(office.accountant)
    head = {name: value for name, value in typed(count="1").items() if not name.startswith("line")}
    client.post(at("draft-create", office, slug), head | {"line-0-purpose": ""} | said)
    draft = Draft.objects.get()
    [line] = lines_from_json(draft.lines)
    assert (line.debit, line.credit, line.amount, line.item, line.quantity) == wanted
    edit = at("draft-edit", office, draft.pk)
    shown = client.get(edit).context["form"]
    again = {"key": "k2", "do": "save", "count": "1", "revision": "1"}
    again |= {name: shown.head[name].value() or "" for name in shown.head.fields if name not in again}
    again |= {f"line-0-{name}": shown.lines[0][name].value() or "" for name in shown.lines[0].fields}
    again["occurred_on"] = f"{draft.occurred_on:%d/%m/%Y}"
    client.post(edit, again)
    draft.refresh_from_db()
    assert lines_from_json(draft.lines) == [line]
    assert draft.revision == 1, "the same content again is no change"


def test_one_more_line_keeps_everything_that_was_typed_and_saves_nothing(office):
    client = page_of(office.accountant)
    answer = client.post(at("draft-create", office, "phieu-thu"), typed(do="add-line", memo=""))
    assert answer.status_code == 200
    assert len(answer.context["form"].lines) == 3
    assert 'value="5.000.000"' in answer.content.decode()
    assert "Ô này chưa có gì" not in text_of(answer)
    assert "Cộng 5.012.345 đồng" in text_of(answer)
    assert not Draft.objects.exists()


def test_what_is_wrong_is_said_beside_the_box_and_nothing_typed_is_lost(office):
    client = page_of(office.accountant)
    said = typed(**{"line-0-amount": "năm triệu", "occurred_on": "31/02/2025"})
    answer = client.post(at("draft-create", office, "phieu-thu"), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="năm triệu"' in page
    assert 'value="Nguyễn Văn An"' in page
    assert "không phải một ngày có trong lịch" in text_of(answer)
    assert not Draft.objects.exists()


def test_sending_a_page_twice_writes_one_draft_and_other_content_is_refused_with_all_that_was_typed(office):
    client = page_of(office.accountant)
    url = at("draft-create", office, "phieu-thu")
    assert client.post(url, typed()).headers["Location"] == client.post(url, typed()).headers["Location"]
    assert Draft.objects.count() == 1
    other = client.post(url, typed(memo="Việc khác"))
    assert other.status_code == 422
    assert "với nội dung khác" in text_of(other)
    assert "Việc khác" in other.content.decode()
    key = other.context["form"].head["key"].value()
    assert client.post(url, typed(memo="Việc khác", key=key)).status_code == 302
    assert Draft.objects.count() == 2


def test_who_wrote_it_is_refused_and_somebody_else_books_it_once(office):
    draft = services.write_draft(
        fund=office.fund,
        content=office.content(VoucherKind.RECEIPT, Line("111", "511", 1_000_000)),
        now=office.now,
        by=office.controller,
    )
    url = at("draft-post", office, draft.pk)
    refused = page_of(office.controller).post(url, {"key": "a", "revision": 1})
    assert refused.status_code == 422
    assert "không thể tự ghi sổ" in text_of(refused)
    assert page_of(office.accountant).post(url, {"key": "a", "revision": 1}).status_code == 403
    draft = office.draft(VoucherKind.RECEIPT, Line("111", "511", 1_000_000))
    url, client = at("draft-post", office, draft.pk), page_of(office.controller)
    first, again = (client.post(url, {"key": "b", "revision": 1}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Voucher.objects.count() == 1
    later = client.post(url, {"key": "c", "revision": 1})
    assert later.headers["Location"] == first.headers["Location"], "who comes later is shown what it became"


def test_a_broken_limit_is_said_first_and_passed_only_with_a_reason(office):
    office.receive(500_000_000)
    draft = office.draft(VoucherKind.PAYMENT, Line("6111", "112", 90_000_000))
    client, url = page_of(office.controller), at("draft-post", office, draft.pk)
    assert "Lý do cho vượt" not in text_of(client.get(at("draft-detail", office, draft.pk)))
    refused = client.post(url, {"key": "a", "revision": 1})
    assert refused.status_code == 422
    assert "vượt mức tối đa 80.000.000 đồng" in text_of(refused)
    assert "Lý do cho vượt định mức" in text_of(refused)
    client.post(url, {"key": "a", "revision": 1, "override": "Quyết định 12"})
    assert Voucher.objects.get(kind="payment").override == "Quyết định 12"


def test_money_that_is_not_there_is_refused_with_its_sentence(office):
    draft = office.draft(VoucherKind.PAYMENT, Line("6116", "112", 700_000))
    answer = page_of(office.controller).post(at("draft-post", office, draft.pk), {"key": "a", "revision": 1})
    assert answer.status_code == 422
    assert "không đủ tiền: còn thiếu 700.000 đồng" in text_of(answer)


def test_who_booked_a_payment_does_not_hand_it_out(office):
    office.receive(1_000_000)
    label = str(office.spend(400_000))
    url = at("voucher-pay", office, label)
    detail = at("voucher-detail", office, label)
    assert "Xác nhận đã chi tiền" not in text_of(page_of(office.controller).get(detail))
    assert page_of(office.controller).post(url, {"pay-key": "a"}).status_code == 403
    client = page_of(office.treasurer)
    assert "Xác nhận đã chi tiền" in text_of(client.get(detail))
    for _ in range(2):
        client.post(url, {"pay-key": "a", "pay-note": "UNC 7"})
    assert Handout.objects.get().note == "UNC 7"
    again = client.post(url, {"pay-key": "other"})
    assert again.status_code == 422
    assert "đã chi tiền lúc" in text_of(again)


def test_undoing_takes_two_persons_on_the_pages_too(office):
    label = str(office.receive(1_000_000))
    accountant, controller = page_of(office.accountant), page_of(office.controller)
    ask, decide = at("reversal-ask", office, label), at("reversal-decide", office, label)
    assert accountant.post(ask, {"ask-key": "a", "ask-reason": ""}).status_code == 422
    accountant.post(ask, {"ask-key": "a", "ask-reason": "Sai người nộp"})
    assert "Sai người nộp" in text_of(controller.get(at("voucher-detail", office, label)))
    assert accountant.post(decide, {"key": "a"}).status_code == 403
    controller.post(decide, {"decline-key": "d", "decline-reason": "Phiếu đúng", "do": "decline"})
    accountant.post(ask, {"ask-key": "b", "ask-reason": "Có giấy xác nhận"})
    done = controller.post(decide, {"key": "c", "do": "confirm"})
    assert done.headers["Location"].endswith("/BD-2025-000001/") or "BD-" in done.headers["Location"]
    assert [act.verb for act in ReversalAct.objects.order_by("id")] == ["ask", "decline", "ask"]
    assert "Đã bị đảo" in text_of(controller.get(at("voucher-detail", office, label)))


def test_a_draft_is_dropped_and_never_booked(office):
    draft = office.draft(VoucherKind.RECEIPT, Line("111", "511", 1))
    page_of(office.accountant).post(at("draft-drop", office, draft.pk), {"drop-revision": 1})
    draft.refresh_from_db()
    assert draft.state == "dropped"
    answer = page_of(office.controller).post(at("draft-post", office, draft.pk), {"key": "a", "revision": 2})
    assert answer.status_code == 422


def test_vouchers_are_found_by_words_without_marks_by_kind_purpose_state_and_amount(office):
    office.receive(5_000_000, purpose="nha-o", party="Trần Thị Bé Năm")
    office.receive(2_000_000, party="Hội quán Minh Tâm")
    office.spend(1_000_000)
    client = page_of(office.accountant)

    def found(**asked):
        return [str(row["voucher"]) for row in client.get(at("voucher-list", office), asked).context["rows"]]

    assert found(q="be nam") == ["PT-2025-000001"]
    assert found(q="pt-2025 minh") == ["PT-2025-000002"]
    assert found(loai="payment") == found(trang_thai="cho-chi") == ["PC-2025-000001"]
    assert found(muc_dich="nha-o") == ["PT-2025-000001"]
    assert found(it_nhat="1.500.000", nhieu_nhat="3.000.000") == ["PT-2025-000002"]
    assert found(tu="11/03/2025") == []
    assert len(found()) == 3
    assert client.get(at("voucher-list", office), {"tu": "31/02/2025"}).status_code == 422


def test_a_list_is_cut_into_pages_of_fifty_and_asks_the_database_little(office, django_assert_max_num_queries):
    for number in range(52):
        office.receive(1_000 + number)
    client = page_of(office.controller)
    for url in (at("voucher-list", office), at("fund-detail", office), at("voucher-detail", office, "PT-2025-000001")):
        client.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(url).status_code == 200
    assert len(client.get(at("voucher-list", office)).context["rows"]) == 50
    assert len(client.get(at("voucher-list", office), {"page": 2}).context["rows"]) == 2
