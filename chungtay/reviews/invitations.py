"""Giấy mời: the invitation of one delegate to the conference, in the form of the office that holds it."""

from django.utils.timezone import localdate

from chungtay.evidence.selectors import opened
from chungtay.kernel.text import date_text
from chungtay.papers.docx import write_docx
from chungtay.papers.rules import Paper, Paragraph
from chungtay.papers.tags import Format
from chungtay.papers.templatefill import fill
from chungtay.reviews.dossier_rules import BadRecord
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.models import Arrangement, DossierRecord, Review
from chungtay.reviews.templating import in_force

SYMBOL_FROM, SYMBOL_TO = "BC-", "GM-"


def invitation_of(review: Review, arrangement: Arrangement | None, delegate: DossierRecord) -> Paper:
    """Return the letter. Raises BadRecord while day or place of the conference are open."""
    if arrangement is None or arrangement.held_on is None or not arrangement.place:
        raise BadRecord(
            "Chưa có ngày và địa điểm hội nghị nên chưa lập được giấy mời. Hãy ghi ở mục Kế hoạch, hội nghị."
        )
    head = head_from_json(review.head)
    what = f"Hội nghị {review.word} {review.programme}"
    lines = [
        f"{head.issuer_in_text} trân trọng kính mời {delegate.name}, {delegate.detail}, dự {what}.",
        f"Thời gian: {_hour(arrangement)}ngày {date_text(arrangement.held_on)}.",
        f"Địa điểm: {arrangement.place}.",
    ]
    if arrangement.chair:
        lines.append(f"Chủ trì: {arrangement.chair}.")
    if arrangement.agenda:
        lines.append(f"Nội dung: {_agenda(arrangement)}.")
    lines.append("Rất mong được đón tiếp./.")
    names = tuple(word for line in lines for word in [line] if any(c.isdigit() for c in word))
    paper_head = head.paper_head()
    return Paper(
        head=type(paper_head)(
            **{
                **vars(paper_head),
                "number": "",
                "symbol": paper_head.symbol.replace(SYMBOL_FROM, SYMBOL_TO),
                "dated_on": localdate(arrangement.at),
            }
        ),
        type_name="GIẤY MỜI",
        abstract=(f"Dự {what}",),
        blocks=tuple(Paragraph(line) for line in lines),
        signatures=head.paper_signatures(),
        names=names,
    )


def invitation_file(review: Review, arrangement: Arrangement | None, delegate: DossierRecord) -> bytes:
    """Return the letter as .docx, in the office's own template where one is in force. Raises BadRecord, PaperError."""
    paper = invitation_of(review, arrangement, delegate)
    template = in_force(review.area_id, review.header, Format.INVITATION, paper.head.dated_on)
    if template is None or template.attachment is None or arrangement is None or arrangement.held_on is None:
        return write_docx(paper)
    more = {
        "dai_bieu": delegate.name,
        "chuc_vu_dai_bieu": delegate.detail,
        "thoi_gian": f"{_hour(arrangement)}ngày {date_text(arrangement.held_on)}",
        "dia_diem": arrangement.place,
        "chu_tri": arrangement.chair,
        "chuong_trinh": _agenda(arrangement),
    }
    return fill(opened(template.attachment), paper, form=Format.INVITATION, more=more)


def _hour(arrangement: Arrangement) -> str:
    return f"{arrangement.starts_at:%H giờ %M}, " if arrangement.starts_at else ""


def _agenda(arrangement: Arrangement) -> str:
    return "; ".join(part.strip(" .;") for part in arrangement.agenda.splitlines() if part)
