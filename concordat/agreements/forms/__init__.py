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
from .stopping import CompareForm, EndForm, GroundForm, LengthForm, MakingUpForm, PaperForm, SignForm
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
    "PaperForm",
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
