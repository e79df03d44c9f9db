"""Public pages: what they show, what they refuse, and what they never say."""

import csv
from datetime import date
from io import StringIO

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.portal import selectors, services
from chungtay.portal.models import ArticlePage, EditionFigure
from chungtay.portal.tests.making import picture_bytes
from chungtay.web import samples  # noqa: F401 - its registry is asked by every page


def test_a_published_figure_opens_to_its_units(room, web):
    page = room.published()
    trace = EditionFigure.objects.get(edition__page_id=page.pk, key="nha").trace
    shown = web().get(reverse("public-trace", args=[trace]))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Phường 11" in text and ">10<" in text and ">11<" in text and ">21<" in text


def test_a_figure_that_nobody_published_is_unknown_to_the_public(room, web):
    room.published()
    of_a_unit = encode_trace(TraceKey("support.houses", "", room.cast.communes[0].pk, "2022", "approved", None, None))
    for trace in (of_a_unit, room.trace(), "x", "A" * 80):
        assert web().get(reverse("public-trace", args=[trace])).status_code == 404


def test_an_article_shows_its_figures_as_links_and_its_words_escaped(room, web):
    page = room.published(author="<b>Ai</b> & ai", tags=["Nhà ở"])
    text = web().get(page.url).content.decode()
    assert 'class="live"' in text and "{nha}" not in text
    assert "<b>Ai</b>" not in text and "&lt;b&gt;Ai&lt;/b&gt; &amp; ai" in text


def test_the_figures_of_an_article_as_a_table(room, web):
    page = room.published()
    answer = web().get(reverse("article-figures", args=[page.pk]))
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["ma"] for row in rows] == ["nha", "nha@2022"]
    assert rows[0]["gia_tri"] == "21/1" and rows[0]["nguon"].startswith("http://testserver/cong-khai/con-so/")


def test_a_draft_is_on_no_page(room, web):
    page = room.write()
    assert web().get(f"/tin-tuc/{page.slug}/").status_code == 404
    for path in ("/", "/tin-tuc/", "/tin-tuc.rss", "/sitemap.xml", reverse("public-search") + "?q=mai+nha"):
        assert "Bốn trăm mái nhà" not in web().get(path).content.decode(), path
    assert web().get(reverse("article-figures", args=[page.pk])).status_code == 404


def test_news_is_found_without_marks_by_section_and_by_tag(room, web):
    room.published(tags=["Nhà ở"])
    room.published(title="Hội quán họp", lead="Bà con bàn.", body=[], figures=[], category="cong-dong", slug="hoi-quan")
    assert [page.title for page in selectors.found_articles("bon tram MAI")] == ["Bốn trăm mái nhà"]
    assert [page.title for page in selectors.found_articles(category="cong-dong")] == ["Hội quán họp"]
    assert [page.title for page in selectors.found_articles(tag="nha-o")] or selectors.found_articles(tag="nhà-ở")
    assert "Hội quán họp" in web().get("/tin-tuc/?q=hoi+quan").content.decode()


def test_related_articles_are_those_of_like_words_first(room, web):
    page = room.published()
    near = room.published(title="Mái nhà mới", slug="mai-nha-moi")
    far = room.published(title="Hội quán", lead="Bàn.", body=[], figures=[], category="cong-dong", slug="hoi-quan")
    assert [one.pk for one in selectors.related_to(page)] == [near.pk, far.pk]


def test_feeds_and_the_map_of_the_site_name_what_is_out(room, web):
    page = room.published()
    rss, atom, site = (web().get(path).content.decode() for path in ("/tin-tuc.rss", "/tin-tuc.atom", "/sitemap.xml"))
    assert page.title in rss and page.title in atom and f"http://testserver{page.url}" in site
    assert "21\xa0căn" in rss, "figures are written out"


def test_a_programme_is_public_once_an_article_speaks_of_it(room, web):
    from chungtay.programmes import services as programmes

    programme = programmes.create_programme(
        code="500", number="500", kind="Chương trình phối hợp", title="việc chung", signed_on=date(2019, 12, 13),
        starts_on=date(2020, 1, 1), ends_on=date(2024, 12, 31), area=room.cast.city,
        parties=list(room.cast.city.bodies.all()), areas_of_work=["Giảm nghèo"], is_sample=True, now=room.now, by=room.cast.officer,
    )  # fmt: skip
    address = reverse("public-programme", args=["500"])
    assert web().get(address).status_code == 404
    room.published(programme=programme, data_on=date(2022, 12, 31))
    shown = web().get(address).content.decode()
    assert "Giảm nghèo" in shown and "Bốn trăm mái nhà" in shown


def test_pictures_are_given_as_drawn_and_nothing_else_of_the_folder(room, web):
    picture = services.keep_picture(
        data=picture_bytes(), name="a.png", shows="Hội trường", credit="Tự vẽ", by=room.editor
    )
    page = room.published(picture=picture, slug="co-anh")
    text = web().get(page.url).content.decode()
    drawn = next(part for part in text.split('"') if part.startswith("http://testserver/anh/images/"))
    answer = web().get(drawn.removeprefix("http://testserver"))
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/")
    assert b"".join(answer.streaming_content)
    for name in ("original_images/a.png", "images/../original_images/a.png", "images/none.webp", "../chungtay.sqlite3"):
        assert web().get(f"/anh/{name}").status_code == 404, name


def test_an_old_address_leads_on(room, web, django_capture_on_commit_callbacks):
    page = room.published(slug="cu")
    page.slug = "moi"
    page.save_revision(user=room.editor)
    with django_capture_on_commit_callbacks(execute=True):
        room.publish(page)
    answer = web().get("/tin-tuc/cu/")
    assert answer.status_code == 301 and answer.headers["Location"] == "/tin-tuc/moi/"


def test_the_search_finds_every_kind_that_is_public_and_nothing_else(room, web):
    from chungtay.programmes import services as programmes

    said = {
        "kind": "Chương trình phối hợp", "signed_on": date(2019, 12, 13), "starts_on": date(2020, 1, 1), "ends_on": date(2024, 12, 31),
        "area": room.cast.city, "parties": list(room.cast.city.bodies.all()), "now": room.now, "by": room.cast.officer,
    }  # fmt: skip
    public = programmes.create_programme(code="500", number="500", title="việc chung", **said)
    programmes.create_programme(code="600", number="600", title="việc riêng chưa công bố", **said)
    room.published(programme=public, data_on=date(2022, 12, 31))

    def found(query):
        return web().get(reverse("public-search"), {"q": query}).text

    assert 'href="/cong-khai/chuong-trinh/500/"' in found("VIEC chung")
    assert "Bốn trăm mái nhà" in found("bon tram") and "Không có gì khớp" in found("việc riêng chưa")
    assert "600" not in found("chuong trinh phoi hop")
    assert found("").count("<section") == 0


def test_an_article_of_every_part_is_drawn_and_its_paper_goes_out_with_it(
    room, web, django_capture_on_commit_callbacks
):
    picture = services.keep_picture(
        data=picture_bytes(), name="b.png", shows="Hội trường", credit="Tự vẽ", by=room.editor
    )
    paper = Document.objects.create(title="Nghị quyết", file=ContentFile(b"%PDF-1.7 thu", name="nghi-quyet.pdf"))
    linked = Document.objects.create(title="Phụ lục", file=ContentFile(b"PK thu", name="phu-luc.xlsx"))
    shown = {"image": picture, "alt": "Ảnh cho thấy", "caption": "Chú thích ảnh", "credit": "Tự vẽ"}
    table = {
        "columns": [{"type": "text", "heading": "Cột"}],
        "rows": [{"values": ["Ô có {nha}"]}],
        "caption": "Bảng thử",
    }
    body = [
        ("paragraph", f'<p>Một <b>đoạn</b> có {{nha}}, xem <a linktype="document" id="{linked.pk}">phụ lục</a>.</p>'),
        ("heading", "Tiêu đề"),
        ("picture", shown),
        ("gallery", {"pictures": [shown, shown]}),
        ("quote", {"text": "Lời nói có {nha}", "who": "Một người dân"}),
        ("table", ArticlePage.body.field.stream_block.child_blocks["table"].to_python(table)),
        ("attachment", {"document": paper, "label": "Bản nghị quyết"}),
        ("figures", {"title": "Ô số", "keys": ["nha"]}),
        ("chart", {"title": "Nhà theo năm", "key": "nha", "note": "Ghi chú hình"}),
    ]
    page = room.write(body=body, slug="du-phan")

    def given(document, to=None):
        answer = web(to).get(document.url)
        return b"".join(answer.streaming_content) if answer.status_code == 200 else b""

    assert given(paper) == b"", "a draft's paper is nobody's yet"
    assert given(paper, room.editor) == b"%PDF-1.7 thu"
    page = room.publish(page)
    text = web().get(page.url).text.replace("\xa0", " ")
    assert given(linked) == b"PK thu"
    for said in ("<b>đoạn</b>", "Tiêu đề", "Chú thích ảnh", 'alt="Ảnh cho thấy"', "Một người dân", "Bảng thử", "Bản nghị quyết", "Ô số",
                 "Nhà theo năm", "Ghi chú hình"):  # fmt: skip
        assert said in text, said
    assert "{nha}" not in text and text.count("21") >= 5
    assert given(paper) == b"%PDF-1.7 thu"
    page.unpublish()
    assert given(paper) == b""
