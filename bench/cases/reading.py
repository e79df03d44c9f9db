"""Workload T: 1 MB of reports and articles, every number drawn anew; the reader against a probe that only looks for digits."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.harness import LIMIT, OURS, Goal
from chungtay.kernel.numerals import format_integer, scaled_text
from chungtay.reading import read

SIZE = 1_000_000  # bytes
FORMS = (
    "Trong năm 2023, Ủy ban MTTQ các xã, phường vận động được {m} tỷ đồng, xây mới và sửa chữa {n} căn nhà đại đoàn kết cho hộ khó khăn. ",
    "Thực hiện Chương trình phối hợp số 500, ngày 13/12/2019, các tổ chức chính trị - xã hội đã cụ thể hóa nhiều hoạt động thiết thực. ",
    "Tỷ lệ hộ nghèo còn {p}%, giảm {n} hộ so với cuối năm 2022; bình quân thu nhập đạt trên {m} triệu đồng/người/năm. ",
    "Công tác tuyên truyền được đẩy mạnh bằng nhiều hình thức phù hợp với từng địa bàn, được Nhân dân đồng tình hưởng ứng tích cực. ",
    "Hội Phụ nữ duy trì {n} câu lạc bộ, trao {t} suất quà, mỗi suất từ {k} đến {l} nghìn đồng; có {s}/{w} xã hoàn thành kế hoạch. ",
    "Lực lượng chức năng nhắc nhở các hộ kinh doanh trên tuyến Quốc lộ 30, đoạn qua khóm 3 và khóm 5, giữ gìn vệ sinh môi trường. ",
)
FIGURES = (2, 0, 3, 0, 4, 0)
"""How many figures each form has."""


def made_text() -> tuple[str, int]:
    """Return the text, a paragraph of three sentences after the other, and how many figures were put into it."""
    dice = random.Random(2024)
    parts: list[str] = []
    size = figures = 0
    while size < SIZE:
        at = dice.randrange(len(FORMS))
        low, whole = dice.randrange(100, 500), dice.randrange(11, 40)
        piece = FORMS[at].format(
            m=scaled_text(dice.randrange(1_001, 99_999), 2),
            n=dice.randrange(2, 990),
            p=scaled_text(dice.randrange(11, 999), 2),
            t=format_integer(dice.randrange(1_000, 90_000)),
            k=low,
            l=low + dice.randrange(1, 400),
            s=dice.randrange(1, whole),
            w=whole,
        )
        piece += "\n" if len(parts) % 3 == 2 else ""
        parts.append(piece)
        size += len(piece.encode())
        figures += FIGURES[at]
    return "".join(parts), figures


class Reading:
    """The promise of the reader: a megabyte in a second."""

    name = "reading"
    title = (
        f"T reading: {SIZE / 1e6:g} MB of reports and articles, all figures with value, unit, qualifier and sentence"
    )
    rounds = 7
    goals: Sequence[Goal] = (Goal(OURS, most_ms=1000),)

    def prepare(self, folder: Path) -> None:
        del folder
        self.text, self.figures = made_text()
        self.digits = re.compile(r"\d+")

    def check(self) -> str:
        """Count the figures against those that were put in; each stands where it says."""
        found = read(self.text)
        assert len(found) == self.figures, (len(found), self.figures)
        assert all(self.text[figure.start : figure.end] == figure.text for figure in found)
        return f"{len(found):,} figures found of {self.figures:,}, in {len(self.text):,} letters"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: lambda: len(self.digits.findall(self.text)), OURS: lambda: read(self.text)}


CASES = [Reading()]
