"""Say why somebody cannot see something, as far as agreements, posts and papers go. Run by the operator, as the owner.

No case is looked at: the same words and the same work whether there is one, and whoever may see it.
"""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.timezone import get_current_timezone, localtime, now

from concordat.core.codes import PURPOSE_ACTIVITY, Category, Form, Purpose

ASK = "SELECT organisation, post, giver, purpose, form, missing FROM access.why_told(%s, %s, %s::smallint, %s, %s)"
MISSING = {
    "ceiling": "no agreement can open this",
    "framework": "no framework agreement is in force",
    "rule": "no rule in force gives it to this post for this purpose",
    "prohibition": "the parties agreed that it is never given",
    "terms": "no activity terms are in force at any place",
    "worker": "the post does not read it, or clearance or a course that the terms ask for is missing",
}
THE_REST = (
    "Whether there is such a case, where its person is, who is assigned to it, whom a list or a restriction shuts out "
    "and what the person chose is not looked at here. It is said to nobody on the command line. The user finds what "
    "may be said on the page of the case, under “Why can I not see something?”."
)


def moment(text: str) -> datetime:
    """Read a moment, such as 2026-11-29 or 2026-11-29T14:30, in the time zone of the server unless it names another."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no time. Write it as 2026-11-29T14:30.") from error
    return read if read.tzinfo else read.replace(tzinfo=get_current_timezone())


class Command(BaseCommand):
    help = "Say why somebody cannot see a category, as far as that does not depend on any case. Asking is logged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("user", help="the address with which they sign in")
        parser.add_argument(
            "case", type=UUID, help="the number in the address of the case; it is logged, not looked up"
        )
        parser.add_argument("category", choices=list(Category.__members__), metavar="category", help="such as P09")
        parser.add_argument("--at", type=moment, metavar="TIME", help="another moment, such as 2026-11-29T14:30")
        parser.add_argument("--purpose", choices=sorted(PURPOSE_ACTIVITY), help="only for this purpose")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as they were parsed
        """Print what stands in the way, by organisation and purpose."""
        category, at = Category[options["category"]], options["at"] or now()
        purposes = [options["purpose"]] if options["purpose"] else sorted(PURPOSE_ACTIVITY)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ASK, [options["user"], options["case"], int(category), purposes, at.astimezone(UTC)])
            found = cursor.fetchall()
        if not found:
            raise CommandError("Nobody acts with this address at that time for an organisation that has an agreement.")
        self.stdout.write(f"{category.code} ({category.label}), {localtime(at):%Y-%m-%d %H:%M %Z}\n")
        for line in said(found):
            self.stdout.write(line)
        self.stdout.write(f"\n{THE_REST}")


def said(found: list[tuple[str, str, str, str, str | None, str | None]]) -> list[str]:
    """Put the answers into words; purposes for which no rule gives anything are one line."""
    lines, heading = [], ""
    for organisation, post, giver, purpose, form, missing in found:
        head = f"\n{organisation}, {post}, from {giver}:"
        lines += [head] if head != heading else []
        heading = head
        given = f" ({Form(form).label})" if form else ""
        words = MISSING[missing] if missing else f"nothing stands in the way up to here{given}"
        lines.append(f"  {Purpose(purpose).label}: {words}")
    return lines
