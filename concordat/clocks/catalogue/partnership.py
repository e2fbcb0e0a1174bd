"""Clocks of agreements, vetting, meetings, threats, wellbeing and incidents."""

from django.utils.translation import gettext_lazy as _

from concordat.people.roles import Role

from .kinds import Clock, Ground, Step, Unit

WD, H, D, W, M = Unit.WORKING_DAYS, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS
PARTNERS, HEADS = (Role.PARTNERSHIP_OFFICER, Role.DIRECTOR), (Role.SIGNATORY, Role.DIRECTOR)

PARTNERSHIP = (
    Clock(
        "CLK-11", _("Vetting"), _("An application is complete"), _("Vetting body"),
        _("The delay is shown with its cause. When a clearance ends, access ends."),
        (
            Step("decide", _("Decision"), 60, D, warn=(30, 60, 90)),
            Step("expiry", _("End of a clearance"), None, D, warn=(90, 30, 7)),
        ),
        (Ground.INFORMATION,),
    ),
    Clock(
        "CLK-22", _("Threat to a worker"), _("A threat is reported"), _("Protection officer and safety lead"),
        _("Each lapse goes to the next level. The funder is told where an obligation is broken."),
        (
            Step("acknowledge", _("Acknowledgement"), 1, H), Step("interim", _("First measures"), 24, H),
            Step("plan", _("Protective plan"), 72, H), Step("review", _("Review"), 14, D),
            Step("again", _("Review again"), 1, M),
        ),
        always=True,
    ),
    Clock(
        "CLK-26", _("Complaint"), _("A complaint arrives"), _("Whoever handles it"),
        _("The way to an external body opens."),
        (Step("acknowledge", _("Acknowledgement"), 5, WD), Step("answer", _("Answer"), 20, WD)),
        (Ground.INFORMATION, Ground.PROCEEDINGS),
    ),
    Clock(
        "CLK-27", _("Review and end of an agreement"), _("Both parties have signed"), _("Signatories of both parties"),
        _("Access ends. Warnings that concern safety, and what is owed, pass for another 30 days."),
        (Step("expiry", _("End of the agreement"), None, M, "agreements", (90, 30), PARTNERS, HEADS),),
    ),
    Clock(
        "CLK-28", _("Disagreement"), _("A party raises a disagreement"), _("Both parties, step by step"),
        _("Everything stays as it is, and the next step of the ladder begins."),
        (
            Step("workers", _("Talk of those who work together"), 10, WD, "agreements", told=PARTNERS, above=HEADS),
            Step("directors", _("Talk of the directors"), 10, WD, "agreements", told=PARTNERS, above=HEADS),
            Step("arbiter", _("Ruling of the arbiter"), 20, WD, "agreements", told=PARTNERS, above=HEADS),
        ),
        (Ground.INFORMATION, Ground.AGREED, Ground.PROCEEDINGS),
        always=True,
    ),
    Clock(
        "CLK-29", _("Minutes"), _("A meeting was held"), _("Chair"),
        _("Minutes that nobody signed are marked so."),
        (
            Step("sensitive", _("Minutes about single persons"), 5, WD), Step("ordinary", _("Other minutes"), 10, WD),
            Step("correct", _("Corrections"), 5, WD),
        ),
    ),
    Clock(
        "CLK-33", _("Wellbeing of workers"), _("An incident, or a month has gone by"), _("Safety lead"),
        _("The work pauses until the talk was held."),
        (
            Step("offer", _("Offer of support"), 24, H), Step("debrief", _("Talk about what happened"), 72, H),
            Step("supervision", _("Supervision"), 1, M),
        ),
    ),
    Clock(
        "CLK-34", _("Review of an incident"), _("An incident happened"), _("Whoever commissions the review"),
        _("The delay is noted for the parties and the public."),
        (Step("begin", _("Begin"), 20, WD), Step("finish", _("Finish"), 6, M)),
        (Ground.PROCEEDINGS,),
    ),
)  # fmt: skip
