"""How every form of the platform is drawn, and the few widgets and fields that Django does not have.

Django writes aria-describedby and aria-invalid; the templates in `ui/` draw around them. A form is put on a page with
`{{ form }}`, or with `form.html` and `question.html` through `screens.show_form`.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.renderers import TemplatesSetting
from django.template import loader
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from . import languages

OURS = "django/forms/widgets/"
DRAWN_BY = {
    "checkbox": "checkbox",
    "checkbox_select": "checkboxes",
    "clearable_file_input": "file",
    "file": "file",
    "multiple_hidden": "many",
    "multiwidget": "many",
    "radio": "radios",
    "select": "select",
    "splitdatetime": "many",
    "splithiddendatetime": "many",
    "textarea": "textarea",
}


class Renderer(TemplatesSetting):
    """Draws every form with the design system; a widget not named above is a one-line input."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:  # noqa: ANN401 - what Django returns
        if template_name.startswith(OURS):
            kind = template_name.removeprefix(OURS).removesuffix(".html")
            template_name = f"ui/widgets/{DRAWN_BY.get(kind, 'input')}.html"
        return loader.get_template(template_name)


def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """List what is wrong with a form: the id of the input to go to ("" for the form as a whole) and the sentence."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else first_input(field)
        found += [(target, sentence) for sentence in problems_of(field)]
    return found


def problems_of(field: BoundField) -> list[str]:
    """List what is wrong with a field. Where Django only says "required", say what to do, and with which field."""
    said = forms.Field.default_error_messages["required"]
    return [demand(field) if sentence == said else str(sentence) for sentence in field.errors]


def demand(field: BoundField) -> str:
    """Ask for an answer that is missing."""
    if isinstance(field.field.widget, forms.CheckboxInput):
        return gettext("Tick this if it is so: %(label)s") % {"label": field.label}
    if isinstance(field.field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return gettext("Choose an answer: %(label)s") % {"label": field.label}
    return gettext("Fill this in: %(label)s") % {"label": field.label}


def first_input(field: BoundField) -> str:
    """Return the id of the first input of a field, where a link from the error summary leads."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return str(widget.id_for_label(field.auto_id, "0"))
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


class SureForm(forms.Form):
    """Asks nothing: that it is sent is the answer."""


class Text(forms.TextInput):
    """One line of text; `width` is a number of characters (2, 3, 4, 5, 10, 20), `suffix` a unit beside it."""

    def __init__(
        self,
        width: int = 0,
        *,
        prefix: object = "",
        suffix: object = "",
        numeric: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})} if numeric else attrs)
        self.width, self.prefix, self.suffix = width, prefix, suffix

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"width": self.width, "prefix": self.prefix, "suffix": self.suffix}
        return context


class Radios(forms.RadioSelect):
    """Radio buttons: `inline` and `small` for dense pages; `hints` explains values one by one."""

    def __init__(self, hints: Mapping[str, object] | None = None, *, inline: bool = False, small: bool = False) -> None:
        super().__init__()
        self.hints, self.inline, self.small = hints or {}, inline, small

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"inline": self.inline, "small": self.small}
        return context

    def create_option(self, name: str, value: object, *args: Any, **others: Any) -> dict[str, Any]:  # noqa: ANN401 - handed on as they are
        option = super().create_option(name, value, *args, **others)
        if hint := self.hints.get(str(value)):
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}_hint"
        return option


def figures(text: str) -> str:
    """Return what was typed with the digits of any script written as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text.strip())


class DateBoxes(forms.Widget):
    """A date as three boxes: day, month, year. What was typed comes back as it was typed."""

    template_name = "ui/widgets/dates.html"
    use_fieldset = True
    BOXES = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        year, month, day = ([*str(value or "").split("-", 2), "", "", ""])[:3]
        typed = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        context["widget"]["invalid"] = "aria-invalid" in context["widget"]["attrs"]
        context["widget"]["boxes"] = [(part, label, width, typed[part]) for part, label, width in self.BOXES]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> str | None:  # noqa: ARG002 - Django asks for it
        day, month, year = (figures(str(data.get(f"{name}_{part}", ""))) for part, _label, _width in self.BOXES)
        return f"{year}-{month}-{day}" if day or month or year else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:  # noqa: ARG002
        return not any(f"{name}_{part}" in data for part, _label, _width in self.BOXES)

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_day" if id_ else ""


class DayField(forms.DateField):
    """A day, asked in three boxes."""

    widget = DateBoxes
    default_error_messages = {"invalid": _("Enter a real date, such as 27 3 2026")}

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(input_formats=["%Y-%m-%d"], **settings)


def in_characters(limit: int) -> str:
    """Say how long a text may be, in the language of the moment."""
    return ngettext("At most %(count)d character.", "At most %(count)d characters.", limit) % {"count": limit}


at_most = lazy(in_characters, str)  # a form is made once, and shown in more than one language


class NoteField(forms.CharField):
    """Some lines of text with a length that is said beforehand; too long is told with the number of characters.

    There is no maxlength in the browser, which would cut a pasted text without a word.
    """

    widget = forms.Textarea

    def __init__(self, *, limit: int, rows: int = 4, help_text: object = "", **settings: Any) -> None:  # noqa: ANN401
        most = at_most(limit)
        hint = format_lazy("{} {}", help_text, most) if help_text else most
        super().__init__(help_text=hint, **settings)
        self.limit, self.widget.attrs["rows"] = limit, rows

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        if (over := len(value) - self.limit) > 0:
            raise ValidationError(
                ngettext(
                    "Shorten “%(label)s” by %(count)d character", "Shorten “%(label)s” by %(count)d characters", over
                ),
                params={"label": self.label, "count": over},
            )


class WrittenInField(forms.ChoiceField):
    """In which language a text is written, in one select; until somebody says another, in that of the page."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - handed on
        said = {"label": _("Language of this text"), "initial": languages.page_language, **settings}
        super().__init__(choices=languages.choices, **said)

    def clean(self, value: object) -> str:
        return str(super().clean(value or languages.page_language()))
