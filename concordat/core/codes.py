"""The code lists that every folder names: categories of information, forms, purposes, activities.

Source: the practitioners' list of categories (36 about persons, 6 about staff, 13 about places, policy and research).
A category's number is part of every access decision (`owner * 64 + category`), so numbers never change;
0 and 63 stay free.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Category(IntegerChoices):
    P01 = 1, _("Identity and contact")
    P02 = 2, _("That there is a case, and its status")
    P03 = 3, _("Place and transfers")
    P04 = 4, _("Sentence and key dates")
    P05 = 5, _("Offence summary")
    P06 = 6, _("Security class and regime")
    P07 = 7, _("Safety briefing")
    P08 = 8, _("Full assessment")
    P09 = 9, _("Needs")
    P10 = 10, _("Physical health")
    P11 = 11, _("Mental health")
    P12 = 12, _("Religion or belief, ethnicity")
    P13 = 13, _("Education, skills and work")
    P14 = 14, _("Housing")
    P15 = 15, _("Money, identity papers, benefits")
    P16 = 16, _("Family and network")
    P17 = 17, _("That visits or calls took place")
    P18 = 18, _("Attendance")
    P19 = 19, _("Progress under agreed headings")
    P20 = 20, _("What is said in sessions")
    P21 = 21, _("Licence conditions")
    P22 = 22, _("Supervision contacts")
    P23 = 23, _("Breach and recall")
    P24 = 24, _("Observation by civil society, with its context")
    P25 = 25, _("Complaint or allegation")
    P26 = 26, _("Interviews with independent monitors")
    P27 = 27, _("Safeguarding concern")
    P28 = 28, _("Serious and imminent harm")
    P29 = 29, _("Data about victims")
    P30 = 30, _("Exposure in the media")
    P31 = 31, _("The person's own agreements")
    P32 = 32, _("Information from third parties")
    P33 = 33, _("Derived from intelligence")
    P34 = 34, _("Nationality and immigration")
    P35 = 35, _("Records of children and their best interests")
    P36 = 36, _("Requests of the person under their rights")
    S01 = 37, _("Worker: working name and role")
    S02 = 38, _("Worker: outcome of vetting")
    S03 = 39, _("Worker: training")
    S04 = 40, _("Worker: threat and protection")
    S05 = 41, _("Worker: wellbeing and supervision")
    S06 = 42, _("Worker: conflict of interest")
    L01 = 43, _("Conditions in a place, in total")
    L02 = 44, _("Draft findings")
    L03 = 45, _("Published findings")
    L04 = 46, _("Security-sensitive detail")
    D01 = 47, _("Draft policy, open part")
    D02 = 48, _("Draft policy, restricted annex")
    R01 = 49, _("Research: proposals and terms")
    R02 = 50, _("Research: data")
    R03 = 51, _("Research: manuscripts")
    M01 = 52, _("Communication: planned messages")
    M02 = 53, _("Communication: published messages")
    A01 = 54, _("Agreement, open part")
    A02 = 55, _("Agreement, restricted part")

    @property
    def code(self) -> str:
        """The letter and number that practitioners use, such as P07."""
        return self.name


NEVER_STORED = (Category.P20, Category.P33)
ABOUT_PERSONS = [one for one in Category if one.code.startswith("P") and one not in NEVER_STORED]


class Form(TextChoices):
    """How much of a category is given. From full down to existence each form includes the ones below it."""

    FULL = "full", _("In full")
    SUMMARY = "summary", _("Summary")
    DATE = "date", _("Date or fact only")
    EXISTENCE = "existence", _("Only that it exists")
    THRESHOLD = "threshold", _("Only above the threshold")


class Activity(TextChoices):
    """What the ten objectives do; activity terms are signed for one of them."""

    POLICY = "policy", _("Policy and legislation")
    MONITORING = "monitoring", _("Monitoring of places")
    SUPPORT = "support", _("Community support")
    STAFF = "staff", _("Selection and training of staff")
    ASSESSMENT = "assessment", _("Assessment")
    CUSTODY = "custody", _("Work with people in custody")
    FAMILIES = "families", _("Work with families and communities")
    REINTEGRATION = "reintegration", _("Reintegration")
    SUPERVISION = "supervision", _("Supervision after release")
    STIGMA = "stigma", _("Reducing stigma")
    OVERSIGHT = "oversight", _("Oversight by statute")


class Purpose(TextChoices):
    """Why somebody reads. It belongs to the route; a membership may use those that its roles have."""

    INTERVENTION = "intervention", _("to deliver or follow a service in custody")
    FAMILY_SUPPORT = "family_support", _("to support families")
    REINTEGRATION = "reintegration", _("to prepare and support release")
    SUPERVISION = "supervision", _("to supervise after release")
    MONITORING = "monitoring", _("to monitor places of detention")
    ASSESSMENT = "assessment", _("to assess")
    OVERSIGHT = "oversight", _("to oversee under a statute")
    ADMINISTRATION = "administration", _("to run one's own organisation")


PURPOSE_ACTIVITY: dict[str, str] = {
    Purpose.INTERVENTION: Activity.CUSTODY,
    Purpose.FAMILY_SUPPORT: Activity.FAMILIES,
    Purpose.REINTEGRATION: Activity.REINTEGRATION,
    Purpose.SUPERVISION: Activity.SUPERVISION,
    Purpose.MONITORING: Activity.MONITORING,
    Purpose.ASSESSMENT: Activity.ASSESSMENT,
    Purpose.OVERSIGHT: Activity.OVERSIGHT,
}


class Condition(TextChoices):
    """What a rule asks of the person before it gives anything."""

    NONE = "none", _("always")
    PARTICIPATION = "participation", _("while the person agrees")
    RELATIVE = "relative", _("while the relative agrees")
