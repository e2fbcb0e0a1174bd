"""Forms: errors lead to their fields, nothing that was typed is lost, and every description that is named exists."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms import formset_factory
from django.template import engines
from django.utils.datastructures import MultiValueDict

from concordat.core.forms import DayField, NoteField, Radios, Text, errors_of


class Everything(forms.Form):
    happened = forms.ChoiceField(
        label="Did it happen?", choices=[("y", "Yes"), ("n", "No")], widget=Radios({"n": "Say why"}, inline=True)
    )
    minutes = forms.IntegerField(
        label="How long?", widget=Text(3, suffix="minutes", numeric=True), help_text="In minutes."
    )
    on = DayField(label="On which day?", help_text="The day of the session.")
    note = NoteField(label="Weekly routine", limit=10)
    place = forms.ChoiceField(label="Where?", choices=[("", "Choose"), ("a", "Aldermoor")])
    told = forms.MultipleChoiceField(
        label="Who knows?", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    grouped = forms.ChoiceField(label="Group", choices=[("G", [("a", "A")])], required=False)
    sheet = forms.FileField(label="Sheet")
    sure = forms.BooleanField(label="I have read it", help_text="All of it.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    mail = forms.EmailField(label="E-mail", required=False)
    when = forms.SplitDateTimeField(label="When", required=False)


class Reader(HTMLParser):
    """Collects ids and the ids that are referred to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"for", "aria-describedby"}:
                self.named += (value or "").split()
            if tag == "a" and name == "href" and (value or "").startswith("#"):
                self.named.append((value or "")[1:])


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.mark.parametrize(
    "form", [Everything(), Everything({}), Everything({"on_day": "31", "on_month": "2"}, prefix="p")]
)
def test_every_label_description_and_link_leads_to_something(form: forms.Form) -> None:
    reader = read(str(form))
    assert [name for name in reader.named if name not in reader.ids] == []
    assert len(reader.ids) == len(set(reader.ids))


def test_every_error_is_in_the_summary_and_beside_its_field() -> None:
    form = Everything({"note": "far too long a note", "happened": "y"})
    page = str(form)
    summary, fields = page.split("</ul>", 1)
    for target, sentence in errors_of(form):
        assert f'<a href="#{target}">' in summary
        assert sentence.split("“")[0] in fields
    assert f"{len(errors_of(form))} things to put right" in summary
    assert summary.index("autofocus") < summary.index("What you typed is kept.")


def test_a_missing_answer_is_asked_for_by_name() -> None:
    said = [sentence for _target, sentence in errors_of(Everything({}))]
    assert "Choose an answer: Did it happen?" in said
    assert "Fill this in: How long?" in said
    assert "Tick this if it is so: I have read it" in said
    assert not any("required" in sentence for sentence in said)


def test_a_field_with_its_own_words_keeps_them() -> None:
    class Own(forms.Form):
        minutes = forms.IntegerField(error_messages={"required": "Say how long the session was, in minutes"})

    assert errors_of(Own({})) == [("id_minutes", "Say how long the session was, in minutes")]


def test_an_error_of_the_whole_form_is_said_without_a_link() -> None:
    form = Everything({})
    form.add_error(None, "This referral is already answered.")
    assert errors_of(form)[0] == ("", "This referral is already answered.")
    assert "<li>This referral is already answered.</li>" in str(form)


def test_a_date_that_does_not_exist_comes_back_as_it_was_typed() -> None:
    form = Everything({"on_day": "31", "on_month": "2", "on_year": "2026"})
    assert form.errors["on"] == ["Enter a real date, such as 27 3 2026"]
    boxes = re.findall(r'name="on_(\w+)"[^>]* value="(\d+)"', str(form["on"]))
    assert boxes == [("day", "31"), ("month", "2"), ("year", "2026")]


@pytest.mark.parametrize(
    ("day", "month", "year", "cleaned"),
    [
        ("9", "3", "2026", date(2026, 3, 9)),
        ("09", "03", "2026", date(2026, 3, 9)),
        ("٩", "٣", "٢٠٢٦", date(2026, 3, 9)),
    ],
)
def test_a_date_is_read_from_three_boxes(day: str, month: str, year: str, cleaned: date) -> None:
    class On(forms.Form):
        on = DayField()

    form = On({"on_day": day, "on_month": month, "on_year": year})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == cleaned


def test_a_date_may_be_left_out_and_a_known_one_is_shown() -> None:
    class On(forms.Form):
        on = DayField(required=False)

    assert On({}).is_valid()
    assert 'name="on_day" type="text" inputmode="numeric" autocomplete="off" value="9"' in str(
        On(initial={"on": date(2026, 3, 9)})["on"]
    )


def test_a_long_note_says_by_how_much_it_must_be_shortened() -> None:
    form = Everything({"note": "x" * 13})
    assert form.errors["note"] == ["Shorten “Weekly routine” by 3 characters"]
    assert "maxlength" not in str(form["note"])
    assert "At most 10 characters." in str(Everything())


def test_a_new_line_counts_once() -> None:
    class Note(forms.Form):
        note = NoteField(limit=3)

    assert Note({"note": "a\r\nb"}).is_valid()


def test_an_optional_field_says_so_unless_all_are() -> None:
    class Narrow(forms.Form):
        place = forms.CharField(required=False)

    assert "(optional)" in str(Narrow())
    Narrow.all_optional = True  # type: ignore[attr-defined]
    assert "(optional)" not in str(Narrow())


def test_units_and_hints_of_single_answers_are_shown() -> None:
    page = str(Everything())
    assert '<div class="govuk-input__suffix" aria-hidden="true">minutes</div>' in page
    assert 'id="id_happened_1_hint">Say why' in page
    assert "govuk-radios--inline" in page


def test_what_was_typed_is_shown_again() -> None:
    page = str(Everything(MultiValueDict({"note": ["<kept>"], "told": ["b"], "place": ["a"], "minutes": ["many"]})))
    assert "&lt;kept&gt;" in page
    assert re.search(r'value="b"[^>]*checked', page)
    assert re.search(r'value="a"[^>]* selected', page)
    assert 'value="many"' in page


def test_a_single_field_becomes_the_heading_of_a_question() -> None:
    class Days(forms.Form):
        days = forms.IntegerField(label="Days")

    page = (
        engines["django"]
        .from_string("{% load ui %}{% question form.days title caption %}")
        .render({"form": Days(), "title": "For how many days?", "caption": "Question 2 of 3"})
    )
    assert re.search(r"<h1[^>]*><label[^>]*>For how many days\?</label></h1>", page)
    assert "Question 2 of 3" in page


def test_a_form_that_narrows_a_list_is_sent_with_get() -> None:
    page = engines["django"].from_string("{% load ui %}{% narrow form %}").render({"form": Everything()})
    assert 'method="get"' in page
    assert "csrfmiddlewaretoken" not in page


def test_several_forms_keep_their_counter() -> None:
    page = str(formset_factory(Everything, extra=2)())
    assert 'name="form-TOTAL_FORMS"' in page
    assert 'name="form-1-minutes"' in page
