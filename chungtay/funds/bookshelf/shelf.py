"""Which books a fund has, in the order of the shelf. A book is added here and nowhere else."""

from chungtay.funds.bookshelf import ledgers, lists, reports
from chungtay.funds.bookshelf.asking import Book, Choice

SHELF: tuple[Book, ...] = (
    Book(
        "nhat-ky-chung",
        "Nhật ký chung",
        "Mọi bút toán theo thứ tự ghi sổ, với tài khoản nợ và tài khoản có.",
        ledgers.general_journal,
    ),
    Book(
        "so-quy-tien-mat",
        "Sổ quỹ tiền mặt",
        "Tiền mặt thu, chi và tồn sau mỗi chứng từ.",
        ledgers.cash_book,
        Choice("Tài khoản", ledgers.cash_choices),
    ),
    Book(
        "so-tien-gui",
        "Sổ tiền gửi ngân hàng, kho bạc",
        "Tiền vào, ra tài khoản và số dư sau mỗi chứng từ.",
        ledgers.bank_book,
        Choice("Tài khoản", ledgers.bank_choices),
    ),
    Book(
        "so-hien-vat",
        "Sổ theo dõi hiện vật",
        "Nhập, xuất, tồn của từng loại hiện vật, số lượng và giá trị.",
        ledgers.goods_book,
        Choice("Hiện vật", ledgers.goods_choices, is_needed=False),
    ),
    Book(
        "so-chi-tiet",
        "Sổ chi tiết tài khoản",
        "Mọi bút toán của một tài khoản, kèm tài khoản đối ứng.",
        ledgers.account_ledger,
        Choice("Tài khoản", ledgers.account_choices),
    ),
    Book(
        "so-nguoi-ung-ho",
        "Sổ chi tiết theo người ủng hộ",
        "Mỗi người, đơn vị đã ủng hộ bao nhiêu tiền và hiện vật.",
        ledgers.donor_ledger,
    ),
    Book(
        "so-muc-dich",
        "Sổ chi tiết theo mục đích",
        "Tiền có mục đích đã nhận, đã dùng và còn lại.",
        ledgers.purpose_ledger,
        Choice("Mục đích", ledgers.purpose_choices),
    ),
    Book(
        "bang-can-doi",
        "Bảng cân đối tài khoản",
        "Số dư đầu kỳ, phát sinh và số dư cuối kỳ của mọi tài khoản.",
        reports.trial_balance_sheet,
    ),
    Book(
        "bao-cao-thu-chi",
        "Báo cáo thu, chi",
        "Đầu kỳ còn bao nhiêu, thu, chi và cuối kỳ còn bao nhiêu.",
        reports.collection_and_spending,
    ),
    Book("c-01q", "C-01Q: Bảng tổng hợp thu tiền ủng hộ", "Từng khoản tiền ủng hộ.", lists.money_gifts, is_list=True),
    Book(
        "c-02q",
        "C-02Q: Bảng kê chi tiền hỗ trợ",
        "Từng khoản chi, người nhận và chỗ ký nhận.",
        lists.help_paid,
        is_list=True,
    ),
    Book(
        "c-03q", "C-03Q: Biên nhận ủng hộ hiện vật", "Các phiếu biên nhận hiện vật.", lists.goods_receipts, is_list=True
    ),
    Book(
        "c-04q",
        "C-04Q: Bảng kê đóng góp hiện vật",
        "Từng loại hiện vật, số lượng, giá trị.",
        lists.goods_gifts,
        is_list=True,
    ),
)
BY_CODE = {book.code: book for book in SHELF}
