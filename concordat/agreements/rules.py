"""Why something cannot be done with an agreement, in words for the user; None when it can."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concordat.core.wording import enumerated, plain_day
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import validator
from .catalogue import ENTRIES, is_mandatory
from .disputes import open_disputes
from .document import canonical, first_groups
from .limits import days_left, limits
from .models import Agreement, Closure, Dispute, Ground, Kind, Suggestion, Suspension, Version
from .status import OVER, Standing, begins, ending_of, own_status, status, suspension_at

# What the database refuses, where a rule lost a race.
CONSTRAINT_SENTENCES = {
    "version_is_frozen": gettext_lazy("A proposed version does not change any more. Write a new one."),
    "version_hash_is_true": gettext_lazy("The check number is not that of this text. Propose it again."),
    "version_number_is_unique": gettext_lazy("Somebody has started a version meanwhile. Look at the agreement again."),
    "version_ends_after_it_begins": gettext_lazy("The last day lies before the first."),
    "clause_stands_once_in_a_version": gettext_lazy("This clause is already in the draft."),
    "rule_category_may_be_given": gettext_lazy("This is closed to every agreement."),
    "rule_has_a_basis": gettext_lazy("Write the law, rule or policy that allows it."),
    "rule_gives_to_another": gettext_lazy("Only one party gives something to the other."),
    "requirement_is_one_for_each_party": gettext_lazy("Somebody has written this meanwhile. Look at the draft again."),
    "funding_is_not_negative": gettext_lazy("A payment is not less than 0."),
    "funding_says_what_for": gettext_lazy("Say what it is for, or why nothing is paid."),
    "signature_is_for_the_proposed_text": gettext_lazy("Only the proposed text can be signed, by one of its parties."),
    "signature_is_one_for_each_party": gettext_lazy("Your organisation has already signed this version."),
    "agreements_suggestion_counters_id_key": gettext_lazy("There is a newer proposal for this clause."),
    "agreements_reply_suggestion_id_key": gettext_lazy("This is already answered."),
    "reply_is_the_other_partys": gettext_lazy("The other party answers this, and only the newest proposal."),
    "reply_says_why_not": gettext_lazy("Say why not; the other party reads it."),
    "talk_is_written_once": gettext_lazy("What was sent does not change. Send another proposal."),
    "suggested_row_is_of_its_text": gettext_lazy("This row is not in this text. Look at it again."),
    "suggestion_is_of_words_or_of_a_row": gettext_lazy("Propose words or a row of the table, not both at once."),
    "signature_on_paper_is_whole": gettext_lazy("Say who signed by hand and when, and choose the scan."),
    "scan_is_attached": gettext_lazy("Attach the scan to this version first. It must be your own, and can be opened."),
    "scan_of_a_signature_stays": gettext_lazy("This is the scan of a signature, so it stays."),
    "dispute_is_one_at_a_time": gettext_lazy("A disagreement about it is already open."),
    "dispute_settling_is_whole": gettext_lazy("Say how it was settled; the other party reads it."),
    "dispute_keeps_the_status_quo": gettext_lazy("A disagreement is open, and meanwhile everything stays as it is."),
    "suspension_ground_is_listed": gettext_lazy("This is not among the grounds for suspending."),
    "suspension_lapses": gettext_lazy("A suspension is for 1 to 14 days. After that it ends by itself."),
    "suspension_is_lifted_once": gettext_lazy("This suspension is already lifted."),
    "agreements_ending_agreement_id_key": gettext_lazy("It has already been ended."),
    "side_is_fixed_by_signature": gettext_lazy("An organisation that has signed does not change sides."),
}

WRITERS = (Role.PARTNERSHIP_OFFICER, Role.DIRECTOR, Role.SIGNATORY)
IN_DISPUTE = (Ground.SAFETY, Ground.LAW)  # the grounds that hold while a disagreement is open
CONFIRMED = 2  # the second factor, within the last minutes


def refuse_unconfirmed() -> str | None:
    """Weighty acts need the second factor just before; the policies of the database ask for it too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (ledger.bearer()).level")
        (level,) = cursor.fetchone()
    if (level or 0) < CONFIRMED:
        return _("Confirm with your second factor first.")
    return None


def signatories(organisation: int) -> str:
    """Name those who can sign for an organisation now."""
    at = now()
    found = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=at),
        organisation=organisation,
        roles__contains=[Role.SIGNATORY],
        valid_from__lte=at,
    )
    return enumerated(f"{one.shown_name} ({one.title})" if one.title else one.shown_name for one in found)


def refuse_other_than_signatory(by: Membership) -> str | None:
    if by.has(Role.SIGNATORY):
        return None
    names = signatories(by.organisation_id)
    if not names:
        return _("Only an authorised signatory can do this, and nobody at %(us)s is one at present.") % {
            "us": by.organisation
        }
    return _("Only an authorised signatory can do this. At %(us)s that is: %(names)s.") % {
        "us": by.organisation,
        "names": names,
    }


def refuse_stranger(by: Membership, agreement: Agreement) -> str | None:
    if by.organisation_id not in (agreement.party_a_id, agreement.party_b_id):
        return _("Only the parties of an agreement can do this.")
    return None


# ---- writing -------------------------------------------------------------------------------------------------------


def refuse_draft(by: Membership) -> str | None:
    if not by.has(*WRITERS):
        return _("Agreements are drafted by a partnership officer, a director or an authorised signatory.")
    return None


def refuse_edit(by: Membership, version: Version) -> str | None:
    if version.proposed_at:
        return _("A proposed version does not change any more. Write a new one.")
    if version.drafted_for_id != by.organisation_id:
        return _("This draft belongs to %(owner)s.") % {"owner": version.drafted_for}
    return refuse_draft(by)


def refuse_new_version(by: Membership, agreement: Agreement) -> str | None:
    if ending_of(agreement):
        return _("This agreement was ended. Draft a new one.")
    if any(not one.proposed_at for one in agreement.versions.all()):
        return _("There is already a draft of a new version. Go on with it.")
    return refuse_stranger(by, agreement) or refuse_draft(by)


def refuse_renew(by: Membership, agreement: Agreement) -> str | None:
    """Why there is nothing to go on with."""
    if refusal := refuse_new_version(by, agreement):
        return refusal
    if not (version := status(agreement).version) or not begins(version):
        return _("It was never in force. Write a new version instead.")
    return None


def goes_on_from(agreement: Agreement) -> date:
    """Return the day after the last one of the version that holds or held."""
    version = status(agreement).version
    assert version is not None
    return version.last_day + timedelta(days=1)


def refuse_renewal(agreement: Agreement, first_day: date, gap: str) -> str | None:
    """Why a renewal cannot begin on that day."""
    next_day = goes_on_from(agreement)
    if first_day < next_day:
        return _("It goes on from %(day)s. What changes before that needs a new version.") % {
            "day": plain_day(next_day)
        }
    if first_day > next_day and not gap.strip():
        return _("There would be a gap from %(day)s on, in which nothing passes. Say why; both parties sign it.") % {
            "day": plain_day(next_day)
        }
    return None


def refuse_remove_clause(by: Membership, version: Version, code: str) -> str | None:
    entry = ENTRIES.get(code)
    if entry and is_mandatory(entry, objectives(version)):
        return _("Clause %(number)s cannot be left out of an agreement like this.") % {"number": entry.number}
    return refuse_edit(by, version)


def objectives(version: Version) -> set[str]:
    """Return the objectives that a framework names; other instruments have none of their own."""
    clause = version.clauses.filter(code="MOU-2").first()
    return set(clause.parameters.get("objectives") or ()) if clause else set()


def refuse_propose(by: Membership, version: Version) -> str | None:
    """Say why it cannot be proposed. Proposing signs nothing, also for the party that proposes: PP-5."""
    if refusal := refuse_edit(by, version):
        return refusal
    if version.ends_at <= now():
        return _("Its last day is already over. Choose a later one.")
    newer = version.agreement.versions.filter(number__gt=version.number, proposed_at__isnull=False)
    if newer.exists():
        return _("A newer version was proposed meanwhile. Start from that one.")
    if found := len(validator.rejections(version)):
        sentence = ngettext(
            "The check found %(count)d thing to put right.", "The check found %(count)d things to put right.", found
        )
        return sentence % {"count": found}
    return None


# ---- signing -------------------------------------------------------------------------------------------------------


def refuse_sign(by: Membership, version: Version) -> str | None:
    """Why this person cannot sign this version; the text itself is compared by `refuse_other_text`."""
    if not version.proposed_at:
        return _("A draft cannot be signed. It has to be proposed first.")
    if refusal := refuse_stranger(by, version.agreement):
        return refusal
    if any(one.organisation_id == by.organisation_id for one in version.signatures.all()):
        return _("%(us)s has already signed this version.") % {"us": by.organisation}
    return refuse_overtaken(version) or refuse_other_than_signatory(by)


def refuse_overtaken(version: Version) -> str | None:
    """Why it is too late for this version."""
    if refusal := refuse_too_late(version):
        return refusal
    if any(one.proposed_at and one.number > version.number for one in version.agreement.versions.all()):
        return _("A newer version was proposed meanwhile. Sign that one, or propose your own.")
    return None


def refuse_paper(version: Version, typed: str, signed_on: date) -> str | None:
    """Why what is typed does not belong to the paper: another check number, or a day that cannot be."""
    if plain(typed) != plain(first_groups(version.hash)):
        return _(
            "This is not the check number of this text. Type the one that is printed on the paper that was signed."
        )
    if signed_on > localdate():
        return _("The day on the paper lies ahead.")
    if version.proposed_at and signed_on < localdate(version.proposed_at):
        return _("The day on the paper lies before this text was proposed.")
    return None


def plain(check_number: str) -> str:
    """Leave out of a check number what people put between its groups."""
    return "".join(letter for letter in check_number if letter.isalnum()).casefold()


def refuse_too_late(version: Version) -> str | None:
    if ending_of(version.agreement):
        return _("This agreement was ended. Draft a new one.")
    return _("Its last day is already over.") if version.ends_at <= now() else None


def refuse_other_text(version: Version, seen: str) -> str | None:
    """Sign only what was shown, and only while everything it says is still so."""
    if seen != version.hash:
        return _("This is not the text that you were shown. Read it again before you sign.")
    if canonical(version) != version.document:
        return _(
            "Something that this text states has changed since it was proposed, such as a fact about a party. "
            "Write a new version."
        )
    return None


def refuse_simulate(by: Membership, version: Version) -> str | None:
    """Why nobody need try out what this version would open, or this person may not."""
    if refusal := refuse_stranger(by, version.agreement):
        return refusal
    if not by.has(*WRITERS):
        return _("This is for a partnership officer, a director or an authorised signatory.")
    if version.proposed_at and not unsigned_by(version):
        return _("Both parties have signed this version. What it gives stands on its page.")
    return refuse_too_late(version)


# ---- talking about clauses -----------------------------------------------------------------------------------------


def refuse_talk(by: Membership, version: Version) -> str | None:
    """Why this person cannot say anything about the clauses of this version."""
    if refusal := refuse_stranger(by, version.agreement) or refuse_draft(by):
        return refusal
    if not version.proposed_at:
        return _("A draft is not talked about. It has to be proposed first.")
    if not unsigned_by(version):
        return _("Both parties have signed this version. Write a new one.")
    return refuse_overtaken(version)


def refuse_suggest(by: Membership, version: Version, code: str = "") -> str | None:
    """Why this person cannot propose other words; one proposal of a party waits for an answer at a time."""
    if refusal := refuse_talk(by, version):
        return refusal
    if by.organisation_id not in unsigned_by(version):
        return _("%(us)s has signed this text. Write a new version instead.") % {"us": by.organisation}
    own = Suggestion.objects.filter(version=version, code=code, row__isnull=True, organisation=by.organisation_id)
    if own.filter(reply=None, countered_by=None).exists():
        return _("Your proposal for this clause waits for the other party.")
    return None


def refuse_suggest_row(by: Membership, version: Version, said: Sequence[Suggestion]) -> str | None:
    """Why this person cannot propose another row; `said` is what was proposed about it, and one waits at a time."""
    if refusal := refuse_suggest(by, version):
        return refusal
    if version.agreement.kind != Kind.PROTOCOL:
        return _("Only an information-sharing protocol has a table of rules.")
    waits = [one for one in said if not hasattr(one, "reply") and not hasattr(one, "countered_by")]
    if any(one.organisation_id == by.organisation_id for one in waits):
        return _("Your proposal for this row waits for the other party.")
    return None


def refuse_reply(by: Membership, suggestion: Suggestion) -> str | None:
    """Why this person cannot answer a proposal."""
    if refusal := refuse_talk(by, suggestion.version):
        return refusal
    if suggestion.organisation_id == by.organisation_id:
        return _("The other party answers this.")
    if hasattr(suggestion, "reply"):
        return _("This is already answered.")
    if hasattr(suggestion, "countered_by"):
        return _("There is a newer proposal for this clause.")
    return None


def refuse_take_up(by: Membership, version: Version) -> str | None:
    """Why what was taken cannot be put into a new version by this person."""
    if refusal := refuse_talk(by, version) or refuse_new_version(by, version.agreement):
        return refusal
    if not Suggestion.objects.filter(version=version, reply__accepted=True).exists():
        return _("Nothing has been taken yet.")
    return None


# ---- suspending and ending -----------------------------------------------------------------------------------------


def refuse_suspend(by: Membership, agreement: Agreement, at: datetime | None = None) -> str | None:
    """Why this agreement cannot be suspended at all; what was answered is looked at by `refuse_suspension`."""
    at = at or now()
    if refusal := refuse_stranger(by, agreement):
        return refusal
    standing = own_status(agreement, at).standing
    if running := suspension_at(agreement, at):
        return _("It is already suspended by %(who)s. Two suspensions cannot run at once.") % {
            "who": running.organisation
        }
    if standing == Standing.ENDED:
        return _("It has ended; there is nothing to suspend.")
    if standing != Standing.FORCE:
        return _("It is not in force; there is nothing to suspend.")
    return refuse_other_than_signatory(by)


def refuse_suspension(agreement: Agreement, ground: str, days: int, at: datetime | None = None) -> str | None:
    """Why it cannot be suspended on this ground for so long."""
    at = at or now()
    if ground not in Ground.values or ground not in limits(agreement, at).grounds:
        return _("This is not among the grounds that the parties agreed. A dispute or criticism is none.")
    if ground not in IN_DISPUTE and open_disputes(agreement):
        return _(
            "A disagreement is open, and meanwhile everything stays as it is. Only danger to a person, or a law or "
            "court order, can suspend it now."
        )
    most = limits(agreement, at).max_days
    if not 1 <= days <= most:
        sentence = ngettext(
            "A suspension is for %(days)d day at most. After that it ends by itself.",
            "A suspension is for 1 to %(days)d days. After that it ends by itself.",
            most,
        )
        return sentence % {"days": most}
    if days > (left := days_left(agreement, ground, at)):
        used = {"used": most - left, "most": most, "left": left}
        if not left:
            return (
                _(
                    "All %(most)d days that can be suspended within four weeks are used up. Longer needs the "
                    "arbiter, or an end."
                )
                % used
            )
        return (
            _("Of the %(most)d days that can be suspended within four weeks %(used)d are used up; %(left)d are left.")
            % used
        )
    return None


def refuse_dispute(by: Membership, agreement: Agreement) -> str | None:
    """Why this person cannot raise a disagreement about this agreement."""
    if refusal := refuse_stranger(by, agreement):
        return refusal
    if not by.has(*WRITERS):
        return _("A disagreement is raised by a partnership officer, a director or an authorised signatory.")
    if own_status(agreement, now()).standing not in (Standing.FORCE, Standing.SUSPENDED, Standing.UPCOMING):
        return _("It is not in force. Talk about its clauses instead.")
    if any(one.agreement_id == agreement.pk for one in open_disputes(agreement)):
        return _("A disagreement about it is already open.")
    return None


def refuse_settle(by: Membership, dispute: Dispute) -> str | None:
    if dispute.settled_at:
        return _("This disagreement is already settled.")
    if dispute.organisation_id != by.organisation_id:
        return _("Only %(who)s, which raised it, says that it is settled.") % {"who": dispute.organisation}
    if not by.has(*WRITERS):
        return _("A disagreement is settled by a partnership officer, a director or an authorised signatory.")
    return None


def refuse_lift(by: Membership, suspension: Suspension) -> str | None:
    if suspension.lifted_at:
        return _("This suspension is already lifted.")
    if suspension.ends_at <= now():
        return _("This suspension has already ended by itself.")
    if suspension.organisation_id != by.organisation_id:
        return _("Only %(who)s, which suspended, can lift it.") % {"who": suspension.organisation}
    return refuse_other_than_signatory(by)


def refuse_end(by: Membership, agreement: Agreement) -> str | None:
    if refusal := refuse_stranger(by, agreement):
        return refusal
    if ending := ending_of(agreement):
        return _("%(who)s has already ended it.") % {"who": ending.organisation}
    standing = own_status(agreement, now()).standing
    if standing in OVER:
        return _("It is already over.")
    if standing not in (Standing.FORCE, Standing.SUSPENDED, Standing.UPCOMING):
        return _("It was never in force; it binds nobody.")
    return refuse_other_than_signatory(by)


def refuse_reopen(by: Membership, closure: Closure) -> str | None:
    """Why somebody cannot confirm, after a restore, that everything was entered again."""
    if closure.confirmed_at:
        return _("This is already confirmed.")
    if closure.organisation_id != by.organisation_id:
        return _("Only %(who)s can confirm this.") % {"who": closure.organisation}
    return refuse_other_than_signatory(by)


def unsigned_by(version: Version) -> list[int]:
    """Return the parties whose signature is missing."""
    signed = {one.organisation_id for one in version.signatures.all()}
    return [one for one in (version.agreement.party_a_id, version.agreement.party_b_id) if one not in signed]


def is_frame_of(framework: Agreement) -> str | None:
    """Why nothing can be drafted under this framework."""
    if framework.kind != Kind.FRAMEWORK:
        return _("Only a framework agreement can stand above another one.")
    if status(framework).standing in OVER:
        return _("This framework is over. Draft a new one first.")
    return None


def replaced_at(version: Version) -> datetime | None:
    """Return when a newer signed version began, which ended this one."""
    later = [begins(one) for one in version.agreement.versions.all() if one.number > version.number]
    return min((one for one in later if one), default=None)
