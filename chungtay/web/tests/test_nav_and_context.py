from chungtay.web import context, nav
from chungtay.web.checks import check_navigation
from chungtay.web.tests.people import request_of, visitor_request


def register_two() -> None:
    nav.register(nav.NavItem("Con số", "said", order=20))
    nav.register(nav.NavItem("Báo cáo kỳ", "entry", order=10))


def test_entries_stand_in_their_order_and_only_for_people_signed_in():
    register_two()
    assert [link.label for link in nav.links(request_of())] == ["Báo cáo kỳ", "Con số"]
    assert nav.links(visitor_request()) == []


def test_the_entry_of_the_page_itself_is_the_current_page():
    register_two()
    assert [link.current for link in nav.links(request_of("/nhap/"))] == ["page", ""]


def test_below_an_entry_the_longest_prefix_is_current():
    register_two()
    nav.register(nav.NavItem("Biểu 01", "entry-form", order=30))
    assert [link.current for link in nav.links(request_of("/nhap/bieu-01/o-3/"))] == ["", "", "true"]


def test_a_prefix_of_its_own_widens_an_entry():
    nav.register(nav.NavItem("Báo cáo kỳ", "entry", order=10, prefix="/bao-cao/"))
    assert [link.current for link in nav.links(request_of("/bao-cao/866/"))] == ["true"]


def test_the_first_page_is_not_above_every_page():
    assert not nav._stands_under("/nhap/", "/")
    assert nav._stands_under("/", "/")


def test_an_entry_without_an_address_is_left_out_and_reported_by_the_system_check():
    nav.register(nav.NavItem("Quỹ", "nowhere", order=1))
    assert nav.links(request_of()) == []
    assert [error.id for error in check_navigation(None)] == ["web.E001"]


def test_registering_a_url_name_again_replaces_its_entry():
    register_two()
    nav.register(nav.NavItem("Các báo cáo", "entry", order=10))
    assert [item.label for item in nav.registered()] == ["Các báo cáo", "Con số"]


def test_a_page_is_given_the_defaults_when_no_room_has_answered():
    assert context.page(request_of()) == {"nav": [], "sample": False, "place": "", "bell": None}


def test_a_room_above_answers_for_the_sample_mark_and_the_place():
    context.sample_provider.register(lambda request: True)
    context.place_provider.register(lambda request: "Thành phố Cao Lãnh")
    assert context.page(request_of()) == {"nav": [], "sample": True, "place": "Thành phố Cao Lãnh", "bell": None}


def test_an_early_error_page_asks_nobody():
    context.sample_provider.register(lambda request: 1 / 0 > 0)
    request = request_of()
    del request.user
    assert context.page(request) == {"nav": [], "sample": False, "place": "", "bell": None}
