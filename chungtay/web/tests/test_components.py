"""What the tags draw, and that the kit's page shows every component."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client
from django.test.signals import template_rendered

from chungtay.web.tests.people import request_of, visitor_request

UI = Path(__file__).resolve().parent.parent / "templates" / "ui"


def draw(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context, request_of("/ui/"))


class Tags(HTMLParser):
    """Collects what is opened and not closed."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.identifiers: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.identifiers += [value for name, value in attrs if name == "id" and value]
        if tag == "p" or tag not in self.VOID:
            if "p" in self.open and tag in {"div", "p", "ul", "ol", "dl", "table", "details", "section", "form"}:
                self.faults.append(f"{tag} inside p")
            if tag not in self.VOID:
                self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.identifiers += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def test_the_kit_shows_every_component(client: Client):
    drawn: set[str] = set()

    def note(sender: Any, template: Any, **kwargs: Any) -> None:
        drawn.add(str(template.name))

    template_rendered.connect(note)
    try:
        response = client.get("/ui/")
    finally:
        template_rendered.disconnect(note)
    assert response.status_code == 200
    assert {f"ui/{path.name}" for path in UI.glob("*.html")} - drawn == set()


def test_the_kit_is_well_formed_and_names_nothing_twice(client: Client):
    tags = Tags()
    tags.feed(client.get("/ui/").content.decode())
    assert tags.faults == []
    assert tags.open == []
    assert len(tags.identifiers) == len(set(tags.identifiers))


def test_the_kit_says_that_its_figures_are_samples(client: Client):
    assert '<span class="sample">Số liệu minh họa</span>' in client.get("/ui/").content.decode()


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in draw('{% icon "late" %}')
    assert 'aria-label="Tìm"' in draw('{% icon "search" "Tìm" %}')
    assert "web/icons.svg#i-late" in draw('{% icon "late" %}')


def test_a_badge_always_has_a_word():
    assert "Trả lại</span>" in draw('{% badge "returned" %}')
    assert "Trễ 5 ngày</span>" in draw('{% badge "late" "Trễ 5 ngày" %}')
    assert "unheard-of</span>" in draw('{% badge "unheard-of" %}')


def test_text_from_people_is_escaped():
    assert "&lt;b&gt;" in draw("{% badge 'late' text %}", text="<b>")
    assert "&lt;b&gt;" in draw("{% chip text %}", text="<b>")
    assert "&lt;b&gt;" in draw("{% alert 'late' title=text %}{{ text }}{% endalert %}", text="<b>")
    assert "<b>" not in draw("{% coverage 1 2 names %}{% figure text text %}", text="<b>", names=["<b>"])


def test_a_component_of_a_sentence_brings_no_space_with_it():
    assert draw('({% chip "400 căn" "/x/" %}, {% number 3 %}, {% badge "late" %})').startswith("(<a")
    assert "</a>, <span" in draw('{% chip "400 căn" "/x/" %}, {% number 3 %}')


def test_the_words_of_a_chip_never_part():
    assert "400\u00a0căn" in draw('{% chip "400 căn" %}')


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% number 0 %}", "<span>0</span>"),
        ("{% number 2250 2 %}", "<span>22,50</span>"),
        ('{% number 5 state="estimated" %}', "≈&nbsp;5"),
        ("{% number None %}", "Chưa có số"),
        ('{% number None state="none" %}', "Không áp dụng"),
        ('{% number 3 url="/t/" %}', '<a class="traceable" href="/t/">3</a>'),
    ],
)
def test_a_value_says_which_kind_it_is(source: str, shown: str):
    assert shown in draw(source)


def test_coverage_says_who_is_missing():
    assert "14/15 đơn vị,</span> chưa có Phường 6" in draw("{% coverage 14 15 names %}", names=["Phường 6"])
    assert "15/15 đơn vị</span>" in draw("{% coverage 15 15 %}")


def test_more_than_three_missing_units_fold():
    drawn = draw("{% coverage 1 5 names %}", names=["A", "B", "C", "D"])
    assert "chưa có 4 đơn vị</summary>A, B, C và D" in drawn


def test_a_figure_without_a_number_says_so():
    drawn = draw('{% figure "Cầu nông thôn" None unit="cây" reported=0 expected=15 %}')
    assert "Chưa có số" in drawn
    assert "0/15 đơn vị" in drawn


def test_a_figure_opens_to_its_source_and_its_unit_is_read_with_it():
    drawn = draw('{% figure "Nhà xây, sửa" "400" unit="căn" url="/t/" %}')
    assert 'href="/t/">400<span class="hidden-visually"> căn, xem nguồn: Nhà xây, sửa</span>' in drawn


def test_a_chart_carries_its_numbers_in_a_table():
    drawn = draw(
        "{% spark points %}",
        points=[{"label": "2020", "value": 12.6, "text": "12,60"}, {"label": "2021", "value": None}],
    )
    assert '<th scope="row">2020</th><td class="num">12,60</td>' in drawn
    assert "Chưa có số" in drawn
    assert 'height="44.0"' in drawn, "coordinates keep their point in a Vietnamese page"


def test_a_button_that_cannot_act_yet_says_why():
    assert "disabled" in draw('{% button "Trình ký" disabled=True why="Còn 2 chặn." %}')
    assert "Còn 2 chặn." in draw('{% button "Trình ký" disabled=True why="Còn 2 chặn." %}')
    assert 'href="#thu-hoi"' in draw('{% button "Thu hồi" opens="thu-hoi" %}')


def test_a_late_cell_is_told_to_those_who_do_not_see_the_corner():
    assert "Chưa có, trễ hạn</span>" in draw('{% cell "missing" "trễ 5 ngày" "/r/" late=True %}')


def test_the_pager_keeps_the_other_parameters():
    page = Paginator(range(48), 5).get_page(2)
    request = request_of("/ui/?ky=2023Q1&page=2")
    drawn = engines["django"].from_string("{% pager page %}").render({"page": page}, request)
    assert "Dòng 6–10 trong 48" in drawn
    assert "?ky=2023Q1&amp;page=3" in drawn
    assert 'aria-current="page">2<' in drawn


def test_one_page_has_no_page_numbers():
    page = Paginator(range(3), 5).get_page(1)
    assert "<ul>" not in draw("{% pager page %}", page=page)


def test_the_frame_shows_who_is_signed_in_and_nothing_of_that_to_a_visitor():
    source = '{% extends "web/base.html" %}'
    inside = engines["django"].from_string(source).render({}, request_of())
    assert "Nguyễn Thị An" in inside
    outside = engines["django"].from_string(source).render({}, visitor_request())
    assert 'class="who"' not in outside
    assert "X-CSRFToken" not in outside
