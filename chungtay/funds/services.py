"""The one door to what changes in the funds."""

from chungtay.funds.closing import WrongTurn as WrongTurn
from chungtay.funds.closing import ask as ask_period
from chungtay.funds.closing import confirm as confirm_period
from chungtay.funds.drafting import change_draft as change_draft
from chungtay.funds.drafting import drop_draft as drop_draft
from chungtay.funds.drafting import write_draft as write_draft
from chungtay.funds.paying import NotPayable as NotPayable
from chungtay.funds.paying import pay_voucher as pay_voucher
from chungtay.funds.posting import DraftMovedOn as DraftMovedOn
from chungtay.funds.posting import NotReversible as NotReversible
from chungtay.funds.posting import post_draft as post_draft
from chungtay.funds.posting import reverse_voucher as reverse_voucher
from chungtay.funds.setting_up import load_chart as load_chart
from chungtay.funds.setting_up import open_campaign as open_campaign
from chungtay.funds.setting_up import open_fund as open_fund

__all__ = ["ask_period", "confirm_period"]
