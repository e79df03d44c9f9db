"""Workload K: a thousand certificates of one decision as one PDF/A, every name fitted, every page with a code of its own.

The file is read back before it is timed: each name stands whole on a page of its own, with its number of the reward book.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pypdfium2

from bench.harness import LIMIT, OURS, Goal
from chungtay.papers.certificates import Batch, Certificate, write_certificates_pdf

COUNT = 1000
NAMES = (
    "Tổ Nhân dân tự quản số",
    "Ban Công tác Mặt trận Khóm",
    "Câu lạc bộ “Tôn giáo tham gia bảo vệ môi trường và ứng phó với biến đổi khí hậu” xã Tân Thuận Đông, nhóm",
    "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Tịnh Thới, tổ",
)


def made_batch(turn: int = 0) -> Batch:
    """Return a thousand certificates, names of 26 to 115 letters; each turn has names, numbers and codes of its own."""
    first = turn * COUNT
    return Batch(
        issuer="Chủ tịch Ủy ban nhân dân thành phố Cao Lãnh",
        kind="Giấy khen",
        merit="Đã có thành tích xuất sắc trong thực hiện Chương trình phối hợp về một số nhiệm vụ trọng tâm",
        decision="Quyết định số 418/QĐ-UBND ngày 26 tháng 5 năm 2023",
        place="Cao Lãnh",
        dated_on=date(2023, 5, 26),
        position="Chủ tịch",
        signer="Nguyễn Văn A",
        items=[
            Certificate(
                f"{NAMES[at % len(NAMES)]} {at}",
                f"{at:02d}/2023",
                f"https://chungtay.example.vn/khen-thuong/kiem-tra/ABCDEF{at:06d}/",
                f"ABCDEF{at:06d}",
            )
            for at in range(first + 1, first + COUNT + 1)
        ],
    )


class Certificates:
    """A thousand certificates in one file."""

    name = "certificates"
    title = f"K {COUNT:,} certificates as one PDF/A"
    rounds = 2
    goals: Sequence[Goal] = (Goal(OURS, most_ms=10_000),)

    def prepare(self, folder: Path) -> None:
        del folder
        self.batch, self.turn = made_batch(), 0
        self.data = write_certificates_pdf(self.batch)

    def check(self) -> str:
        """Read every name, number and code back from its page."""
        document = pypdfium2.PdfDocument(self.data)
        assert len(document) == COUNT
        for page, item in zip(document, self.batch.items, strict=True):
            said = "".join(page.get_textpage().get_text_bounded().split())
            assert "".join(item.to.split()) in said
            assert item.book in said
            assert item.code in said
        document.close()
        return f"{COUNT:,} pages read back, {len(self.data) / 2**20:.1f} MiB"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        """The probe packs the finished file once: no way of writing it does less."""
        return {LIMIT: lambda: zlib.compress(self.data, 6), OURS: self.written}

    def written(self) -> bytes:
        """Write certificates that were never written before: the compiler remembers what it has laid out."""
        self.turn += 1
        return write_certificates_pdf(made_batch(self.turn))


CASES = [Certificates()]
