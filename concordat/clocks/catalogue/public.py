"""Clocks of policies, monitoring, publication and research."""

from django.utils.translation import gettext_lazy as _

from .kinds import Clock, Ground, Step, Unit

WD, H, D, W, M = Unit.WORKING_DAYS, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS

PUBLIC = (
    Clock(
        "CLK-01", _("Consultation"), _("A text is opened for consultation"), _("Policy lead"),
        _("Nothing can be decided yet. A shorter time is published with its reason."),
        (Step("window", _("Comments"), 12, W), Step("urgent", _("Comments, in a published urgent case"), 10, WD)),
    ),
    Clock(
        "CLK-02", _("What becomes of a contribution"), _("A consultation ends, or a contribution arrives"),
        _("Accountable officer"),
        _("The file cannot be decided. Everybody who contributed sees that the answer is overdue."),
        (Step("disposition", _("Answer to each contribution"), 30, WD),),
        (Ground.AGREED,),
    ),
    Clock(
        "CLK-03", _("Security check of a text"), _("A text is handed in"), _("Security officer"),
        _("The text counts as cleared, except for what was listed for masking before."),
        (Step("check", _("Check"), 10, WD), Step("arbiter", _("Decision of the arbiter"), 5, WD)),
    ),
    Clock(
        "CLK-04", _("Immediate concern"), _("A monitor reports danger or ill-treatment"), _("Governor"),
        _("The next level is told, and the national preventive mechanism where the monitor wishes so."),
        (Step("acknowledge", _("Acknowledgement"), 4, H), Step("act", _("Action"), 24, H)),
        always=True,
    ),
    Clock(
        "CLK-05", _("Check of the facts"), _("A draft report is sent"), _("Authority"),
        _("The authority counts as having no comment on the facts."),
        (Step("comment", _("Comment on the facts"), 10, WD),),
        (Ground.AGREED,),
    ),
    Clock(
        "CLK-06", _("Answer to a report"), _("A report is issued"), _("Authority"),
        _("“No answer” is shown to the public, the next level is told, and the monitor may publish."),
        (Step("answer", _("Answer"), 56, D), Step("urgent", _("Answer to an urgent report"), 28, D)),
    ),
    Clock(
        "CLK-07", _("Progress of an action"), _("An action is accepted"), _("Owner of the action"),
        _("The action is shown as not evidenced."),
        (Step("progress", _("Report on progress"), 3, M), Step("verify", _("Verification"), 6, M)),
    ),
    Clock(
        "CLK-08", _("Courtesy notice before publication"), _("An organisation announces a publication"), _("Nobody"),
        _("Publication is free. No authority can make the time longer."),
        (Step("notice", _("Notice"), 48, H), Step("pending", _("Notice while an answer is outstanding"), 10, WD)),
    ),
    Clock(
        "CLK-09", _("Check for reprisals"), _("An interview was held"), _("Monitor"),
        _("The lead of the monitoring organisation is alerted."),
        (Step("first", _("First check"), 2, W), Step("second", _("Second check"), 6, W)),
    ),
    Clock(
        "CLK-10", _("Watch for adverse action"), _("Criticism, a refusal, a complaint or a withdrawal"), _("Arbiter"),
        _("A review opens by itself."),
        (Step("watch", _("Watch"), 12, M),),
    ),
    Clock(
        "CLK-30", _("Press enquiry"), _("An enquiry arrives"), _("Communications lead"),
        _("The duty director is told. Persons concerned are told before the public."),
        (
            Step("acknowledge", _("Acknowledgement"), 30, Unit.MINUTES),
            Step("holding", _("First statement"), 60, Unit.MINUTES),
        ),
        always=True,
    ),
    Clock(
        "CLK-31", _("Research"), _("A proposal or a manuscript is handed in"), _("Committee or reviewer"),
        _("A manuscript counts as cleared; a panel decides about a proposal."),
        (Step("decide", _("Decision on a proposal"), 60, D), Step("review", _("Review of a manuscript"), 30, D)),
    ),
)  # fmt: skip
