"""Invented figures for the kit's page, in every state a component knows."""

from fractions import Fraction
from typing import Any

from django import forms

from chungtay.web.forms import DateField, Form, WholeNumberField

KIT_FORM_DATA = {
    "accepted_on": "02/04/2023",
    "amount_vnd": "25.000.000.00",
    "gifts": "1.240",
    "house_kind": "great_unity",
    "note": "Nhận 1.000 suất quà do doanh nghiệp trao trực tiếp.",
    "confirmed": "on",
}


class KitForm(Form):
    """One field of each kind; `amount_vnd` is wrong on purpose."""

    accepted_on = DateField(label="Nghiệm thu ngày")
    amount_vnd = WholeNumberField(label="Số tiền (đồng)")
    gifts = WholeNumberField(label="Suất quà")
    house_kind = forms.ChoiceField(
        label="Loại nhà", choices=[("great_unity", "Nhà đại đoàn kết"), ("kindness", "Nhà tình thương, nhà nhân ái")]
    )
    note = forms.CharField(label="Giải thích", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    confirmed = forms.BooleanField(label="Tôi đã xem bản in và chịu trách nhiệm về số liệu", required=False)


MONEY_BY_YEAR = [
    {"label": "2020", "value": 12.6, "text": "12,60"},
    {"label": "2021", "value": 18.15, "text": "18,15"},
    {"label": "2022", "value": 20.4, "text": "20,40"},
    {"label": "5/23", "value": 6.95, "text": "6,95", "partial": True},
]
POOR_BY_YEAR = [
    {"label": "2019", "value": 2.6, "text": "2,6"},
    {"label": "2020", "value": 2.0, "text": "2,0"},
    {"label": "2021", "value": None},
    {"label": "2022", "value": 1.3, "text": "1,3"},
    {"label": "5/23", "value": 1.0, "text": "1,0"},
]
GIFTS_BY_YEAR = [
    {"label": "2020", "value": 4980, "text": "4.980"},
    {"label": "2021", "value": 7365, "text": "7.365"},
    {"label": "2022", "value": None},
    {"label": "5/23", "value": 3162, "text": "3.162", "partial": True},
]
FIGURES = [
    {
        "label": "Vận động chăm lo người nghèo",
        "text": "58,1",
        "unit": "tỷ đồng",
        "reported": 15,
        "state": "approved",
        "state_label": "Đạt 116% kế hoạch 50 tỷ",
        "points": MONEY_BY_YEAR,
    },
    {
        "label": "Quà, học bổng, khám chữa bệnh",
        "text": "22.047",
        "unit": "suất",
        "reported": 14,
        "missing": ["Phường 6"],
        "state": "provisional",
        "state_label": "Sơ bộ, chờ biểu quà của Phường 6",
        "points": GIFTS_BY_YEAR,
    },
    {
        "label": "Tỷ lệ hộ nghèo, cuối năm 2022",
        "text": "1,0",
        "unit": "%",
        "reported": 15,
        "note": "432 hộ nghèo / 43.186 hộ dân, rà soát 31/12/2022",
        "points": POOR_BY_YEAR,
        "kind": "line",
        "target": 0.8,
        "target_text": "mục tiêu 2024: 0,8%",
    },
    {
        "label": "Cầu nông thôn xây, sửa",
        "text": None,
        "unit": "cây cầu",
        "reported": 0,
        "missing": ["Phường 1", "Phường 2", "Phường 3", "Phường 4", "Phường 6"],
        "state": "missing",
        "state_label": "Chưa đơn vị nào gửi",
    },
]
CONTEXT: dict[str, Any] = {
    "crumbs": [{"label": "Chương trình 500", "url": "#"}, {"label": "Bộ thành phần"}],
    "tabs": [
        {"label": "Kết quả", "url": "#", "current": True},
        {"label": "Nhiệm vụ (48)", "url": "#"},
        {"label": "Văn bản", "url": "#"},
    ],
    "figures": FIGURES,
    "money_by_year": MONEY_BY_YEAR,
    "poor_by_year": POOR_BY_YEAR,
    "one_unit": ["Phường 6"],
    "grid_states": ["approved", "submitted", "returned", "for_signing", "draft", "missing", "late"],
    "many_units": ["Phường 4", "Phường 6", "Xã Mỹ Tân", "Xã Hòa An", "Xã Tịnh Thới"],
    "money_vnd": 58_100_000_000,
    "poor_ratio": Fraction(432, 43_186),
    "columns": [
        {"label": "Đơn vị"},
        {"label": "Nhà xây mới (căn)", "kind": "num"},
        {"label": "Quỹ chi (đồng)", "kind": "num"},
        {"label": "Ngày gửi", "kind": "date"},
    ],
    "rows": [
        {"cells": ["Xã Hòa An", "3", "150.000.000", "16/05/2023"], "url": "#"},
        {"cells": ["Phường 1", "0", "0", "15/05/2023"], "url": "#"},
    ],
    "foot": ["Cộng 2/2 đơn vị", "3", "150.000.000", ""],
    "steps": [
        {"label": "Thu số liệu", "note": "hạn 17/05, đã nhận 12/15", "step": "done"},
        {"label": "Kiểm tra, trả lại", "note": "hạn 23/05", "step": "now"},
        {"label": "Tổng hợp", "note": "hạn 24/05", "step": ""},
        {"label": "Trình ký", "note": "hạn 29/05", "step": ""},
    ],
    "events": [
        {"when": "Hôm nay, 08:52", "what": "Đang sửa, bản 2", "current": True},
        {
            "when": "22/05/2023, 07:48",
            "what": "Thành phố trả lại 2 ô",
            "state": "returned",
            "note": "Căn thứ tư nghiệm thu ngày nào?",
        },
        {"when": "16/05/2023, 15:30", "what": "Gửi bản 1", "state": "submitted", "url": "#"},
    ],
    "facts": [
        {"label": "Hạn gửi lại", "value": "17:00, 23/05/2023", "kind": "num"},
        {"label": "Đã nhập", "value": "10/11 ô"},
        {"label": "Người ký", "value": ""},
        {"label": "Phiên bản", "value": "Bản 2", "url": "#"},
    ],
    "bars": [
        {"label": "Phường 11", "value": 41, "text": "41", "url": "#"},
        {"label": "Xã Hòa An", "value": 28, "text": "28", "url": "#", "current": True},
        {"label": "Xã Mỹ Tân", "value": 0, "text": "0", "url": "#"},
        {"label": "Phường 6", "value": None, "url": "#"},
    ],
    "checks": [
        {
            "state": "discrepancy",
            "text": "Chênh lệch chưa giải trình: 1",
            "note": "18,15 tỷ đồng, mục II.3",
            "url": "#",
        },
        {"state": "approved", "text": "Thiếu đơn vị: 0", "note": "15/15 đã duyệt"},
        {"state": "explain", "text": "Góp ý mở: 2"},
    ],
    "tasks": [
        {
            "state": "late",
            "state_label": "Trễ 5 ngày",
            "title": "Phường 6 chưa gửi báo cáo phục vụ sơ kết",
            "text": "Đã nhắc 2 lần, lần cuối 19/05. Tổng toàn thành phố đang thiếu đơn vị này.",
            "url": "#",
            "action": "Nhắc lần 3",
        },
        {
            "state": "submitted",
            "state_label": "2 báo cáo mới",
            "title": "Phường 3 và Phường Mỹ Phú chờ duyệt",
            "url": "#",
            "action": "Kiểm tra",
            "main": True,
        },
    ],
}
