"""The money of an award, pure: dated coefficient × dated base salary, rounded up by the dated step, every step shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay.emulation.dated import Rule, RuleKind, rule_on
from chungtay.emulation.rules import Form, Recipient
from chungtay.emulation.scoring import short_text
from chungtay.kernel.numerals import format_integer

THOUSANDTHS = 1000


@dataclass(frozen=True)
class Reward:
    """How the money of one award came about: coefficient in thousandths, base, step and amounts in integer đồng."""

    coefficient: int
    base: int
    step: int
    bases: tuple[str, str, str]  # of the coefficient, the base salary and the rounding

    @property
    def product_thousandths(self) -> int:
        """Coefficient × base, in thousandths of a đồng: exact."""
        return self.coefficient * self.base

    @property
    def amount(self) -> int:
        """What is paid, integer đồng: the product rounded up to the step."""
        unit = THOUSANDTHS * self.step
        return -(-self.product_thousandths // unit) * self.step

    @property
    def lines(self) -> tuple[str, ...]:
        """The computation step by step, in words."""
        product, times = short_text(self.product_thousandths, 3), short_text(self.coefficient, 3)
        return (
            f"Hệ số {times}: {self.bases[0]}",
            f"Lương cơ sở {format_integer(self.base)} đồng: {self.bases[1]}",
            f"{times} × {format_integer(self.base)} = {product} đồng",
            f"Làm tròn lên {format_integer(self.step)} đồng: {format_integer(self.amount)} đồng, {self.bases[2]}",
        )

    def as_json(self) -> dict[str, object]:
        """Return what is kept with the award."""
        return {"coefficient": self.coefficient, "base": self.base, "step": self.step, "bases": list(self.bases)}


def reward_of(rules: Iterable[Rule], form: Form, recipient: Recipient, signed_on: date) -> Reward:
    """Return the money of an award by the rules in force on the day the decision is signed. Raises NoRule."""
    listed = list(rules)
    rate = rule_on(listed, RuleKind.RATE, f"{form}/{recipient}", signed_on)
    base = rule_on(listed, RuleKind.BASE, "", signed_on)
    step = rule_on(listed, RuleKind.ROUNDING, "", signed_on)
    return Reward(rate.value, base.value, step.value, (rate.basis, base.basis, step.basis))


def reward_from_json(said: Mapping[str, Any]) -> Reward:
    """Return what `as_json` wrote."""
    first, second, third = said["bases"]
    return Reward(said["coefficient"], said["base"], said["step"], (first, second, third))
