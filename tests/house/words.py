"""Which words English pages need, found in the sources; `python -m tests.house.words` writes the new ones into the catalogue, still empty.

Words are marked by {% translate %} and {% blocktranslate %}, _("…") in a tag, gettext in Python; and what rooms keep as tables
(states, what a citizen may answer) and pages show by their value is listed in `tables`.
"""

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.house import tree

LOCALES = tree.PACKAGE / "config" / "locale"
ENGLISH = LOCALES / "en" / "LC_MESSAGES" / "django.po"
VIETNAMESE = LOCALES / "vi" / "LC_MESSAGES" / "django.po"
CALLS = {"gettext": None, "gettext_lazy": None, "_": None}
_STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"\b(?:gettext|_)\(\s*({_STRING})\s*\)")
OF_PUBLIC_PAGES = (
    *("alert", "badge", "button", "coverage", "date", "empty", "field", "figure", "figure_number", "form_problems"),
    *("number", "pager", "spark", "spark_table", "table_frame"),
)
VIETNAMESE_LETTER = "[À-ɏḀ-ỿ]"
_NAME = re.compile(r"%\((\w+)\)s")


def words_of_template(text: str) -> Iterator[str]:
    """Yield the words that a template marks, as gettext is asked for them."""
    for found in _CALL.finditer(templatize(text)):
        yield str(ast.literal_eval(found[1].removeprefix("u")))


def words_of_module(text: str) -> Iterator[str]:
    """Yield the words that a module marks."""
    if "gettext" in text:
        for _, _, words, _ in extract_python(BytesIO(text.encode()), CALLS, [], {}):
            if isinstance(words, str):  # else a variable, whose words stand in `tables`
                yield words


def public_templates() -> list[Path]:
    """Return the templates that public pages are made of."""
    rooms = [
        *tree.PACKAGE.glob("portal/templates/portal/**/*.html"),
        *tree.PACKAGE.glob("supervision/templates/supervision/public_*.html"),
        tree.PACKAGE / "emulation/templates/emulation/certificate_check.html",
        *tree.PACKAGE.glob("web/templates/*.html"),
        *(tree.PACKAGE / "web/templates/web").glob("ba[rs]e.html"),
        *(tree.PACKAGE / "web/templates/ui" / f"{name}.html" for name in OF_PUBLIC_PAGES),
    ]
    return sorted(rooms)


def unmarked(text: str) -> list[str]:
    """Return the words of a template with Vietnamese letters that no tag marks: in the page, in attributes, in arguments of tags."""
    sent = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", text, flags=re.S)
    sent = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", sent, flags=re.S)
    sent = re.sub(r"{%\s*translate .*?%}", "", sent)
    sent = re.sub(r'_\("[^"]*"\)', "", sent)
    return [found.strip() for found in re.findall(rf"[^<>\"{{}}%=|]*{VIETNAMESE_LETTER}[^<>\"{{}}%=|]*", sent)]


def tables() -> Iterator[str]:
    """Yield the words of tables that public pages show by value."""
    from chungtay.emulation.rules import CERTIFICATE_LABELS
    from chungtay.funds.public import PUBLIC_STATES
    from chungtay.funds.public_books import BEFORE, LEFT
    from chungtay.opendata.rules import KIND_LABELS
    from chungtay.opendata.selectors import UNVERIFIED
    from chungtay.portal.streams import REST
    from chungtay.programmes.models import Document
    from chungtay.supervision.receiving import NoSuchCode
    from chungtay.supervision.rules import OUTCOME_WORDS, SATISFACTION_WORDS, STATE_WORDS
    from chungtay.web.states import STATES

    yield from (state.label for state in STATES.values())
    yield from (label for _, label in PUBLIC_STATES.values())
    yield from CERTIFICATE_LABELS.values()
    for table in (STATE_WORDS, OUTCOME_WORDS, SATISFACTION_WORDS):
        yield from table.values()
    yield from (str(label) for _, label in Document._meta.get_field("effect").flatchoices)
    # What `figures.wording.certainty` may say of a figure.
    yield from ("Chưa có số", "Sơ bộ, chưa giao đơn vị báo cáo", "Sơ bộ", "Tính cả số chưa duyệt", "Chính thức")
    yield "Ước tính: có phần của đơn vị đã bị chia"
    yield from KIND_LABELS.values()
    yield from (LEFT, BEFORE, REST, UNVERIFIED)
    yield str(NoSuchCode())


def asked_for(templates: Iterable[Path], modules: Iterable[Path]) -> dict[str, set[str]]:
    """Return every word that pages ask for, each with the files that mark it ("tables" for those of tables)."""
    found: dict[str, set[str]] = {}
    for paths, read in ((templates, words_of_template), (modules, words_of_module)):
        for path in paths:
            for words in read(path.read_text(encoding="utf-8")):
                found.setdefault(words, set()).add(tree.name_of(path))
    for words in tables():
        found.setdefault(words, set()).add("tables")
    return found


def read(path: Path) -> Catalog:
    """Return a catalogue as it lies in the repository."""
    return read_po(BytesIO(path.read_bytes()), locale=path.parent.parent.name, abort_invalid=True)


def placeholders(text: str) -> list[str]:
    """Return what a text leaves open, in the order of names: "%(count)s" -> ["count"]."""
    return sorted(_NAME.findall(text))


def every_word() -> dict[str, set[str]]:
    """Return what the product's own sources ask for."""
    modules = [path for path in tree.modules() if "tests" not in path.parts]
    return asked_for(sorted(tree.PACKAGE.rglob("templates/**/*.html")), modules)


def renewed(old: Catalog, asked: dict[str, set[str]]) -> Catalog:
    """Return the catalogue with exactly the words asked for, in their order by file; new ones are empty, others keep theirs."""
    made = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for words in sorted(asked, key=lambda one: (min(asked[one]), one)):
        before = old.get(words)
        made.add(words, before.string if before else "", locations=[(min(asked[words]), None)])
    return made


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue, each entry with one file that uses it, without dates and without lines that only tools read."""
    with BytesIO() as out:
        write_po(out, catalogue, width=0, sort_output=False, omit_header=True, include_lineno=False)
        head = path.read_bytes().partition(b"\n\n")[0]
        path.write_bytes(head + b"\n\n" + out.getvalue().strip() + b"\n")


def main() -> None:
    """Renew the English catalogue and say what is left to translate."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.config.settings")
    django.setup()
    made = renewed(read(ENGLISH), every_word())
    write(made, ENGLISH)
    empty = [str(message.id) for message in made if message.id and not message.string]
    sys.stdout.write("".join(f"to translate: {words}\n" for words in empty) or "Every word has its English.\n")


if __name__ == "__main__":
    main()
