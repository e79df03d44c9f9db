"""Addresses of what a fund tells the public, all under /quy/<fund>/cong-khai/."""

from django.urls import path

from chungtay.funds.disclosure_views import days, duties, gifts, lines

urlpatterns = [
    path("", duties.disclosure_home, name="disclosure-home"),
    path("dot/<slug:code>/<slug:kind>/", duties.disclosure_duty, name="disclosure-duty"),
    path("dot/<slug:code>/<slug:kind>/tep.<str:form>", duties.disclosure_file, name="disclosure-file"),
    path("anh/<int:told_id>/", duties.disclosure_picture, name="disclosure-picture"),
    path("ngay/<uuid:account_id>/", days.frozen_list, name="frozen-list"),
    path("ngay/<uuid:account_id>/<str:day>/<int:edition>.<str:kind>", days.frozen_file, name="frozen-file"),
    path("dong/<int:line_id>/", lines.public_line_detail, name="public-line-detail"),
    path("khoan/", gifts.gift_find, name="gift-find"),
    path("khoan/<str:label>/", gifts.gift_detail, name="gift-detail"),
]
