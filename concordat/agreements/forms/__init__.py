"""The forms of agreements."""

from .draft import (
    NEW_FORMS,
    ChangeRuleForm,
    ClauseForm,
    DaysForm,
    FillForm,
    KindForm,
    PaymentForm,
    PlacesForm,
    ProhibitionForm,
    RequirementForm,
    RuleForm,
    parties,
)
from .stopping import CompareForm, EndForm, GroundForm, LengthForm, MakingUpForm, SignForm
from .talking import ReplyForm, SuggestForm

__all__ = [
    "NEW_FORMS",
    "ChangeRuleForm",
    "ClauseForm",
    "CompareForm",
    "DaysForm",
    "EndForm",
    "FillForm",
    "GroundForm",
    "KindForm",
    "LengthForm",
    "MakingUpForm",
    "PaymentForm",
    "PlacesForm",
    "ProhibitionForm",
    "ReplyForm",
    "RequirementForm",
    "RuleForm",
    "SignForm",
    "SuggestForm",
    "parties",
]
