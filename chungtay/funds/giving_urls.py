"""Addresses of what is given beside the vouchers, all under /quy/<fund>/van-dong/."""

from django.urls import path

from chungtay.funds.views import campaigns, gifts, outside, pledges

urlpatterns = [
    path("", campaigns.campaign_list, name="campaign-list"),
    path("dot/moi/", campaigns.campaign_create, name="campaign-create"),
    path("dot/<slug:code>/", campaigns.campaign_detail, name="campaign-detail"),
    path("cam-ket/moi/", pledges.pledge_create, name="pledge-create"),
    path("cam-ket/<uuid:pledge_id>/", pledges.pledge_detail, name="pledge-detail"),
    path("ngoai-quy/moi/", outside.outside_create, name="outside-create"),
    path("ngoai-quy/<uuid:gift_id>/", outside.outside_detail, name="outside-detail"),
    path(
        "ngoai-quy/<uuid:gift_id>/minh-chung/<uuid:attachment_id>/", outside.outside_evidence, name="outside-evidence"
    ),
    path("<slug:code>/", gifts.register_list, name="register-list"),
    path("<slug:code>/tep.<str:form>", gifts.register_file, name="register-file"),
]
