"""An export as the list shows it: its state, and what may be done with it now, or why not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.parts import Action, State
from concordat.people.models import Membership

from . import rules
from .models import Export


@dataclass(frozen=True)
class Shown:
    """One line of the list."""

    export: Export
    by: Membership

    def state(self) -> State:
        one = self.export
        if one.stopped_at:
            return State("rest", _("Stopped"))
        if one.failed_at:
            return State("late", _("Could not be made: ask your operator"))
        if one.deleted_at:
            return State("rest", _("Deleted from the server"))
        if one.made_at:
            return State("done", _("Ready to be fetched"))
        if one.agreed_at:
            return State("soon", _("Is being made"))
        return State("soon", _("Waits for a second person"))

    def actions(self) -> list[Action]:
        """Return what the reader can do; what only others can is left out once it is over."""
        args = [self.export.pk]
        found = []
        if not (self.export.agreed_at or self.export.made_at or self.export.stopped_at):
            refusal = rules.refuse_agree(self.export, by=self.by)
            found.append(Action(_("Agree"), reverse("exports:agree", args=args), refusal))
        if self.export.is_there:
            refusal = rules.refuse_fetch(self.export, by=self.by)
            found.append(Action(_("Fetch the file"), reverse("exports:fetch", args=args), refusal, post=True))
        if not (self.export.stopped_at or self.export.deleted_at or self.export.failed_at):
            refusal = rules.refuse_stop(self.export, by=self.by)
            found.append(Action(_("Stop it"), reverse("exports:stop", args=args), refusal, kind="link"))
        return found
