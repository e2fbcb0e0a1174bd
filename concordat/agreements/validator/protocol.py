"""What the table of rules may not give, whoever signs it: the ceilings, and what depends on a person's own choice."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from concordat.agreements.models import Clause, Prohibition, SharingRule, Version
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.wiring import wired
from concordat.core.wording import enumerated
from concordat.people.roles import Role

from .finding import Finding, Findings, reject, warn

TABLE = "ISP-4"
NEVER_GIVEN = (Category.P25, Category.P26, Category.P29, Category.S04)
OWN_CHOICE = (Category.P18, Category.P19, Category.P31)
WARNINGS = (Category.P27, Category.P28)
SENSITIVE = (Category.P10, Category.P11, Category.P12)
# Health, belief, offences and children: what an assessment has to stand behind before anybody signs.
ASSESSED = (Category.P05, Category.P10, Category.P11, Category.P12, Category.P23, Category.P35)
CONTACT = (Purpose.INTERVENTION, Purpose.FAMILY_SUPPORT, Purpose.REINTEGRATION, Purpose.SUPERVISION)


def check_rules(version: Version, rules: list[SharingRule], clauses: dict[str, Clause]) -> Findings:
    """Look at each rule by itself."""
    parties = {version.agreement.party_a_id, version.agreement.party_b_id}
    answers = {code: clause.parameters for code, clause in clauses.items()}
    purposes = set(answers.get("ISP-2", {}).get("purposes") or ())
    mandated = set(answers.get("ISP-7", {}).get("mandated") or ())
    if not rules:
        yield reject(TABLE, _("The table of rules is empty."), _("Add a rule, or start from a template."))
    for rule in rules:
        yield from check_whole(rule, parties, purposes)
        yield from check_ceilings(rule)
        yield from check_choice(rule, mandated)
        yield from check_reporting(rule)


def check_whole(rule: SharingRule, parties: set[int], purposes: set[str]) -> Findings:
    """Every rule has parties of this protocol, a purpose that the protocol names, a role, and a basis."""
    if {rule.owner_id, rule.recipient_id} != parties:
        yield about(
            rule,
            _("It is not between the parties of this protocol."),
            _("Remove the rule; others sign for themselves."),
        )
    if rule.purpose not in Purpose.values:
        yield about(rule, _("It names no purpose."), _("Choose the purpose for which it is given."))
    elif rule.purpose not in purposes:
        yield about(
            rule,
            _("Its purpose is not among those of clause 2."),
            _("Add the purpose to clause 2, or change the rule."),
        )
    if rule.role not in Role.values:
        yield about(rule, _("It names no role."), _("Choose the role that receives it."))
    if not rule.basis.strip():
        yield about(rule, _("It names no legal basis."), _("Write the law, rule or policy that allows it."))
    if rule.starts_at and rule.ends_at and rule.ends_at <= rule.starts_at:
        yield about(rule, _("It ends before it begins."), _("Correct its dates."))


def check_ceilings(rule: SharingRule) -> Findings:
    """Reject what no agreement can give. The database subtracts it as well; here it is said before anybody signs."""
    if rule.category in NEVER_GIVEN:
        yield about(rule, _("This is closed to every agreement."), _("Remove the rule."))
    if rule.category == Category.S02 and rule.form not in (Form.DATE, Form.EXISTENCE):
        yield about(
            rule, _("Of vetting only the outcome passes, never its content."), _("Choose the date or fact only.")
        )
    if rule.category == Category.P16 and to_authority(rule) and rule.condition != Condition.RELATIVE:
        yield about(
            rule,
            _("What civil society records about relatives is theirs to give."),
            _("Choose “while the relative agrees”."),
        )
    if rule.category == Category.P08 and not rule.recipient.is_authority:
        yield Finding(
            "warn",
            rule.clause,
            _("A full assessment is to leave the authority: %(rule)s.") % {"rule": named(rule)},
            _("A summary of needs (P09) is usually enough, and does not carry a judgement of risk."),
        )
    if rule.category in SENSITIVE and rule.condition == Condition.NONE and rule.form != Form.THRESHOLD:
        yield Finding(
            "warn",
            rule.clause,
            _("Health, belief or origin is to pass whether or not the person agrees: %(rule)s.")
            % {"rule": named(rule)},
            _("Choose “while the person agrees”, or say in clause 3 which law asks for it."),
        )


def check_choice(rule: SharingRule, mandated: set[str]) -> Findings:
    """Reject telling an authority, without the person, whether they take part in a voluntary service: PP-11."""
    if rule.category not in OWN_CHOICE or not to_authority(rule):
        return
    ordered = rule.category == Category.P18 and rule.purpose in mandated and rule.form in (Form.DATE, Form.EXISTENCE)
    if rule.condition != Condition.PARTICIPATION and not ordered:
        yield about(
            rule,
            _("It would tell an authority about a person's own choice without the person."),
            _("Choose “while the person agrees”. Ordered attendance is named in clause 7, and only its dates pass."),
        )
    if rule.category == Category.P31 and rule.form != Form.EXISTENCE:
        yield about(
            rule,
            _("Of a person's own agreement an authority learns “agreed” or “not currently”, never dates or reasons."),
            _("Choose “only that it exists”, or remove the rule: those two words are shown without it."),
        )


def check_reporting(rule: SharingRule) -> Findings:
    """Reject reports on people, by civil society, beyond the thresholds: PP-3."""
    if not to_authority(rule):
        return
    if rule.category in WARNINGS and rule.form != Form.THRESHOLD:
        yield about(
            rule, _("It makes civil society report below the threshold."), _("Choose “only above the threshold”.")
        )
    if rule.category == Category.P24 and rule.condition != Condition.PARTICIPATION:
        yield about(
            rule,
            _("It makes civil society report what it observes, without the person."),
            _("Choose “while the person agrees”."),
        )
    if rule.category == Category.P32:
        yield Finding(
            "warn",
            rule.clause,
            _("What others told civil society is to pass: %(rule)s.") % {"rule": named(rule)},
            _("Think of what becomes of trust when people learn it; a request case by case is the other way."),
        )


def check_safety(version: Version, rules: list[SharingRule], prohibitions: Iterable[Prohibition]) -> Findings:
    """Reject a table in which somebody meets a person without the safety briefing, in full and always: PP-12."""
    parties = (version.agreement.party_a, version.agreement.party_b)
    givers = [one for one in parties if one.is_authority]
    if len(givers) != 1:
        return
    met = {rule.purpose for rule in rules if rule.purpose in CONTACT}
    for purpose in sorted(met - {rule.purpose for rule in rules if briefs(rule, givers[0].pk)}):
        yield reject(
            TABLE,
            _("Nobody who meets a person %(purpose)s would get the safety briefing.")
            % {"purpose": Purpose(purpose).label},
            _("Add a rule: %(category)s, in full, always, from %(giver)s to the role “%(role)s”.")
            % {"category": Category.P07.label, "giver": givers[0], "role": Role.FACILITATOR.label},
        )
    if any(one.category == Category.P07 and one.owner_id == givers[0].pk for one in prohibitions):
        yield reject(TABLE, _("The safety briefing is forbidden."), _("Remove it from what is never given."))


def briefs(rule: SharingRule, giver: int) -> bool:
    """Say whether a rule hands the safety briefing, in full and for the whole time, to whoever meets the person."""
    return (
        rule.category == Category.P07
        and rule.owner_id == giver
        and rule.form == Form.FULL
        and rule.condition == Condition.NONE
        and rule.role == Role.FACILITATOR
        and rule.starts_at is None
        and rule.ends_at is None
    )


def check_borders(clauses: dict[str, Clause]) -> Findings:
    """Nothing leaves the country unless it is stated where to."""
    if "ISP-25" not in clauses:
        return
    answers = clauses["ISP-25"].parameters
    if answers.get("transfer") != "listed":
        return
    if not answers.get("countries"):
        yield reject(
            "ISP-25",
            _("It lets data leave the country without saying where to."),
            _("List the countries and what protects the data there."),
        )
    else:
        yield warn(
            "ISP-25",
            _("It lets data leave the country."),
            _("Have the data protection officers of both parties look at it."),
        )


def check_controllers(clauses: dict[str, Clause]) -> Findings:
    """Ask that each kind has one answer to who is responsible for it, and the same in words and in the list."""
    answers = clauses["ISP-1"].parameters if "ISP-1" in clauses else {}
    listed = {name: {str(one) for one in answers.get(name) or ()} for name in ("joint", "first", "second")}
    for one, other in (("joint", "first"), ("joint", "second"), ("first", "second")):
        if twice := sorted(listed[one] & listed[other], key=int):
            kinds = enumerated(str(Category(int(number)).label) for number in twice)
            yield reject(
                "ISP-1",
                _("It says twice, and differently, who is responsible: %(kinds)s.") % {"kinds": kinds},
                _("Leave each kind in one list."),
            )
    if answers.get("responsibility") == "separate" and listed["joint"]:
        yield reject(
            "ISP-1",
            _("It says that each is responsible for its own, and names what both are responsible for."),
            _("Choose “jointly”, or take the kinds out of the list."),
        )


def check_impact(version: Version, rules: list[SharingRule], clauses: dict[str, Clause]) -> Findings:
    """Ask for the assessment itself where special kinds are shared: one kept here that says yes, or where it is."""
    found = {rule.category for rule in rules if rule.category in ASSESSED}
    answers = clauses["ISP-23"].parameters if "ISP-23" in clauses else {}
    number = str(answers.get("dpia") or "").strip()
    if not found or not number:  # that a number is missing is said of the clause itself
        return
    judged = wired("JUDGE_ASSESSMENT")(version, number)
    if judged.kept_here and judged.problem:
        yield reject("ISP-23", judged.problem, _("Assess this text on its page, have it decided, and name its number."))
    elif not judged.kept_here and not str(answers.get("dpia_place") or "").strip():
        kinds = enumerated(str(Category(one).label) for one in sorted(found))
        yield reject(
            "ISP-23",
            _("It shares what needs an assessment that can be found: %(kinds)s.") % {"kinds": kinds},
            _("Name an assessment that is kept here, such as IA-7K2M4Q, or say where the other one is kept."),
        )


def to_authority(rule: SharingRule) -> bool:
    return rule.recipient.is_authority and not rule.owner.is_authority


def named(rule: SharingRule) -> str:
    return _("%(category)s from %(owner)s to %(recipient)s") % {
        "category": rule.get_category_display(),
        "owner": rule.owner,
        "recipient": rule.recipient,
    }


def about(rule: SharingRule, problem: str, remedy: str) -> Finding:
    """Reject a rule, naming it before the sentence."""
    return reject(rule.clause or TABLE, _("%(rule)s: %(problem)s") % {"rule": named(rule), "problem": problem}, remedy)
