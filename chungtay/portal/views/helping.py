"""Pages that help readers, and what a phone needs to keep the portal as an app."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chungtay.portal import selectors
from chungtay.web.http import render_page
from chungtay.web.languages import front_address

Words = str | Promise
Part = tuple[Words, tuple[Words, ...]]
PAGES: dict[str, tuple[Words, tuple[Part, ...]]] = {
    "cach-doc-so": (
        _("Cách đọc số liệu"),
        (
            (
                "",
                (
                    _(
                        "Mỗi con số gạch chấm mở được đến nguồn: nó là gì, cộng lại từ những đơn vị nào, đơn vị nào chưa gửi."
                    ),
                    _(
                        "Bên cạnh con số luôn có độ phủ. “14/15 đơn vị” nghĩa là một đơn vị chưa gửi, nên con số còn thay đổi."
                    ),
                ),
            ),
            (
                _("Chính thức, sơ bộ, ước tính"),
                (
                    _(
                        "Chính thức: mọi đơn vị đã gửi và cơ quan nhận đã duyệt. Sơ bộ: còn chờ đơn vị hoặc chờ duyệt. "
                        "Ước tính: có phần của một đơn vị đã chia tách, tính theo tỷ lệ đã công bố."
                    ),
                ),
            ),
            (
                _("Số được sửa sau khi đăng"),
                (
                    _(
                        "Bài đã đăng giữ nguyên con số của ngày đăng. Khi số gốc được sửa, đầu bài có ghi chú nêu cả hai con số."
                    ),
                ),
            ),
        ),
    ),
    "du-lieu-ca-nhan": (
        _("Bảo vệ thông tin cá nhân"),
        (
            (
                "",
                (
                    _(
                        "Cổng công khai chỉ cho thấy số cộng lại của từng đơn vị và những dòng đã che bớt tên. Không có hồ sơ của hộ "
                        "được giúp, không có số tài khoản đầy đủ của người ủng hộ."
                    ),
                    _("Cổng không đặt công cụ theo dõi, không gọi đến địa chỉ nào khác, không lưu việc bạn đã đọc gì."),
                ),
            ),
            (
                _("Khi bạn gửi góp ý"),
                (
                    _(
                        "Tên và cách liên lạc của bạn được niêm phong riêng; ai mở ra xem đều phải nêu lý do và bị ghi lại. "
                        "Bạn theo dõi bằng mã, không cần tài khoản."
                    ),
                ),
            ),
        ),
    ),
    "tiep-can": (
        _("Khả năng tiếp cận"),
        (
            (
                "",
                (
                    _(
                        "Cổng được làm theo mức AA của WCAG 2.2: đọc được bằng bàn phím và trình đọc màn hình, phóng to hai lần không "
                        "vỡ, không dựa vào màu sắc, ảnh nào cũng có lời mô tả, hình vẽ nào cũng có bảng số."
                    ),
                    _(
                        "Mọi trang dùng được khi tắt JavaScript. Gặp chỗ khó dùng, hãy gửi góp ý; chúng tôi trả lời theo mã."
                    ),
                ),
            ),
        ),
    ),
}


@require_safe
def about(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of help."""
    if name not in PAGES:
        raise Http404
    title, parts = PAGES[name]
    return render_page(request, "portal/about.html", {"title": title, "parts": parts})


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the portal to a phone that keeps it as an app."""
    home = selectors.home()
    place = f", {home.place}" if home is not None and home.place else ""
    described = {
        "name": gettext("Chung Tay: cổng công khai") + place,
        "short_name": "Chung Tay",
        "lang": get_language(),
        "start_url": front_address(),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f6f1",
        "theme_color": "#0b4f5c",
        "icons": [{"src": static("web/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")
