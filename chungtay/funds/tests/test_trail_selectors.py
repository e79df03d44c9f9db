"""A donor sees what the gift bought, an auditor whose gift a payment was."""

from datetime import date

from chungtay.funds.trail import trail_of


def test_a_gift_leads_to_what_it_bought_and_a_payment_back_to_the_gifts(office):
    first = office.receive(1_000_000, on=date(2025, 1, 5), party="Người thứ nhất")
    second = office.receive(500_000, on=date(2025, 1, 6), party="Người thứ hai")
    payment = office.spend(1_200_000, on=date(2025, 2, 1))
    forward = trail_of(first)
    assert [(str(step.voucher), step.amount) for step in forward.steps] == [(str(payment), 1_000_000)]
    assert forward.left == 0
    back = trail_of(payment)
    assert [(step.voucher, step.amount) for step in back.steps] == [(first, 1_000_000), (second, 200_000)]
    assert trail_of(second).left == 300_000


def test_the_vouchers_page_shows_both_directions(office, client):
    gift = office.receive(1_000_000, on=date(2025, 1, 5), party="Người thứ nhất")
    payment = office.spend(400_000, on=date(2025, 2, 1))
    client.force_login(office.accountant)
    base = f"/quy/{office.fund.pk}/chung-tu"
    forward = client.get(f"{base}/{gift}/").content.decode()
    assert "Khoản này đã dùng vào đâu" in forward
    assert f'href="{base}/{payment}/"' in forward
    assert "Chưa dùng" in forward
    assert f'href="{base}/{gift}/"' in client.get(f"{base}/{payment}/").content.decode()
