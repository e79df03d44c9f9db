"""English pages: every word has its English, keeps what it leaves open, and the catalogues hold nothing else."""

import re
from pathlib import Path

import django
import pytest
import wagtail
from babel.messages import Catalog

from chungtay.config import catalogues
from tests.house import words

FOREIGN = re.compile(words.VIETNAMESE_LETTER)
OPEN = re.compile(r"%\(\w+\)[sd]")
MARKUP = re.compile(r"</?[a-z][^>]*>")
# A word of both languages, or of none.
KEPT = frozenset({"đồng", "Tiếng Việt", "tiền:", "Hội quán", "nhà đại đoàn kết"})


def faults(catalogue: Catalog, asked: set[str]) -> list[str]:
    """Return what is wrong with a catalogue: words without English, unused ones, lost placeholders or markup, Vietnamese left."""
    found = [f"lacks: {text}" for text in sorted(asked) if not (entry := catalogue.get(text)) or not entry.string]
    for entry in catalogue:
        if not entry.id:
            continue
        text, said = str(entry.id), str(entry.string)
        if text not in asked:
            found.append(f"unused: {text}")
        if entry.fuzzy:
            found.append(f"unsure: {text}")
        if said and words.placeholders(text) != words.placeholders(said):
            found.append(f"placeholders: {text}")
        if said and sorted(MARKUP.findall(text)) != sorted(MARKUP.findall(said)):
            found.append(f"markup: {text}")
        if FOREIGN.search(re.sub("|".join(KEPT), "", said)):
            found.append(f"not English: {said}")
    return found


@pytest.fixture(scope="module")
def asked() -> dict[str, set[str]]:
    """Return the words of the product's own sources."""
    return words.every_word()


def test_every_word_of_a_public_page_has_its_english(asked: dict[str, set[str]]) -> None:
    """`make words` adds what is new to the catalogue and drops what nobody asks for; the English is written by hand."""
    assert faults(words.read(words.ENGLISH), set(asked)) == []


def test_public_templates_hold_no_word_that_is_not_marked() -> None:
    """Letters with Vietnamese marks outside of a tag are words that an English page would show."""
    bare = {path.name: found for path in words.public_templates() if (found := words.unmarked(path.read_text()))}
    assert bare == {}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_vietnamese_of_the_editors_pages_is_asked_for_and_whole(domain: str) -> None:
    """Every entry is one of Wagtail's or Django's own, said in Vietnamese with what it leaves open and its markup."""
    known: set[object] = set()
    for package in (django, wagtail):
        for path in Path(package.__file__).parent.rglob(f"locale/en/LC_MESSAGES/{domain}.po"):
            known |= {entry.id for entry in words.read(path) if entry.id}
    entries = [entry for entry in words.read(words.VIETNAMESE.with_name(f"{domain}.po")) if entry.id]
    assert [entry.id for entry in entries if entry.id not in known] == []
    for entry in entries:
        asked = entry.id if isinstance(entry.id, str) else entry.id[1]
        said = entry.string if isinstance(entry.string, str) else entry.string[0]
        assert said and not entry.fuzzy, asked
        assert sorted(OPEN.findall(said)) == sorted(OPEN.findall(asked)), asked
        assert sorted(MARKUP.findall(said)) == sorted(MARKUP.findall(asked)), asked


def test_faults_are_found() -> None:
    """One of each kind."""
    planted = Catalog(locale="en")
    planted.add("Năm %(year)s", "Year %(years)s")
    planted.add("<a>Quỹ</a>", "Funds")
    planted.add("Tin tức", "Tin tức")
    planted.add("Kỳ", "Period", flags={"fuzzy"})
    planted.add("Sổ", "")
    found = faults(planted, {"Năm %(year)s", "<a>Quỹ</a>", "Tin tức", "Sổ", "Trang"})
    assert {one.partition(":")[0] for one in found} == {
        *("lacks", "unused", "unsure", "placeholders", "markup", "not English"),
    }
    assert words.unmarked('<p title="Năm">{% translate "Tin" %} chữ</p>') == ["Năm", "chữ"]
    assert (
        words.unmarked('{# Chữ #}<p>{% blocktranslate %}Chữ{% endblocktranslate %}{{ x|default:_("Chữ") }}</p>') == []
    )
    assert words.unmarked('{% empty "Chưa có" %}') == ["Chưa có"]


def test_words_are_found_wherever_they_are_marked() -> None:
    """In tags, in blocks, in arguments, and in Python."""
    template = '{% translate "Một" %}{% blocktranslate trimmed with a=b|c %}\n Hai {{ a }}\n{% endblocktranslate %}{% x _("Ba") %}'
    assert list(words.words_of_template(template)) == ["Một", "Hai %(a)s", "Ba"]
    assert list(words.words_of_module('from x import gettext as _\n_("Bốn")\n_(year)\n')) == ["Bốn"]


def test_catalogues_are_compiled_once_and_by_their_content(tmp_path: Path) -> None:
    """The same words lie in the same folder and are not written again; other words lie elsewhere."""
    source = tmp_path / "po" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Tin"\nmsgstr "News"\n')
    first = catalogues.compiled(tmp_path, tmp_path / "po")
    made = first / "en" / "LC_MESSAGES" / "django.mo"
    before = (made.read_bytes(), made.stat().st_mtime_ns)
    assert catalogues.compiled(tmp_path, tmp_path / "po") == first
    assert (made.read_bytes(), made.stat().st_mtime_ns) == before
    assert [path.name for path in made.parent.iterdir()] == ["django.mo"], "no part is left lying"
    source.write_text(source.read_text().replace("News", "Stories"))
    assert catalogues.compiled(tmp_path, tmp_path / "po") != first
    assert made.read_bytes() == before[0], "a server of the older words goes on reading them"
