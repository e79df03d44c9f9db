"""Section II, what was achieved: one function a topic, each writing sentences only from what the programme asks for.

An indicator that the programme does not have gets no sentence; one that it has but nobody reported gets a sentence that says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, period_of
from chungtay.reviews import idiom, tables
from chungtay.reviews.book import Book
from chungtay.reviews.comparing import write_comparisons
from chungtay.reviews.heads import in_sentence
from chungtay.reviews.rules import BlockKind, DraftBlock, Shape

FUND, HOUSES, BRIDGES = "fund.raised", "support.houses", "support.bridges"
PACKAGES, PACKAGE_VALUE = "support.packages", "support.package_value"
POVERTY, POOR, HOUSEHOLDS = "poverty.rate", "poverty.poor_households", "poverty.households"
CLUBS, MEMBERS, COOPERATIVES = "groups.hoi_quan", "groups.hoi_quan_members", "groups.htx_from_hoi_quan"
SELF_MANAGED, PROPAGANDA, AWARDS = "groups.self_managed", "activities.propaganda", "awards.collectives"


@dataclass(frozen=True)
class Topic:
    """A numbered part of section II: its title, the indicators it tells of, and how."""

    title: str
    codes: tuple[str, ...]
    write: Callable[[Book, str], list[DraftBlock]]


def write_results(book: Book) -> list[DraftBlock]:
    """Return the blocks of section II, its parts numbered in order."""
    blocks = [DraftBlock(BlockKind.H1, "ii", "h1", "II. KẾT QUẢ THỰC HIỆN")]
    number = 0
    for topic in (*TOPICS, Topic("Kết quả khác", _others(book), _write_others)):
        if not any(book.has(code) for code in topic.codes):
            continue
        number += 1
        section = f"ii-{number}"
        blocks.append(DraftBlock(BlockKind.H2, section, "h2", f"{number}. {topic.title}"))
        blocks += topic.write(book, section)
    return blocks + write_comparisons(book, number + 1, {year: tuple(first_parts(year)) for year in book.scope.years})


def paragraph(section: str, name: str, text: str, *, is_suggestion: bool = False) -> DraftBlock:
    """Return a paragraph of prose."""
    return DraftBlock(BlockKind.PARAGRAPH, section, name, text, is_suggestion=is_suggestion)


def _no_data(book: Book, code: str, section: str, mark: str = "") -> DraftBlock:
    name = idiom.lower_first(book.scope.series[code].name)
    text = f"Chưa có số liệu về {name} trong kỳ báo cáo."
    return paragraph(section, code, f"{mark} {text}".strip())


# ---------------------------------------------------------------- 1. the fund


def _write_fund(book: Book, section: str) -> list[DraftBlock]:
    if book.figure(FUND) is None:
        return [_no_data(book, FUND, section)]
    years = tables.told_years(book, FUND)
    total = book.ask(FUND)
    kinds = [
        f"{idiom.lower_first(label)} {token}"
        for key, label in book.scope.series[FUND].keys
        if (token := book.ask(FUND, dimension=key))
    ]
    parts = f" (trong đó: {'; '.join(kinds)})" if len(kinds) > 1 else ""
    window = idiom.capital(idiom.window_name(book.scope.period))
    growth = "" if len(years) > 1 else _growth(book, FUND, book.scope.period)
    text = (
        f"{window}, các cấp trên địa bàn {in_sentence(book.scope.area_name)} đã vận động được {total}{book.coverage(FUND)}"
        f"{parts}{book.reached(FUND)}{growth}."
    )
    blocks = [paragraph(section, "fund", text)]
    if len(years) > 1:
        blocks += _fund_by_year(book, section, years)
    return blocks


def _fund_by_year(book: Book, section: str, years: Sequence[Period]) -> list[DraftBlock]:
    """The years one by one, the clause on 2021, and the table with its chart."""
    sentences = []
    if epidemic := _year_of_epidemic(book, years):
        sentences.append(epidemic)
    whole = [year for year in years if year.end.month == 1 and year.start.month == 1 and year.start.year != 2021]
    said = [_year_clause(book, year) for year in (whole[-1:] + [year for year in years[-1:] if year not in whole])]
    if any(said):
        sentences.append(idiom.capital("; ".join(clause for clause in said if clause)) + ".")
    table = tables.years_table(book, FUND, section)
    chart = tables.years_chart(book, FUND, section)
    sentences.append(f"Kết quả từng năm thể hiện tại Bảng {book.tables} và Hình {book.charts}.")
    return [paragraph(section, "fund-years", " ".join(sentences)), table, chart]


def _year_of_epidemic(book: Book, years: Sequence[Period]) -> str:
    """2021 told apart, and that it is inside the total: the question that the first reports left open."""
    year = next((year for year in years if year.start.year == 2021 and year != book.scope.period), None)
    token = book.ask(FUND, period=year, places=2) if year else ""
    if not year or not token:
        return ""
    return (
        f"Riêng năm 2021, trong điều kiện dịch bệnh Covid-19, vẫn vận động được {token}"
        f"{book.coverage(FUND, period=year)}, đã tính trong tổng số."
    )


def _year_clause(book: Book, year: Period) -> str:
    token = book.ask(FUND, period=year, places=2)
    if not token:
        return ""
    text = (
        f"{idiom.window_name(year)} vận động được {token}{book.coverage(FUND, period=year)}{book.reached(FUND, year)}"
    )
    growth = _growth(book, FUND, year)
    return text + (growth or _growth_of_part(book, FUND, year))


def _growth(book: Book, code: str, window: Period) -> str:
    """The growth on the same window of last year, when both are complete."""
    token = book.ask(code, Shape.CHANGE, period=window)
    return f", {token}" if token else ""


def _growth_of_part(book: Book, code: str, year: Period) -> str:
    """For a year not yet over: its longest first part that has the same part of last year to stand beside it."""
    for window in first_parts(year):
        if (change := book.ask(code, Shape.CHANGE, period=window)) and (
            token := book.ask(code, period=window, places=2)
        ):
            return f" (riêng {idiom.window_name(window)} được {token}, {change})"
    return ""


def first_parts(year: Period) -> list[Period]:
    """Return the shorter windows that begin with the year, the longest first; none for a whole year."""
    if year.end.month == 1 or year.start.day != 1 or year.end.day != 1 or year.start.year != year.end.year:
        return []
    return [
        period_of(year.start, year.end.replace(month=month))
        for month in range(year.end.month - 1, year.start.month, -1)
    ]


# ---------------------------------------------------------------- 2. poor households and policy families


def _write_care(book: Book, section: str) -> list[DraftBlock]:
    points: list[tuple[str, str]] = []
    for code, write in ((HOUSES, _houses), (BRIDGES, _bridges), (PACKAGES, _packages), (POVERTY, _poverty)):
        if book.has(code):
            name = idiom.lower_first(book.scope.series[code].name)
            points.append((code, write(book) or f"Chưa có số liệu về {name} trong kỳ báo cáo."))
    blocks = [
        paragraph(section, code, f"{idiom.lettered(index)} {text}" if len(points) > 1 else text)
        for index, (code, text) in enumerate(points)
    ]
    if len(tables.told_years(book, HOUSES, BRIDGES, PACKAGES)) > 1:
        blocks.append(tables.care_table(book, section, (HOUSES, BRIDGES, PACKAGES, PACKAGE_VALUE)))
    if book.has(POVERTY) and len(tables.told_years(book, POVERTY)) > 1:
        blocks.append(tables.poverty_table(book, section, POVERTY))
    return blocks


def _split(book: Book, code: str) -> str:
    """The parts of a figure in brackets: " (xây mới 263 căn, sửa chữa 137 căn)"."""
    parts = [
        f"{idiom.lower_first(label)} {token}"
        for key, label in book.scope.series[code].keys
        if (token := book.ask(code, dimension=key))
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def _houses(book: Book) -> str:
    token = book.ask(HOUSES)
    if not token:
        return ""
    return (
        f"Về nhà ở: xây dựng và sửa chữa {token} nhà đại đoàn kết, nhà nhân ái, nhà tình thương cho hộ chính sách, hộ nghèo, "
        f"hộ cận nghèo và hộ có hoàn cảnh đặc biệt khó khăn{_split(book, HOUSES)}{book.coverage(HOUSES)}{book.reached(HOUSES)}."
    )


def _bridges(book: Book) -> str:
    token = book.ask(BRIDGES)
    if not token:
        return ""
    places = book.ask(BRIDGES, Shape.PLACES) if book.scope.children else ""
    at = f" tại {places}" if places else ""
    return f"Về giao thông nông thôn: xây dựng và sửa chữa {token} nông thôn{at}{book.coverage(BRIDGES)}{book.reached(BRIDGES)}."


def _packages(book: Book) -> str:
    token = book.ask(PACKAGES)
    if not token:
        return ""
    value = book.ask(PACKAGE_VALUE) if book.has(PACKAGE_VALUE) else ""
    worth = f" với tổng giá trị {value}" if value else ""
    return f"Về hỗ trợ đời sống, sản xuất: trao {token}{_split(book, PACKAGES)}{worth}{book.coverage(PACKAGES)}{book.reached(PACKAGES)}."


def _poverty(book: Book) -> str:
    """The newest whole year that has a rate, against the year before; a ratio is never without its terms."""
    years = [year for year in tables.told_years(book, POVERTY) if year.end.month == 1]
    window = years[-1] if years else book.scope.period
    figure, token = book.figure(POVERTY, window), book.ask(POVERTY, Shape.RATIO, period=window)
    if figure is None or figure.as_of is None or not token:
        return ""
    terms = book.ask(POVERTY, Shape.TERMS, period=window)
    change = book.ask(POVERTY, Shape.POINTS, period=window)
    goal, target = book.scope.last_goal(POVERTY), book.ask(POVERTY, Shape.TARGET, period=window)
    text = f"Tỷ lệ hộ nghèo {idiom.day_of_stock(figure.as_of)} còn {token} ({terms}){book.coverage(POVERTY, period=window)}"
    text += f", {change}" if change else ""
    return text + (f"; chỉ tiêu đến {idiom.day_of_stock(goal.period.last_day)}: {target}." if goal and target else ".")


# ---------------------------------------------------------------- 3. and 4. groups, activities, awards


def _write_groups(book: Book, section: str) -> list[DraftBlock]:
    blocks = []
    place = idiom.capital(in_sentence(book.scope.area_name))
    if book.has(CLUBS):
        if token := book.ask(CLUBS):
            members = book.ask(MEMBERS) if book.has(MEMBERS) else ""
            born = book.ask(COOPERATIVES) if book.has(COOPERATIVES) else ""
            text = f"{place} duy trì {token}{book.coverage(CLUBS)}{book.reached(CLUBS)}"
            text += f", với {members}{book.coverage(MEMBERS)}" if members else ""
            text += (
                f"; từ Hội quán đã hình thành {born}{book.coverage(COOPERATIVES)}{book.reached(COOPERATIVES)}"
                if born
                else ""
            )
            blocks.append(paragraph(section, CLUBS, f"{text}."))
        else:
            blocks.append(_no_data(book, CLUBS, section))
    if book.has(SELF_MANAGED):
        if token := book.ask(SELF_MANAGED):
            noun = "" if "tự quản" in book.scope.series[SELF_MANAGED].unit else " Nhân dân tự quản"
            text = f"Trên địa bàn có {token}{noun}{book.coverage(SELF_MANAGED)}."
            blocks.append(paragraph(section, SELF_MANAGED, text))
        else:
            blocks.append(_no_data(book, SELF_MANAGED, section))
    return blocks


def _write_propaganda(book: Book, section: str) -> list[DraftBlock]:
    token = book.ask(PROPAGANDA)
    if not token:
        return [_no_data(book, PROPAGANDA, section)]
    text = (
        f"Các cơ quan, tổ chức phối hợp thực hiện {token} tuyên truyền, vận động đoàn viên, hội viên và Nhân dân tham gia các "
        f"chương trình, đề án trọng tâm{book.coverage(PROPAGANDA)}{book.reached(PROPAGANDA)}."
    )
    return [paragraph(section, PROPAGANDA, text)]


def _write_awards(book: Book, section: str) -> list[DraftBlock]:
    token = book.ask(AWARDS)
    if not token:
        return [_no_data(book, AWARDS, section)]
    text = f"Khen thưởng {token} có thành tích xuất sắc trong thực hiện Chương trình{book.coverage(AWARDS)}."
    return [paragraph(section, AWARDS, text)]


TOPICS = (
    Topic("Vận động, quản lý và sử dụng Quỹ “Vì người nghèo”", (FUND,), _write_fund),
    Topic("Chăm lo hộ nghèo, gia đình chính sách", (HOUSES, BRIDGES, PACKAGES, POVERTY), _write_care),
    Topic("Hội quán, kinh tế hợp tác và các mô hình tự quản", (CLUBS, SELF_MANAGED), _write_groups),
    Topic("Tuyên truyền, vận động Nhân dân", (PROPAGANDA,), _write_propaganda),
    Topic("Khen thưởng", (AWARDS,), _write_awards),
)
TOLD = frozenset(code for topic in TOPICS for code in topic.codes) | {
    PACKAGE_VALUE,
    MEMBERS,
    COOPERATIVES,
    POOR,
    HOUSEHOLDS,
}


def _others(book: Book) -> tuple[str, ...]:
    """The indicators that no topic tells of; the terms of a ratio are told with it."""
    terms = {term for series in book.scope.series.values() for term in series.terms or ()}
    return tuple(code for code in book.scope.series if code not in TOLD | terms)


def _write_others(book: Book, section: str) -> list[DraftBlock]:
    return [_one_other(book, code, section) for code in _others(book)]


def _one_other(book: Book, code: str, section: str) -> DraftBlock:
    series = book.scope.series[code]
    if series.kind is Kind.RATIO:
        token, terms = book.ask(code, Shape.RATIO), book.ask(code, Shape.TERMS)
        said = f"{token} ({terms})" if token else ""
    else:
        said = book.ask(code) and f"{book.ask(code)}{_split(book, code)}"
    if not said:
        return _no_data(book, code, section)
    return paragraph(section, code, f"{series.name}: {said}{book.coverage(code)}{book.reached(code)}.")
