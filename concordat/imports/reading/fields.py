"""What a caseload file may say about a person. Nationality, religion and offence have no field, so none is stored."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Field(StrEnum):
    """A fact that an import can load."""

    SOURCE_IDENTIFIER = "source_identifier"
    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    LANGUAGES = "languages"
    ESTABLISHMENT = "establishment"
    ARRIVED_ON = "arrived_on"
    TRANSFER_KIND = "transfer_kind"
    SENTENCE_START = "sentence_start"
    RELEASE_DATE = "release_date"
    RELEASE_DATE_KIND = "release_date_kind"
    SERVICE_PURPOSE = "service_purpose"

    @property
    def label(self) -> str:
        """The field in the reader's language."""
        return str(_LABELS[self])

    @property
    def required(self) -> bool:
        """Whether no row can be loaded without it."""
        return self in REQUIRED

    @property
    def is_date(self) -> bool:
        """Whether its values are days."""
        return self in DATES

    @property
    def limit(self) -> int:
        """How many characters its text may have."""
        return _LIMITS.get(self, 120)


REQUIRED = frozenset({Field.SOURCE_IDENTIFIER, Field.ESTABLISHMENT, Field.SERVICE_PURPOSE})
DATES = frozenset({Field.BIRTH_DATE, Field.ARRIVED_ON, Field.SENTENCE_START, Field.RELEASE_DATE})
NAMES = frozenset({Field.FAMILY_NAME, Field.GIVEN_NAMES, Field.FULL_NAME})
_LIMITS = {
    Field.SOURCE_IDENTIFIER: 80,
    Field.FULL_NAME: 240,
    Field.LANGUAGES: 400,
    Field.RELEASE_DATE_KIND: 40,
    Field.SERVICE_PURPOSE: 200,
}
_LABELS = {
    Field.SOURCE_IDENTIFIER: _("Number in the source"),
    Field.FAMILY_NAME: _("Family name"),
    Field.GIVEN_NAMES: _("Given names"),
    Field.FULL_NAME: _("Full name"),
    Field.BIRTH_DATE: _("Birth date"),
    Field.SEX: _("Sex"),
    Field.LANGUAGES: _("Languages"),
    Field.ESTABLISHMENT: _("Establishment"),
    Field.ARRIVED_ON: _("Arrived on"),
    Field.TRANSFER_KIND: _("Kind of transfer"),
    Field.SENTENCE_START: _("Sentence began"),
    Field.RELEASE_DATE: _("Release date"),
    Field.RELEASE_DATE_KIND: _("How sure the date is"),
    Field.SERVICE_PURPOSE: _("What service is asked for"),
}
