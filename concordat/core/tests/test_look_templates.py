"""Every template of the house: it compiles, and a strict content security policy has nothing to block in it."""

import re
from pathlib import Path

import pytest
from django.template import engines

PACKAGE = Path(__file__).parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=|<style",
    "a script": r"<script|javascript:",
    "an event handler": r"\son[a-z]+\s*=\s*[\"']",
    "an image inside the page": r"data:[a-z]+/",
    "something from another server": r"(src|srcset)\s*=\s*[\"'](https?:)?//|<link[^>]+href\s*=\s*[\"'](https?:)?//",
}
# Passkeys need a script by nature (ADR 12), and one script keeps drafts (ADR 23). These two templates may name files of
# this server, and nothing else.
WITH_SCRIPTS = {"people/templates/people/passkey_scripts.html", "core/templates/ui/autosave.html"}
SCRIPT_FILE = re.compile(r'<script src="\{% static "[a-z/.-]+\.js" %\}" defer></script>')


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_compiles(path: Path) -> None:
    engines["django"].from_string(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(path: Path, what: str) -> None:
    text = path.read_text()
    if named(path) in WITH_SCRIPTS:
        text = SCRIPT_FILE.sub("", text)
    assert not re.search(FORBIDDEN[what], text, re.IGNORECASE), f"{named(path)} has {what}"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_logic_stays_out_of_templates(path: Path) -> None:
    """Only `if`, `for` and what names, translates and includes; the rest is a tag of the design system."""
    allowed = {
        "if", "elif", "else", "endif", "for", "empty", "endfor", "block", "endblock", "extends", "include", "load",
        "translate", "blocktranslate", "plural", "endblocktranslate", "url", "static", "csrf_token", "with", "endwith",
        "querystring", "firstof", "localize", "endlocalize", "spaceless", "endspaceless", "comment", "endcomment",
        "get_current_language", "get_current_language_bidi", "get_available_languages", "get_language_info_list",
    }  # fmt: skip
    ours = (PACKAGE / "core" / "templatetags" / "ui.py").read_text()
    tags = set(re.findall(r"^def (\w+)", ours, re.MULTILINE))
    used = set(re.findall(r"{%\s*(\w+)", path.read_text()))
    assert used - allowed - tags - {f"end{tag}" for tag in tags} == set()
