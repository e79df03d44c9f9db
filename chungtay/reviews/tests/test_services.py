"""Creating, editing, writing again, putting before the signer: who may, what is kept, what is refused."""

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.papers.rules import HeadKind, PaperError
from chungtay.reviews import selectors, services
from chungtay.reviews.gates import gates_of
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.rules import NotDraft, NotReady, State, TypedNumber, UnknownPlaceholder
from chungtay.reviews.tests.world import KNOWN, LATER, TODAY, paragraph_of


def edit(review, name, text, by, **given):
    return services.edit_block(block=paragraph_of(review, name), text=text, now=TODAY, by=by, **given)


def gates(review):
    blocks = selectors.blocks_of(review)
    return gates_of(selectors.content_of(review, blocks), blocks)


def agree_with_all(review, by):
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=by)


def test_the_officer_of_the_area_creates_a_review(world):
    review = world.create()
    assert review.state == State.DRAFT
    assert review.revision == 1
    assert review.blocks.count() > 20
    assert [e.code for e in audit.events_of(review)] == ["reviews.review.created"]


@pytest.mark.parametrize("who", ["upper_leader", "clerk", "auditor", "outsider", "province_officer"])
def test_nobody_else_does(world, who):
    with pytest.raises(NotAllowed):
        world.create(by=getattr(world.cast, who))


def test_figures_cannot_be_asked_as_they_will_be_known(world):
    with pytest.raises(services.KnownInFuture):
        world.create(known_at=LATER)


def test_an_edit_keeps_what_stood_there_and_who_changed_it(world):
    review, officer = world.create(), world.cast.officer
    old = paragraph_of(review, "support.houses").text
    block = edit(review, "support.houses", "Cả thành phố xây, sửa {nhà ở}.", officer)
    assert block.is_edited
    kept = review.edits.get()
    assert (kept.old_text, kept.new_text, kept.by, kept.revision) == (old, block.text, officer, 2)
    review.refresh_from_db()
    assert review.revision == 2
    assert [e.code for e in audit.events_of(review)][-1] == "reviews.review.edited"


def test_the_history_of_edits_cannot_be_changed(world):
    review = world.create()
    edit(review, "lessons", "Làm đến đâu, chắc đến đó.", world.cast.officer)
    kept = review.edits.get()
    kept.new_text = "khác"
    with pytest.raises(HistoryIsFixed):
        kept.save()


def test_a_typed_number_is_refused_and_nothing_changes(world):
    review = world.create()
    with pytest.raises(TypedNumber, match="“416”"):
        edit(review, "support.houses", "Xây, sửa 416 căn nhà.", world.cast.officer)
    review.refresh_from_db()
    assert review.revision == 1
    assert not review.edits.exists()


def test_an_unknown_figure_is_refused(world):
    with pytest.raises(UnknownPlaceholder):
        edit(world.create(), "support.houses", "Xây, sửa {trường học}.", world.cast.officer)


def test_headings_and_tables_are_not_written_by_hand(world):
    review = world.create()
    with pytest.raises(services.NotProse):
        services.edit_block(block=review.blocks.filter(kind="h1").first(), text="X", now=TODAY, by=world.cast.officer)
    with pytest.raises(services.NotProse):
        services.edit_block(
            block=review.blocks.filter(kind="table").first(), text="X", now=TODAY, by=world.cast.officer
        )


def test_an_editor_who_has_not_seen_the_last_version_is_told(world):
    review = world.create()
    edit(review, "lessons", "Làm đến đâu, chắc đến đó.", world.cast.officer, revision=1)
    with pytest.raises(services.MovedOn):
        edit(review, "causes", "Do thiếu người.", world.cast.officer, revision=1)


def test_a_paragraph_goes_back_to_what_the_software_wrote(world):
    review, officer = world.create(), world.cast.officer
    old = paragraph_of(review, "support.houses").text
    block = edit(review, "support.houses", "Xây, sửa {nhà ở}.", officer)
    assert services.restore_block(block=block, now=TODAY, by=officer).text == old
    assert review.edits.count() == 2


def test_the_last_paragraph_keeps_its_closing_mark(world):
    review = world.create()
    assert edit(review, "close", "Trên đây là báo cáo.", world.cast.officer).text == "Trên đây là báo cáo./."


def test_writing_again_takes_new_figures_and_leaves_edited_words_alone(world):
    review, officer = world.create(), world.cast.officer
    edit(review, "support.houses", "Xây, sửa {nhà ở}.", officer)
    before = selectors.content_of(review).printed["vận động quỹ"].value
    world.correct()
    services.refresh_review(review=review, known_at=LATER, now=LATER, by=officer)
    review.refresh_from_db()
    assert review.known_at == LATER
    assert paragraph_of(review, "support.houses").text == "Xây, sửa {nhà ở}."
    after = selectors.content_of(review).printed["vận động quỹ"].value
    assert after - before == 500_000_000 - 11_000_000


def test_writing_again_drops_what_the_figures_no_longer_call_for_but_keeps_edited_words(world):
    review, officer = world.create(), world.cast.officer
    edit(review, "fund-years", "Từng năm xem {vận động quỹ 2021}.", officer)
    early = KNOWN.replace(year=2019, month=12)
    services.refresh_review(review=review, known_at=early, now=TODAY, by=officer)
    assert not review.blocks.filter(name="fund").exists()
    assert paragraph_of(review, "fund-years").text == "Từng năm xem {vận động quỹ 2021}."
    review.refresh_from_db()
    unknown = next(gate for gate in gates(review) if "chưa có trong câu đã sửa" in gate.title)
    assert unknown.stops


def test_another_figure_can_be_asked_for_and_named(world):
    review, officer, unit = world.create(), world.cast.officer, world.cast.communes[0]
    key = services.add_question(
        review=review, indicator="support.houses|new", area_id=unit.pk, period_code="2022", now=TODAY, by=officer
    )
    review.refresh_from_db()
    assert selectors.content_of(review).printed[key].text == "20\u00a0căn"
    edit(review, "lessons", f"Đơn vị làm tốt xây được {{{key}}}.", officer)
    services.refresh_review(review=review, now=TODAY, by=officer)
    review.refresh_from_db()
    assert key in selectors.asks_of(review)


def test_a_figure_of_another_place_is_refused(world):
    with pytest.raises(selectors.NoSuchQuestion):
        services.add_question(
            review=world.create(),
            indicator="support.houses",
            area_id=world.cast.other_city.pk,
            period_code="2022",
            now=TODAY,
            by=world.cast.officer,
        )


def test_the_head_can_be_filled_and_the_issuer_changed(world):
    review, officer = world.create(), world.cast.officer
    services.change_head(review=review, changes={"number": "152"}, now=TODAY, by=officer)
    review.refresh_from_db()
    assert head_from_json(review.head).paper_head().reference == "152/BC-UBND"
    services.set_header(review=review, header=HeadKind.JOINT, now=TODAY, by=officer)
    review.refresh_from_db()
    head = head_from_json(review.head)
    assert (head.number, len(head.signatures)) == ("", 2)
    assert "Ban Thường trực" in paragraph_of(review, "open").text


def test_a_head_that_states_a_figure_is_refused(world):
    review = world.create()
    with pytest.raises(PaperError, match="416"):
        services.change_head(review=review, changes={"abstract": ("Về 416 căn nhà",)}, now=TODAY, by=world.cast.officer)
    review.refresh_from_db()
    assert head_from_json(review.head).abstract[0].startswith("Sơ kết")


def test_a_review_is_put_before_its_signer_when_no_gate_stops_it(world):
    review, officer = world.create(), world.cast.officer
    with pytest.raises(NotReady, match="nhận định"):
        services.submit_review(review=review, now=TODAY, by=officer)
    agree_with_all(review, officer)
    services.submit_review(review=review, now=TODAY, by=officer)
    review.refresh_from_db()
    assert review.state == State.FOR_SIGNING
    with pytest.raises(NotDraft):
        edit(review, "lessons", "Sửa sau khi trình.", officer)
    services.reopen_review(review=review, now=TODAY, by=officer)
    edit(review, "lessons", "Sửa sau khi mở lại.", officer)


def test_a_figure_that_lacks_units_stops_the_review_when_the_words_keep_silent(world):
    review, officer = world.create(), world.cast.officer
    assert not gates(review)[0].stops
    for name in ("groups.self_managed", "lacking"):
        edit(review, name, "Có {tổ tự quản}.", officer)
    review.refresh_from_db()
    gate = gates(review)[0]
    assert gate.stops
    assert "3/4" in gate.findings[0].text


def test_a_paragraph_that_lost_its_figures_is_pointed_out(world):
    review = world.create()
    edit(review, "support.houses", "Nhiều căn nhà đã được xây.", world.cast.officer)
    review.refresh_from_db()
    gate = gates(review)[-1]
    assert (gate.state, gate.stops, len(gate.findings)) == ("explain", False, 1)


def test_a_total_that_its_years_do_not_add_up_to_stops_the_review(world):
    from chungtay.figures import services as figures
    from chungtay.figures.rules import Statement
    from chungtay.kernel.periods import parse_period

    across = Statement("activities.propaganda", "", world.cast.city.pk, parse_period("2021-12..2022-01"), 5)
    figures.record_facts([across], status="approved", source_kind="test", source_id="across", now=KNOWN, by=None)
    gate = gates(world.create())[1]
    assert gate.stops
    assert "các năm cộng lại" in gate.findings[0].text


def test_the_stored_review_of_the_same_day_is_found(world):
    review = world.create()
    asked = {"programme": world.programme, "area": world.cast.city, "period_code": "2020-01..2023-03"}
    found = selectors.stored_review(**asked, header=HeadKind.UBND, known_at=KNOWN)
    end_of_day = KNOWN.replace(hour=23, minute=59, second=59, microsecond=999999)
    assert found == selectors.stored_review(**asked, header=HeadKind.UBND, known_at=end_of_day) == review
    assert selectors.stored_review(**asked, header=HeadKind.UBND, known_at=TODAY) is None
    assert selectors.stored_review(**asked, header=HeadKind.MTTQ, known_at=KNOWN) is None
    edit(review, "lessons", "Làm đến đâu, chắc đến đó.", world.cast.officer)
    content, which = services.content_for(**asked, header=HeadKind.UBND, known_at=KNOWN)
    assert which == review
    assert any("chắc đến đó" in block.text for block in content.blocks)


def test_a_code_from_a_printed_page_opens_the_figure(world):
    from chungtay.figures import selectors as account

    review = world.create()
    printed = selectors.content_of(review).printed["nhà ở"]
    trace = selectors.trace_of_code(world.cast.officer, printed.trace.lower(), on=TODAY.date())
    assert account.trace(trace).figure.value == 416
    assert selectors.trace_of_code(world.cast.outsider, printed.trace, on=TODAY.date()) is None


def test_who_wrote_a_review_is_among_its_authors(world):
    review = world.create()
    assert review.access_authors == {world.cast.officer.pk}
