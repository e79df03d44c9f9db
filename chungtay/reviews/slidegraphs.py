"""Graphs of the slides, drawn from the report's own tables and charts: every bar is a figure that the report prints."""

from collections.abc import Mapping, Sequence

from chungtay.papers.deck import Graph
from chungtay.papers.rules import Bar, ChartBlock
from chungtay.reviews import idiom
from chungtay.reviews.content import chart_block
from chungtay.reviews.rules import BlockKind, DraftBlock, Shape
from chungtay.reviews.telling import Teller, about

MOST_UNITS = 16  # bars that can be told apart from the back of a hall
EACH_END = 7


def is_of_years(block: DraftBlock) -> bool:
    """Whether a block is a table by years."""
    return block.kind is BlockKind.TABLE and block.name.endswith("-years")


def chart_of(teller: Teller, block: DraftBlock) -> Graph:
    """Return the report's own chart."""
    return Graph(chart_block(teller.content, block.spec))


def graph_of_rows(teller: Teller, block: DraftBlock) -> Graph | None:
    """Return the columns of a table by years that belong to its leading indicator: parts stacked, else the whole."""
    columns = block.spec["columns"]
    rows = [(row[0].get("text", ""), _keys(teller, row)) for row in block.spec["rows"]]
    keys = [key for _, held in rows for key in held]
    shares = [key for key in keys if teller.held[key].shape is Shape.CELL_RATIO]
    if not keys:
        return None
    leading = teller.held[(shares or keys)[0]].indicator
    bars, names, caption = list[Bar](), dict[str, str](), ""
    for label, held in rows:
        mine = {teller.held[key].dimension: key for key in held if teller.held[key].indicator == leading}
        whole = mine.pop("", "")
        if whole:
            bars.append(Bar(label, tuple(mine.values()), whole))
            names |= {part: columns[held[key]]["head"] for part, key in mine.items()}
            caption = about(columns[held[whole]])
    if len(bars) < 2:
        return None
    if len({len(bar.parts) for bar in bars}) > 1:  # a year whose parts are not all known
        bars = [Bar(bar.label, (), bar.total) for bar in bars]
    first = teller.held[bars[0].total]
    return Graph(
        ChartBlock(
            caption=f"{caption} theo năm",
            alt="",
            unit_line="%" if first.shape is Shape.CELL_RATIO else _unit(teller, bars[0].total),
            series=tuple(idiom.capital(name) for name in names.values()),
            bars=tuple(bars),
        )
    )


def graph_of_targets(teller: Teller) -> Graph | None:
    """Return the shares of plans, of the whole window and of its years, largest first."""
    found = [(teller.paper.figures[key].ratio or 0, key, ask) for key, ask in teller.targets()]
    if not found:
        return None
    found.sort(key=lambda each: (-each[0], each[1]))
    bars = tuple(Bar(_of_plan(ask.label), (), key) for _, key, ask in found[:12])
    chart = ChartBlock(caption="So với kế hoạch", alt="", unit_line="% kế hoạch", bars=bars)
    return Graph(chart, is_lying=True)


def _of_plan(label: str) -> str:
    """ "Nhà ở, so với kế hoạch giai đoạn 2020 - 2024" -> "Nhà ở (giai đoạn 2020 - 2024)"."""
    name, _, plan = label.partition(", so với kế hoạch")
    plan = plan.strip().replace("năm", "kế hoạch năm")
    return f"{name} ({plan})" if plan else name


def graphs_of_units(teller: Teller) -> list[Graph]:
    """Return for each leading indicator the units from the highest to the lowest; of many, both ends."""
    graphs = []
    for heads, rows in teller.unit_rows():
        for place in range(2, len(heads)):
            held = [(name, key) for name, row in rows if (key := _whole(teller, row[place]))]
            if len(held) < max(3, len(rows) // 2) or len(held) < 3:
                continue
            held.sort(key=lambda each: -(teller.paper.figures[each[1]].value or 0))
            if teller.paper.figures[held[0][1]].value != teller.paper.figures[held[-1][1]].value:
                graphs.append(_of_units(teller, heads[place], held))
    return graphs


def told_ends(teller: Teller, graph: Graph) -> str:
    """Return the title of a graph of units: who stands first and last, where one alone does."""
    bars = graph.chart.bars
    values = [teller.paper.figures[bar.total].value for bar in bars]
    said = [f"cao nhất là {bars[0].label}"] * (values[0] != values[1])
    said += [f"thấp nhất là {bars[-1].label}"] * (values[-1] != values[-2])
    caption = idiom.capital(graph.chart.caption)
    return f"{caption}: {', '.join(said)}" if said else f"{caption} theo đơn vị"


def _whole(teller: Teller, cell: Mapping[str, str]) -> str:
    """The key of a cell that holds a whole amount or count, "" for others."""
    key = cell.get("figure", "")
    ask = teller.held.get(key)
    return key if ask is not None and ask.shape is Shape.CELL and not ask.dimension else ""


def _of_units(teller: Teller, name: str, held: Sequence[tuple[str, str]]) -> Graph:
    caption = name
    if len(held) > MOST_UNITS:
        held = [*held[:EACH_END], *held[-EACH_END:]]
        caption = f"{name}, các đơn vị ở hai đầu"
    bars = tuple(Bar(unit, (), key) for unit, key in held)
    unit = _unit(teller, held[0][1])
    return Graph(ChartBlock(caption=caption, alt="", unit_line=unit, bars=bars), is_lying=True)


def _unit(teller: Teller, key: str) -> str:
    figure = teller.paper.figures[key]
    return {10**6: "triệu đồng", 10**9: "tỷ đồng"}.get(figure.divisor, figure.unit)


def _keys(teller: Teller, cells: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """The figures of a row, each with the place of its column."""
    return {cell["figure"]: place for place, cell in enumerate(cells) if cell.get("figure", "") in teller.held}
