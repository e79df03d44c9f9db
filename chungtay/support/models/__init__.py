"""Tables of the cases. The head of a case moves; what it said, who did what and what was given out are only ever added to."""

from chungtay.support.models.cases import Case as Case
from chungtay.support.models.cases import CaseCounter as CaseCounter
from chungtay.support.models.cases import CaseVersion as CaseVersion
from chungtay.support.models.cases import CostShare as CostShare
from chungtay.support.models.cases import SupportLimit as SupportLimit
from chungtay.support.models.lines import Handover as Handover
from chungtay.support.models.lines import HandoverHead as HandoverHead
from chungtay.support.models.lines import PackageLine as PackageLine
from chungtay.support.models.steps import CaseEvidence as CaseEvidence
from chungtay.support.models.steps import CaseMoney as CaseMoney
from chungtay.support.models.steps import CaseStep as CaseStep
from chungtay.support.models.steps import Comment as Comment
from chungtay.support.models.steps import CommentAnswer as CommentAnswer
from chungtay.support.models.steps import MoneyVerb as MoneyVerb
from chungtay.support.models.steps import Role as Role
