"""The shape of what is typed when something is offered, asked, answered and agreed. The rest stands in `rules`."""

from .goals import EvaluationForm, GoalsForm, PersonsWordForm, as_typed
from .preparation import ConflictForm, CoverForm, ParticipationForm, WithdrawForm, renewal_by_default
from .referral import AnswerForm, ReferralForm, SendForm
from .service import ServiceForm, ServicesForm, described

__all__ = [
    "AnswerForm",
    "ConflictForm",
    "CoverForm",
    "EvaluationForm",
    "GoalsForm",
    "ParticipationForm",
    "PersonsWordForm",
    "ReferralForm",
    "SendForm",
    "ServiceForm",
    "ServicesForm",
    "WithdrawForm",
    "as_typed",
    "described",
    "renewal_by_default",
]
