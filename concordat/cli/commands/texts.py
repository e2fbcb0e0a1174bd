"""Print the texts on consent, threats and rights for a lawyer to read, and record who approved them."""

import argparse
from datetime import UTC, datetime

from django.conf import settings

from concordat.core import legal
from concordat.core.errors import Refused

HELP = "print the texts that a lawyer has to approve, and record who did"
SHORTEST_NAME = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the language, the kinds, and who approved."""
    parser.add_argument("language", help="a language that this server offers, such as fr")
    parser.add_argument("--kind", choices=[str(one) for one in legal.Kind], help="only these texts; without it all")
    parser.add_argument("--approved-by", metavar="NAME", help="record that this person approved them as they are now")


def run(options: argparse.Namespace) -> int:
    """Print or record."""
    refuse_language(options.language)
    kinds = [legal.Kind(options.kind)] if options.kind else list(legal.Kind)
    if options.approved_by is not None:
        record(options.language, kinds, by=options.approved_by.strip())
        return 0
    for kind in kinds:
        print("\n".join(page(options.language, kind)))
    return 0


def refuse_language(language: str) -> None:
    """Stop at a language that is not offered."""
    offered = [code for code, _name in settings.LANGUAGES]
    if language not in offered:
        raise Refused(f"This server offers no {language}; it offers {', '.join(offered)}.")


def record(language: str, kinds: list[legal.Kind], *, by: str) -> None:
    """Keep who approved which texts."""
    if len(by) < SHORTEST_NAME:
        raise Refused("Name the person who approved the texts, with their post: --approved-by 'Ana Ruiz, barrister'.")
    legal.approve(settings.HOME, language, kinds, by=by, on=datetime.now(UTC).date())
    print(f"Recorded: {by} approved {language} ({', '.join(kinds)}). Start Concordat again to take the marks away.")


def page(language: str, kind: legal.Kind) -> list[str]:
    """Return the texts of one kind, numbered, each with the English that it stands for."""
    state = legal.approvals(settings.HOME).get(f"{language} {kind}")
    good = legal.is_approved(settings.HOME, language, kind)
    head = f"approved by {state.by} on {state.on}" if state and good else "not approved"
    lines = [f"== {language}, {kind}: {head} ==", ""]
    for number, text in enumerate(legal.texts(language, kind), 1):
        lines.append(f"{number}. {text.words}")
        if text.words != text.english:
            lines.append(f"   ({text.english})")
    return [*lines, ""]
