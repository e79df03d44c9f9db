"""Addresses of a programme's documents and changes, under /chuong-trinh/<code>/."""

from django.urls import path

from chungtay.programmes.views import changes, documents, planning

urlpatterns = [
    path("van-ban/", documents.document_list, name="document-list"),
    path("van-ban/ghi/", documents.document_create, name="document-create"),
    path("van-ban/<uuid:document_id>/", documents.document_detail, name="document-detail"),
    path("van-ban/<uuid:document_id>/tep/<int:number>/", documents.document_file, name="document-file"),
    path("thay-doi/", changes.change_list, name="change-list"),
    path("thay-doi/<uuid:proposal_id>/", changes.proposal_detail, name="proposal-detail"),
    path("ke-hoach/lap/", planning.plan_create, name="plan-create"),
    path("noi-dung/<int:number>/doi/", changes.area_reword, name="area-reword"),
]
