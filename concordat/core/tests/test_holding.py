"""The shape of the whole house: whatever changes a shared row says so, and takes its turn with it.

A new form or action that forgets it fails here. What need not is listed, with the reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
FOLDERS = {"tests", "testing", "demo", "migrations", "management", "locale"}
TURNS = {"hold", "hold_draft", "take_turn", "select_for_update", "_locked", "_found", "_waiting", "hold_to_change"}

# A form that is filled from something: what need not say which shared thing it changes, and why.
FILLED = {
    "agreements/views/reading.py compare": "which two versions are compared; it changes nothing",
    "agreements/views/signing.py sign": "the check number is what is signed; another text is refused",
    "agreements/views/stopping.py suspend": "one's own answers in one's own session",
    "agreements/views/stopping.py suspend_length": "one's own answers in one's own session",
    "agreements/views/stopping.py suspend_consequences": "one's own answers in one's own session",
    "agreements/views/talking.py suggest": "a new row, filled with the words that stand there now",
    "agreements/views/talking.py suggest_row": "a new proposal, filled with the row that stands there now",
    "controllers/views.py state": "a new row, filled with what was stated last; both stay in the list",
    "impact/views.py advise": "a new row; only who usually speaks is chosen beforehand",
    "agreements/views/writing.py renew": "a new draft, filled with the days that follow",
    "notices/reading.py preferences": "nobody else's",
    "referrals/asking/views/preparation.py record_participation": "a new row, filled with the usual last day",
    "safety/views/boundary.py pass_on": "a new row, filled with the ground that the report speaks for",
    "safety/views/threats.py report": "a new row, filled with whoever reports",
    "safety/views/wellbeing.py begin_support": "a new row, filled with whoever asks",
}

# An action that changes or deletes a row: what need not take a turn of its own, and why.
UNHELD = {
    "agreements/actions/draft.py copied": "a new draft; part of actions that hold the agreement",
    "agreements/actions/draft.py fill_objectives": "part of a new draft that nobody else has seen",
    "agreements/actions/parts.py name_purpose": "part of `fill_rules`, which holds the draft",
    "cases/actions.py index_names": "part of writing an identity: the same numbers for the same name",
    "cases/actions.py _end_list": "part of actions that hold the case or the list",
    "teams/actions.py _end": "part of actions that hold the team and its member or case",
    "clocks/actions.py stop": "ended is ended, whoever is first; part of actions that hold what it is about",
    "clocks/actions.py unsubscribe": "nobody else's",
    "imports/actions.py go_on": "part of `load` and of the worker's batch, which hold the file",
    "imports/actions.py _start": "part of `load`, which holds the file",
    "imports/actions.py _finish": "part of actions that hold the file",
    "imports/directory.py _decide": "part of actions that hold the service of the file",
    "notices/actions.py prefer": "nobody else's",
    "notices/actions.py see": "nobody else's, and the same whoever is first",
    "notices/actions.py see_all": "the same",
    "people/actions.py end_token": "ended is ended, whoever is first",
    "people/actions.py join_as_new": "`people.take_up` takes an invitation up once",
    "people/actions.py make_invitation": "the older codes are void whoever is first; part of actions that hold",
}


def functions(pattern: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Walk through the functions of some files, each with its name: file and function."""
    for path in sorted(PACKAGE.glob(pattern)):
        name = path.relative_to(PACKAGE)
        if not FOLDERS & set(name.parts):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield f"{name} {node.name}", node


def calls(function: ast.FunctionDef) -> Iterator[tuple[str, ast.Call]]:
    """Return what a function calls, by the last part of its name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def is_filled(function: ast.FunctionDef) -> bool:
    """Tell whether a view makes a form and fills it from what there is."""
    made = [call for name, call in calls(function) if name.endswith("Form")]
    return any(one.arg in {"initial", "newest", "guessed", "given"} for call in made for one in call.keywords)


def declares(function: ast.FunctionDef) -> bool:
    return any(one.arg == "changes" for _name, call in calls(function) for one in call.keywords)


def changing(function: ast.FunctionDef) -> bool:
    """Tell whether a function changes or deletes rows that may be there already."""
    found = dict(calls(function))
    saves = [call for name, call in calls(function) if name == "save"]
    return bool({"delete", "bulk_update", "update"} & {name for name in found if on_rows(found[name])}) or any(
        one.arg == "update_fields" for call in saves for one in call.keywords
    )


def on_rows(call: ast.Call) -> bool:
    """Tell an update of rows, which names its columns, from one of a dict, which does not."""
    return getattr(call.func, "attr", "") != "update" or bool(call.keywords)


def test_every_form_that_is_filled_says_which_shared_thing_it_changes() -> None:
    pages = ("**/views.py", "**/views/*.py", "**/*_views.py", "notices/*.py", "people/*.py")
    found = {name: one for pattern in pages for name, one in functions(pattern)}
    silent = {name for name, one in found.items() if is_filled(one) and not declares(one)}
    assert silent == set(FILLED)


def test_every_action_that_changes_a_row_takes_its_turn() -> None:
    unheld = {
        name
        for pattern in ("**/actions.py", "**/actions/*.py", "imports/directory.py")
        for name, one in functions(pattern)
        if changing(one) and not TURNS & {called for called, _call in calls(one)}
    }
    assert unheld == set(UNHELD)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "def view(request):\n form = ThingForm(request.POST, initial={})\n return show_form(request, form)",
            True,
        ),
        ("def view(request):\n return show_form(request, ThingForm(initial={}), save, changes=thing)", False),
        ("def view(request):\n return show_form(request, ThingForm(request.POST), save)", False),
    ],
)
def test_the_check_finds_a_form_that_is_silent(text: str, *, found: bool) -> None:
    (view,) = ast.parse(text).body
    assert isinstance(view, ast.FunctionDef)
    assert (is_filled(view) and not declares(view)) == found
