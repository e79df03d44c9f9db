"""An editor writes a piece of news in Wagtail's pages, a leader lets it out there, and a visitor reads it with its figure."""

import re

from tests.browser import Rest

NEW = "/bien-tap/pages/add/portal/articlepage/3/"


def test_an_editor_writes_and_a_second_person_lets_out(person, site):
    editor = person("thanhpho.bientap").page
    figure = editor.request.get(f"{site}/cong-khai/chuong-trinh/500/").text()
    source = re.search(
        r'class="figure__number[^"]*"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*class="figure__number', figure
    )
    editor.goto(site + NEW)
    Rest(editor).wait()
    editor.fill("#id_title", "Những cây cầu của thành phố")
    editor.select_option("#id_category", index=1)
    editor.fill("#id_lead", "Thành phố có {cau} và chưa có {thieu}.")
    editor.fill("#id_author", "Ban biên tập")
    editor.get_by_role("button", name=re.compile("Con số")).last.click()
    editor.fill("#id_figures-0-key", "cau")
    editor.fill("#id_figures-0-label", "Cầu")
    editor.fill("#id_figures-0-trace", site + next(filter(None, source.groups())))
    keep(editor)
    assert "{thieu}" in editor.locator(".messages li").first.inner_text(), (
        "an unlisted figure is refused, and nothing typed is lost"
    )
    editor.fill("#id_lead", "Thành phố có {cau}.")
    add_a_heading(editor, "Một mục về {cau}")
    keep(editor)
    assert re.search(r"/pages/\d+/edit/$", editor.url)
    assert editor.locator("button[name='action-publish']").count() == 0, "who wrote it does not let it out"

    leader = person("thanhpho.lanhdao").page
    let_out(leader, editor.url)
    assert "Đã đăng bài" in leader.locator(".messages li").first.inner_text()
    assert re.search(r"Thành phố có .*\d+\s+cây cầu", read(leader, site))

    editor.goto(editor.url)
    Rest(editor).wait()
    editor.fill("#id_lead", "Nay thành phố có {cau}.")
    keep(editor)
    leader.goto(editor.url)
    Rest(leader).wait()
    leader.fill("#id_author", "Người khác")
    let_out(leader, editor.url, is_open=True)
    assert "không thể tự công khai" in leader.locator(".messages li").first.inner_text()
    assert not read(leader, site).startswith("Nay"), "the leader changed a word, so somebody else lets it out"


def keep(page):
    """Save a draft."""
    page.get_by_role("button", name=re.compile("Save draft|Lưu")).first.click()
    Rest(page).wait()


def add_a_heading(page, words):
    """Put a heading into an empty body."""
    page.locator("[data-streamfield-stream-container] button.c-sf-add-button").first.click()
    page.get_by_role("option", name=re.compile("Tiêu đề mục")).first.click()
    page.fill("[name='body-0-value']", words)


def let_out(page, address, *, is_open=False):
    """Press "publish" among the further actions of an article."""
    if not is_open:
        page.goto(address)
        Rest(page).wait()
    page.locator("footer button[aria-expanded]").last.click()
    page.locator("button[name='action-publish']").first.click()
    Rest(page).wait()


def read(page, site):
    """Return the lead as a visitor reads it."""
    text = page.request.get(f"{site}/tin-tuc/nhung-cay-cau-cua-thanh-pho/").text()
    return re.search(r'<p class="lead"[^>]*>(.*?)</p>', text, re.DOTALL)[1]
