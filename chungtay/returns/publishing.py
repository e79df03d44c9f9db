"""Publishing a form: its cells, its rules, who fills it, and which of its cells are only held against the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.indicators.selectors import indicators_by_code
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.returns import rules, selectors
from chungtay.returns.models import Form, FormCell, FormRule
from chungtay.returns.relations import RulesMakeNoSense as RulesMakeNoSense
from chungtay.returns.relations import rule_problems


@dataclass(frozen=True)
class CellDraft:
    """A cell of a form to be published."""

    section: str
    label: str
    indicator: str
    dimension: str = ""
    hint: str = ""
    is_total: bool = False  # the unit's own total of what lower units report: a claim, never a fact

    @property
    def key(self) -> str:
        """The cell's key, unique in its form."""
        return f"{self.indicator}:{self.dimension}" if self.dimension else self.indicator


@transaction.atomic
def publish_form(
    *,
    programme: Programme,
    code: str,
    title: str,
    cells: Sequence[CellDraft],
    relations: Sequence[rules.RuleSpec] = (),
    body_kind: BodyKind = BodyKind.UBND,
    now: datetime,
    by: User | None,
) -> Form:
    """Publish a form, or its next version; rounds opened before keep the version they were opened with.

    body_kind: who fills it; what another body's form asks for already is only held against that body's figures. Raises
    RulesMakeNoSense naming every rule that the form cannot have.
    """
    old = selectors.current_form(programme, code)
    if old is not None:
        old.is_current = False
        old.save(update_fields=["is_current"])
    form = Form.objects.create(
        programme=programme, code=code, version=old.version + 1 if old else 1, title=title, body_kind=body_kind
    )
    indicators = indicators_by_code(dict.fromkeys(c.indicator for c in cells))
    of_others = selectors.recorded_by_others(indicators.values(), body_kind)
    FormCell.objects.bulk_create(
        FormCell(
            form=form,
            position=i,
            section=c.section,
            key=c.key,
            indicator=indicators[c.indicator],
            dimension=c.dimension,
            label=c.label,
            hint=c.hint,
            is_total=c.is_total,
            is_second=indicators[c.indicator].pk in of_others,
        )
        for i, c in enumerate(cells, 1)
    )
    if problems := rule_problems(relations, selectors.form_spec(form).cells):
        raise RulesMakeNoSense(problems)
    FormRule.objects.bulk_create(
        FormRule(
            form=form,
            position=i,
            kind=r.kind,
            left=r.left,
            right=r.right,
            sentence=r.sentence,
            weight=r.weight,
            low=r.low,
            high=r.high,
        )
        for i, r in enumerate(relations, 1)
    )
    audit.record("returns.form.published", obj=form, data={"code": code, "version": form.version}, now=now, by=by)
    return form
