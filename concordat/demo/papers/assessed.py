"""What the sharing with Lantern does to rights, assessed by the Prison Service; and under which law it keeps what."""

from concordat.agreements.models import Agreement
from concordat.controllers import actions as controllers
from concordat.core.codes import Category
from concordat.demo.country import Country
from concordat.impact import actions
from concordat.impact.models import Assessment

TEXTS = {
    "aim": "Mentors from outside meet adults at Aldermoor and Kestrel Bay every week. They have to know where, when "
    "and how to meet safely, and nothing more.",
    "necessity": "Place and key dates: without them nobody can be met. Safety briefing: nobody meets a person without "
    "it. Needs in summary: the mentor plans with them. Attendance, as a date: escorts are planned with it.",
    "proportionality": "Needs are given in summary and not in full; attendance as a date and without a word about "
    "the hour. What goes to the prison goes only while the person agrees.",
    "private_life": "A mentor comes to know that somebody is in prison and why help is wanted. What is said in "
    "the hour is not stored.",
    "religion": "No kind of information names a belief. That somebody comes on the evening of a feast could tell it "
    "all the same: hours are therefore moved for everybody.",
    "family": "Relatives are not named. Who wants work with the family asks for it, and each relative agrees for "
    "themselves.",
    "equality": "It reaches men more than women, because it runs in two prisons for men. Thornfield is to follow.",
}
RISKS = (
    {
        "what": "Somebody on the wing learns from a list who sees a mentor, and calls them an informer.",
        "expected": "possible", "lasting": "lasts",
        "measure": "Lists at the gate carry working codes alone; officers call people to “the education wing”.",
        "post": "programme_manager",
    },
    {
        "what": "A “no” to mentoring is held against somebody who applies for release.",
        "expected": "likely", "lasting": "never",
        "measure": "Outside only “agreed” or “not currently” is seen, and no decision may take it into account.",
        "post": "signatory",
    },
)  # fmt: skip


def assess(country: Country, protocol: Agreement) -> Assessment:
    """Let a programme manager assess the first version; the officer advises, the signatory decides, Lantern is told."""
    with country.acting("dora", 12, "09:30") as by:
        controllers.state(
            law="general", enforcement=[Category.P04, Category.P05, Category.P06, Category.P07, Category.P23],
            citation="Data Protection Act, parts 2 and 3", by=by,
        )  # fmt: skip
    with country.acting("tomas", 6, "10:00") as by:
        version = protocol.versions.select_related("agreement").get(number=1)
        made = actions.begin(version, by=by, **TEXTS)
        for risk in RISKS:
            actions.state_risk(made, by=by, **risk)
    with country.acting("tomas", 5, "15:00") as by:
        actions.advise(
            made, speaker="persons", heard="The residents’ council of Aldermoor, in its meeting",
            words="Nobody should see on a door or a list who has a mentor.", by=by,
        )  # fmt: skip
    with country.acting("dora", 4, "11:20") as by:
        actions.advise(
            made, speaker="officer", by=by,
            words="I agree, with the lists as described. I would leave out the summary of the offence: a mentor who "
            "wants to know can ask the person.",
        )  # fmt: skip
    with country.acting("helen", 3, "16:00", level=2) as by:
        actions.decide(
            made, decision="measures", review_on=country.days.day(-300), by=by,
            reasons="With the lists changed. On the offence summary I follow the officer in the next version.",
        )  # fmt: skip
        actions.tell(made, by=by)
    return made
