"""The proposal to commend and the decision as official papers: who, for what, with the points and the money behind each."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from chungtay.emulation import selectors
from chungtay.emulation.awarding import rewards_of
from chungtay.emulation.dated import NoRule
from chungtay.emulation.figures_of_papers import (
    COUNCIL,
    TEXT,
    count_figure,
    foot_note,
    head_of,
    head_of_council,
    money_figure,
    points_figure,
)
from chungtay.emulation.models import Award, Decision
from chungtay.emulation.rewards import Reward, reward_from_json
from chungtay.emulation.rules import MONEY_LABELS, PRINTED, RECIPIENT_LABELS, Form, MoneyFrom, Recipient
from chungtay.papers.rules import (
    Align,
    Annex,
    Column,
    Mark,
    NumberCell,
    OrdinalCell,
    Paper,
    Paragraph,
    PrintedFigure,
    Signature,
    TableBlock,
    TextCell,
)
from chungtay.papers.sources import with_sources

# ---------------------------------------------------------------- proposal


def proposal(decision: Decision) -> Paper:
    """Return the proposal (tờ trình) to commend with its list: who, for what, and the points and place where a contest stands behind."""
    awards = list(decision.awards.select_related("sheet").order_by("position"))
    figures: dict[str, PrintedFigure] = {}
    places = _places(decision)
    rows = []
    for at, award in enumerate(awards, 1):
        cells: list[TextCell | OrdinalCell | NumberCell | Mark] = [
            OrdinalCell(str(at)),
            TextCell(award.name),
            TextCell(RECIPIENT_LABELS[Recipient(award.kind)]),
            TextCell(award.achievement),
        ]
        found = places.get(award.sheet_id)
        if found is not None:
            url, points, place, seen = found
            figures[f"p{at}"] = points_figure(
                f"p{at}", points, f"Điểm của {award.name}", url, "Kết quả đã công bố", seen
            )
            figures[f"h{at}"] = count_figure(f"h{at}", place, f"Hạng của {award.name}", "Kết quả đã công bố", url)
            cells += [NumberCell(f"p{at}"), NumberCell(f"h{at}")]
        else:
            cells += [Mark.NO_SUM, Mark.NO_SUM]
        rows.append(tuple(cells))
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Tập thể, cá nhân, hộ gia đình", 52, TEXT),
        Column("Đối tượng", 22, TEXT),
        Column("Thành tích", 0, TEXT),
        Column("Điểm", 18),
        Column("Hạng", 15),
    )
    url = reverse("decision-detail", args=[decision.pk])
    figures["count"] = count_figure("count", len(awards), "Số người được đề nghị", "Danh sách kèm theo", url)
    form = PRINTED[Form(decision.form)].capitalize()
    blocks = [
        Paragraph("Căn cứ Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành;"),
        *([Paragraph(f"Căn cứ kết quả {decision.contest.title} đã được công bố;")] if decision.contest else []),
        Paragraph(
            f"{COUNCIL} trình xem xét, tặng {form} cho {{count}} trường hợp có tên trong danh sách kèm theo. "
            f"Thành tích: {decision.merit}."
        ),
        Paragraph("Kính trình xem xét, quyết định./."),
    ]
    paper = Paper(
        head=head_of_council(decision.body, "TTr", decision.place, decision.signed_on),
        type_name="TỜ TRÌNH",
        abstract=(f"Về việc tặng {form}",),
        addressees=(f"Chủ tịch {decision.body.name}",),
        blocks=tuple(blocks),
        signatures=(Signature(("TM. HỘI ĐỒNG", "CHỦ TỊCH HỘI ĐỒNG"), ""),),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(Annex((f"Danh sách đề nghị tặng {form}",), (TableBlock(columns=columns, rows=tuple(rows)),)),),
        note=foot_note(decision.is_sample),
        figures=figures,
        names=_names(decision, awards),
    )
    return with_sources(paper)


def _places(decision: Decision) -> dict[object, tuple[str, int, int, datetime]]:
    """{sheet: (where it opens, points, place, when published)} of the contest behind a decision."""
    if decision.contest is None:
        return {}
    last = selectors.last_publication(decision.contest)
    if last is None:
        return {}
    return {
        one.sheet_id: (reverse("sheet-detail", args=[one.sheet_id]), one.points, one.place, last.at)
        for one in selectors.results_of(last)
    }


def _names(decision: Decision, awards: Sequence[Award]) -> tuple[str, ...]:
    """Names and titles that may hold digits: they are no figures."""
    contest = (decision.contest.title,) if decision.contest else ()
    return (decision.merit, decision.place, decision.body.name, *contest, *(award.name for award in awards))


# ---------------------------------------------------------------- the decision


def decision_paper(decision: Decision) -> Paper:
    """Return the decision with its list and the money of each, computed by the rules of the day on which it is signed."""
    awards = list(decision.awards.order_by("position"))
    url = reverse("decision-detail", args=[decision.pk])
    rewards = rewards_shown(decision, awards)
    figures = {"count": count_figure("count", len(awards), "Số người được khen", "Danh sách kèm theo", url)}
    rows = []
    for at, award in enumerate(awards, 1):
        reward = rewards.get(award.pk)
        money: NumberCell | Mark = Mark.NONE
        if reward is not None:
            figures[f"m{at}"] = money_figure(f"m{at}", reward.amount, award.name, "; ".join(reward.lines), url)
            money = NumberCell(f"m{at}")
        kind = TextCell(RECIPIENT_LABELS[Recipient(award.kind)])
        rows.append((OrdinalCell(str(at)), TextCell(award.name), kind, TextCell(award.achievement), money))
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Tên", 52, TEXT),
        Column("Đối tượng", 22, TEXT),
        Column("Thành tích", 0, TEXT),
        Column("Tiền thưởng", 28),
    )
    form = PRINTED[Form(decision.form)].capitalize()
    paid = "Điều 2. Danh hiệu, hình thức khen tại Quyết định này không kèm tiền thưởng."
    if decision.money != MoneyFrom.NONE:
        total = sum(one.amount for one in rewards.values())
        figures["total"] = money_figure("total", total, "Tổng tiền thưởng", "Cộng danh sách kèm theo", url)
        source = decision.fund.name if decision.fund else MONEY_LABELS[MoneyFrom.BUDGET].lower()
        paid = f"Điều 2. Tiền thưởng kèm theo là {{total}} đồng, chi từ {source}."
    paper = Paper(
        head=head_of(decision.body, "QĐ", decision.place, decision.signed_on, decision.number.split("/")[0]),
        type_name="QUYẾT ĐỊNH",
        abstract=(f"Về việc tặng {form}",),
        blocks=(
            Paragraph("Căn cứ Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành;"),
            Paragraph(
                f"Điều 1. Tặng {form} cho {{count}} trường hợp có tên trong danh sách kèm theo. {decision.merit}."
            ),
            Paragraph(paid),
            Paragraph(
                "Điều 3. Các cơ quan, đơn vị, cá nhân liên quan và người có tên tại Điều 1 thi hành Quyết định này./."
            ),
        ),
        signatures=(Signature(tuple(decision.position.upper().split(", ")), decision.signer),),
        recipients=("Như Điều 3", "Lưu: VT"),
        annexes=(
            Annex(
                (f"Danh sách được tặng {form}",),
                (TableBlock(columns=columns, rows=tuple(rows), unit_line="đồng"),),
            ),
        ),
        note=foot_note(decision.is_sample),
        figures=figures,
        names=_names(decision, awards) + ((decision.fund.name,) if decision.fund else ()),
    )
    return with_sources(paper)


def rewards_shown(decision: Decision, awards: Sequence[Award]) -> dict[int, Reward]:
    """Return {award: its money}: as booked once it is issued, as the rules of its day say before; nothing where no rule holds."""
    booked = {one.award_id: one for one in decision.entries.filter(replaces=None)}
    if booked:
        return {key: reward_from_json(one.reward) for key, one in booked.items() if one.reward}
    if decision.money == MoneyFrom.NONE:
        return {}
    try:
        return rewards_of(decision, selectors.rules_at(decision.body.area_id, decision.signed_on), awards)
    except NoRule:
        return {}
