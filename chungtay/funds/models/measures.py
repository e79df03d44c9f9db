"""Which figures of the account a fund's records make: data of the fund, not code."""

from django.db import models
from django.db.models import Q

from chungtay.funds.models.chest import Fund
from chungtay.funds.rules import MEASURE_LABELS, Measure
from chungtay.indicators.models import Indicator


class FundMeasure(models.Model):
    """One amount of a fund told to the account every month, as a cell of an indicator.

    `accounts` separated by spaces: of RECEIVED and CAMPAIGN what counts as given, of SPENT what counts as spent (none: the
    accounts of all spending kinds). `dimension` "" where the cell is named by the campaign or the spending kind.
    """

    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="measures")
    measure = models.CharField("số được ghi", max_length=12, choices=[(m.value, MEASURE_LABELS[m]) for m in Measure])
    accounts = models.CharField("tài khoản", max_length=100, blank=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField("phân tổ", max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "indicator", "dimension"], name="fund_measure_cell_once"),
            models.CheckConstraint(condition=Q(measure__in=[m.value for m in Measure]), name="fund_measure_is_known"),
            models.CheckConstraint(
                condition=~Q(measure="received", accounts=""), name="fund_measure_received_names_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.accounts}".strip()

    @property
    def codes(self) -> frozenset[str]:
        """The accounts it counts."""
        return frozenset(self.accounts.split())
