"""The one door to what changes in the funds."""

from chungtay.funds.bank.accounts import AccountTaken as AccountTaken
from chungtay.funds.bank.accounts import open_account as open_account
from chungtay.funds.bank.accounts import remember_profile as remember_profile
from chungtay.funds.bank.importing import NotTakenIn as NotTakenIn
from chungtay.funds.bank.importing import WrongAccount as WrongAccount
from chungtay.funds.bank.importing import import_statement as import_statement
from chungtay.funds.bank.revealing import NoPurpose as NoPurpose
from chungtay.funds.bank.revealing import reveal_party as reveal_party
from chungtay.funds.bank.settling import NotExplained as NotExplained
from chungtay.funds.bank.settling import leave_out as leave_out
from chungtay.funds.bank.settling import settle as settle
from chungtay.funds.bank.settling import take_back as take_back
from chungtay.funds.closing import WrongTurn as WrongTurn
from chungtay.funds.closing import ask as ask_period
from chungtay.funds.closing import confirm as confirm_period
from chungtay.funds.drafting import change_draft as change_draft
from chungtay.funds.drafting import drop_draft as drop_draft
from chungtay.funds.drafting import write_draft as write_draft
from chungtay.funds.giving import BadGift as BadGift
from chungtay.funds.giving import record_outside_gift as record_outside_gift
from chungtay.funds.giving import record_pledge as record_pledge
from chungtay.funds.measured import CellTaken as CellTaken
from chungtay.funds.measured import MeasureDraft as MeasureDraft
from chungtay.funds.measured import set_measures as set_measures
from chungtay.funds.paying import NotPayable as NotPayable
from chungtay.funds.paying import pay_voucher as pay_voucher
from chungtay.funds.posting import DraftMovedOn as DraftMovedOn
from chungtay.funds.posting import NotReversible as NotReversible
from chungtay.funds.posting import post_draft as post_draft
from chungtay.funds.posting import post_drafts as post_drafts
from chungtay.funds.posting import reverse_voucher as reverse_voucher
from chungtay.funds.reversing import ask_reversal as ask_reversal
from chungtay.funds.reversing import confirm_reversal as confirm_reversal
from chungtay.funds.reversing import decline_reversal as decline_reversal
from chungtay.funds.setting_up import load_chart as load_chart
from chungtay.funds.setting_up import open_campaign as open_campaign
from chungtay.funds.setting_up import open_fund as open_fund
from chungtay.funds.telling import tell_facts as tell_facts

__all__ = ["ask_period", "confirm_period"]
