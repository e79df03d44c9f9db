"""Templates compile, and none carries a style or a script in itself: the content policy of every page forbids both."""

import re

import pytest
from django.template import TemplateSyntaxError, engines

from tests.house import tree

INLINE = {
    "style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*=", re.S),
    "style element": re.compile(r"<style\b"),
    "script with content": re.compile(r"<script\b(?![^>]*\ssrc\s*=)"),
    "event attribute": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.S),
    "javascript address": re.compile(r"[\"'=]\s*javascript:"),
    "foreign address": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
}


def inline_parts(text: str) -> list[str]:
    """Return what a template holds that its page may not run or load. Comments are not sent."""
    sent = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    sent = re.sub(r"{%.*?%}|{{.*?}}", "x", sent, flags=re.S)
    return [name for name, pattern in INLINE.items() if pattern.search(sent)]


def opens_with_what_it_takes(text: str) -> bool:
    """Say whether a template begins with a comment; its frame may be named before."""
    opening = re.sub(r"\A\s*{%\s*extends [^%]+%}\s*", "", text).lstrip()
    return opening.startswith(("{#", "{% comment"))


@pytest.mark.parametrize("path", tree.templates(), ids=tree.name_of)
def test_a_template_compiles(path: object) -> None:
    """With the engine of the product, its built-in tags included."""
    name = str(path).split("/templates/")[-1]
    engines["django"].get_template(name)


def test_no_template_holds_styles_scripts_or_foreign_addresses() -> None:
    """Style sheets and scripts are files of the room."""
    found = {tree.name_of(path): inline_parts(path.read_text(encoding="utf-8")) for path in tree.templates()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_templates_begin_by_naming_what_they_take() -> None:
    """A template is a function: its first line says what it is called with."""
    silent = [
        tree.name_of(path)
        for path in tree.templates()
        if not opens_with_what_it_takes(path.read_text(encoding="utf-8"))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("style attribute", '<p class="a" style="color:red">'),
        ("style element", "<style>p {}</style>"),
        ("script with content", "<script>1</script>"),
        ("script with content", '<script type="module">1</script>'),
        ("event attribute", "<button\n  onclick='x()'>"),
        ("javascript address", '<a href="javascript:x()">'),
        ("foreign address", '<img src="//elsewhere.example/a.png">'),
    ],
)
def test_a_planted_fault_is_found(name: str, text: str) -> None:
    """Each kind of inline part."""
    assert name in inline_parts(text)


def test_what_only_looks_inline_is_left_alone() -> None:
    """A tag's argument, a comment, a file of our own."""
    assert (
        inline_parts(
            "{# style=\"x\" onclick= #}<p data-on=1>{% tag style='x' %}<script src='{% static 'a' %}'></script>"
        )
        == []
    )


def test_a_template_that_does_not_compile_is_found() -> None:
    """The engine of the product refuses what it does not know."""
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% no_such_tag %}")
