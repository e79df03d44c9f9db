"""Tables of the funds. What is booked is only ever added to; what is still being written stands in drafts."""

from chungtay.funds.models.chest import Campaign as Campaign
from chungtay.funds.models.chest import Fund as Fund
from chungtay.funds.models.chest import LedgerAccount as LedgerAccount
from chungtay.funds.models.chest import Purpose as Purpose
from chungtay.funds.models.chest import SpendingKind as SpendingKind
from chungtay.funds.models.chest import SpendingLimit as SpendingLimit
from chungtay.funds.models.gifts import OutsideGift as OutsideGift
from chungtay.funds.models.gifts import Pledge as Pledge
from chungtay.funds.models.journal import Balance as Balance
from chungtay.funds.models.journal import BookHead as BookHead
from chungtay.funds.models.journal import Counter as Counter
from chungtay.funds.models.journal import Draft as Draft
from chungtay.funds.models.journal import Entry as Entry
from chungtay.funds.models.journal import Handout as Handout
from chungtay.funds.models.journal import KeptAnswer as KeptAnswer
from chungtay.funds.models.journal import PeriodAct as PeriodAct
from chungtay.funds.models.journal import PeriodVerb as PeriodVerb
from chungtay.funds.models.journal import Voucher as Voucher
