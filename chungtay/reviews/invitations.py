"""Giấy mời: the invitation of one delegate to the conference, in the form of the office that holds it."""

from django.utils.timezone import localdate

from chungtay.kernel.text import date_text
from chungtay.papers.docx import write_docx
from chungtay.papers.rules import Paper, Paragraph
from chungtay.reviews.dossier_rules import BadRecord
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.models import Arrangement, DossierRecord, Review

SYMBOL_FROM, SYMBOL_TO = "BC-", "GM-"


def invitation_of(review: Review, arrangement: Arrangement | None, delegate: DossierRecord) -> Paper:
    """Return the letter. Raises BadRecord while day or place of the conference are open."""
    if arrangement is None or arrangement.held_on is None or not arrangement.place:
        raise BadRecord(
            "Chưa có ngày và địa điểm hội nghị nên chưa lập được giấy mời. Hãy ghi ở mục Kế hoạch, hội nghị."
        )
    head = head_from_json(review.head)
    hour = f"{arrangement.starts_at:%H giờ %M}, " if arrangement.starts_at else ""
    what = f"Hội nghị {review.word} {review.programme}"
    lines = [
        f"{head.issuer_in_text} trân trọng kính mời {delegate.name}, {delegate.detail}, dự {what}.",
        f"Thời gian: {hour}ngày {date_text(arrangement.held_on)}.",
        f"Địa điểm: {arrangement.place}.",
    ]
    if arrangement.chair:
        lines.append(f"Chủ trì: {arrangement.chair}.")
    if arrangement.agenda:
        lines.append(
            "Nội dung: " + "; ".join(part.strip(" .;") for part in arrangement.agenda.splitlines() if part) + "."
        )
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
    """Return the letter as .docx. Raises BadRecord, PaperError."""
    return write_docx(invitation_of(review, arrangement, delegate))
