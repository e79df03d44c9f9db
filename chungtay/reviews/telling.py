"""What a report prints, asked by what it is about: the slides take from here only figures that stand in the report."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from chungtay.papers.rules import Paper, manifest
from chungtay.reviews import idiom
from chungtay.reviews.content import Content
from chungtay.reviews.rules import Ask, BlockKind, DraftBlock, Shape

COMPARED = "ii-compare"
CHANGES = (Shape.CHANGE, Shape.POINTS)
OF_PLAN = (Shape.OF_TARGET, Shape.CELL_OF_TARGET)
SAID = {
    "fund.raised": "vận động được {}",
    "support.houses": "xây dựng, sửa chữa {} nhà ở",
    "support.bridges": "xây dựng, sửa chữa {}",
    "support.packages": "trao {}",
    "awards.collectives": "khen thưởng {}",
}


class Teller:
    """A report's blocks and printed figures, found by section, indicator and shape."""

    def __init__(self, content: Content, paper: Paper) -> None:
        self.content, self.paper = content, paper

    @cached_property
    def held(self) -> dict[str, Ask]:
        """The questions that the report prints, in printing order."""
        keys = dict.fromkeys(row.key for row in manifest(self.paper))
        return {key: self.content.asks[key] for key in keys if key in self.content.asks}

    @cached_property
    def main_area(self) -> object:
        """The area that the report is about: its first question is."""
        areas = [ask.area_id for ask in self.content.asks.values()]
        return areas[0] if areas else None

    def printed(self, text: str) -> str:
        """Return a text with its figures as they print."""
        for key in DraftBlock(BlockKind.PARAGRAPH, "", "", text).keys:
            text = text.replace("{" + key + "}", self.paper.figures[key].text)
        return text

    def blocks(self, section: str) -> list[DraftBlock]:
        """Return the blocks of a section."""
        return [block for block in self.content.blocks if block.section == section]

    def paragraphs(self, section: str) -> tuple[str, ...]:
        """Return the paragraphs of a section."""
        return tuple(b.text for b in self.blocks(section) if b.kind is BlockKind.PARAGRAPH)

    def named(self, section: str, name: str = "") -> tuple[str, ...]:
        """Return one paragraph of a section, or all when no name is given; nothing where it is not."""
        return tuple(
            b.text for b in self.blocks(section) if b.kind is BlockKind.PARAGRAPH and (not name or b.name == name)
        )

    def topics(self) -> list[tuple[str, str]]:
        """Return (section, title without numeral) of the parts of section II."""
        heads = [
            b
            for b in self.content.blocks
            if b.kind is BlockKind.H2 and b.section.startswith("ii-") and b.section != COMPARED
        ]
        return [(block.section, block.text.partition(". ")[2] or block.text) for block in heads]

    def keys_of_section(self, section: str) -> list[str]:
        """Return the figures of the whole window that a section's sentences tell; a rate of whatever moment."""
        told = [key for block in self.blocks(section) for key in block.keys if key in self.held]
        return [key for key in dict.fromkeys(told) if self._is_main(self.held[key])]

    def _is_main(self, ask: Ask) -> bool:
        if ask.dimension or ask.area_id != self.main_area:
            return False
        return ask.shape is Shape.RATIO or (ask.shape is Shape.SAID and ask.period_code == self.content.period.code)

    def main_keys(self) -> list[str]:
        """Return the first figures of every topic, the first of each before the second of any."""
        by_topic = [self.keys_of_section(section) for section, _ in self.topics()]
        longest = max(map(len, by_topic), default=0)
        return [keys[place] for place in range(longest) for keys in by_topic if place < len(keys)]

    def name(self, key: str) -> str:
        """Return what a figure is, for the line under it."""
        return idiom.lower_first(self.held[key].label)

    def said(self, key: str) -> str:
        """Return a figure with what was done, for a title: "vận động được {…}"."""
        form = SAID.get(self.held[key].indicator, self.name(key) + ": {}")
        return form.format("{" + key + "}")

    def series_name(self, indicator: str) -> str:
        """Return an indicator's name: the label of its plain figure of the whole window."""
        return next(
            (
                ask.label
                for ask in self.content.asks.values()
                if ask.indicator == indicator and ask.shape in (Shape.SAID, Shape.RATIO) and self._is_main(ask)
            ),
            "",
        )

    def against_target(self, key: str) -> str:
        """Return "đạt {…} kế hoạch năm" when the report prints it for the same figure, else ""."""
        ask = self.held[key]
        for other, one in self.held.items():
            same = (one.indicator, one.area_id, one.period_code, one.dimension) == (
                ask.indicator,
                ask.area_id,
                ask.period_code,
                "",
            )
            if same and one.shape in OF_PLAN:
                plan = one.label.partition(", so với ")[2] or "kế hoạch"
                return "đạt {" + other + "} " + plan
        return ""

    def targets(self) -> Iterator[tuple[str, Ask]]:
        """Yield the shares of a plan that the report prints, each indicator and window once."""
        told = set[tuple[str, str]]()
        for key, ask in self.held.items():
            what = (ask.indicator, ask.period_code)
            if ask.shape in OF_PLAN and ask.area_id == self.main_area and what not in told:
                told.add(what)
                yield key, ask

    def changes(self) -> list[tuple[str, Ask]]:
        """Return the comparisons with an earlier window that the report prints in words."""
        told = [(key, ask) for key, ask in self.held.items() if ask.shape in CHANGES and ask.area_id == self.main_area]
        words = {(ask.indicator, ask.period_code) for _, ask in told}
        return told + [
            (key, ask)
            for key, ask in self.held.items()
            if ask.shape is Shape.CELL_CHANGE
            and ask.area_id == self.main_area
            and (ask.indicator, ask.period_code) not in words
            and key in self._compared
        ]

    @cached_property
    def _compared(self) -> frozenset[str]:
        """The figures of the table that holds the window against the same one of the year before."""
        rows = [row for b in self.blocks(COMPARED) if b.kind is BlockKind.TABLE for row in b.spec["rows"]]
        return frozenset(cell.get("figure", "") for row in rows for cell in row)

    def of_change(self, key: str) -> str:
        """Return a sentence on a change, beside the figure itself where the report prints it."""
        ask = self.held[key]
        name = ask.label.removesuffix(", mức tăng, giảm").removesuffix(", mức thay đổi")
        if ask.shape is Shape.CELL_CHANGE:
            return name + ", so với cùng kỳ: {" + key + "}"
        beside = next(
            (
                other
                for other, one in self.held.items()
                if one.shape in (Shape.SAID, Shape.RATIO)
                and (one.indicator, one.area_id, one.period_code, one.dimension)
                == (ask.indicator, ask.area_id, ask.period_code, ask.dimension)
            ),
            "",
        )
        return f"{name}: " + ("{" + beside + "}, " if beside else "") + "{" + key + "}"

    def lacking(self) -> list[tuple[str, str]]:
        """Return (key, indicator's name) of the whole window's figures that lack units and say which."""
        found = dict[str, tuple[str, str]]()
        for key, ask in self.held.items():
            if ask.shape is Shape.COVERAGE and ask.area_id == self.main_area and self.content.printer.missing(ask):
                found.setdefault(ask.indicator, (key, ask.label.removesuffix(", phạm vi")))
        return list(found.values())

    def coverage_key(self) -> str:
        """Return the coverage that section I prints, "" where it prints none."""
        return next((key for key, ask in self.held.items() if ask.shape is Shape.COVERAGE), "")

    def awards(self) -> list[tuple[str, str]]:
        """Return (who, for what) of the list of commendations."""
        rows = [row for b in self.blocks("annex-awards") if b.kind is BlockKind.TABLE for row in b.spec["rows"]]
        return [(row[1].get("text", ""), row[2].get("text", "")) for row in rows]

    def unit_rows(self) -> list[tuple[list[str], list[tuple[str, list[dict[str, str]]]]]]:
        """Return for each table of the annex by units: (what its columns are about, [(unit, cells)])."""
        found = []
        for block in self.content.blocks:
            if block.kind is BlockKind.TABLE and block.section == "annex-1":
                heads = [about(column) for column in block.spec["columns"]]
                rows = [
                    (row[1].get("text", ""), row) for row in block.spec["rows"] if row[0].get("ordinal", "").isdigit()
                ]
                found.append((heads, rows))
        return found


def about(column: Mapping[str, str]) -> str:
    """Return what a column is about, without its unit: "Nhà ở (căn)" -> "Nhà ở"."""
    return (column["group"] or column["head"]).partition(" (")[0]
