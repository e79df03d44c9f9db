"""The accounts that a visitor of the demonstration may try; other workspaces know nothing of them."""

from django.conf import settings

from chungtay.accounts.demo_hint import DemoAccount
from chungtay.demo import workspace

PASSWORD = "chungtay-500"  # noqa: S105  of the demonstration, printed on purpose
WHO = {
    "hoa-an.canbo": "Cán bộ tổng hợp xã Hòa An: nhập và gửi báo cáo (có báo cáo bị trả lại)",
    "hoa-an.lanhdao": "Lãnh đạo xã Hòa An: ký gửi",
    "hoa-an.ketoan": "Kế toán Quỹ “Vì người nghèo” xã Hòa An: lập chứng từ, chi tiền",
    "hoa-an.kiemsoat": "Kiểm soát Quỹ xã Hòa An: ghi sổ, khóa sổ",
    "hoa-an.mattran": "Mặt trận xã Hòa An: đọc, chuyển phản ánh của người dân; sổ các Ban",
    "my-tra.lanhdao": "Lãnh đạo xã Mỹ Trà: có báo cáo chờ ký",
    "thanhpho.tonghop": "Chuyên viên tổng hợp thành phố: kiểm tra, duyệt, viết sơ kết",
    "thanhpho.lanhdao": "Lãnh đạo thành phố: xem chương trình",
    "thanhpho.bientap": "Biên tập cổng công khai: viết bài, con số của bài sống theo tài khoản số liệu",
    "thanhpho.mattran": "Mặt trận thành phố: giám sát, phản biện, kiến nghị quá hạn",
    "hoidong.hai": "Ủy viên Hội đồng thi đua: có phiếu kín chờ bỏ",
    "tinh.kiemtoan": "Kiểm toán: xem mọi con số đến nguồn",
}


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts, each with a word on what to try with it."""
    return [DemoAccount(name, PASSWORD, who) for name, who in WHO.items()]


def accounts_to_try() -> list[DemoAccount]:
    """Return what the sign-in page offers: the accounts in a demonstration, nothing in any other workspace."""
    return demo_accounts() if (settings.DATA_DIR / workspace.READY).exists() else []
