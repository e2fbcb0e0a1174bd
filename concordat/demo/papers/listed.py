"""Every agreement of the country, in the order in which they were written."""

from concordat.agreements.models import Kind
from concordat.core.codes import Activity, Category, Condition, Form, Purpose
from concordat.demo.country import FAMILIES, HARBOUR, INSTITUTE, LANTERN, PRISON, PROBATION, TABLE
from concordat.people.roles import Role

from . import answers
from .paper import Given, Paper, Payment, Signed

YEAR = 365
PRISON_ACT, PROBATION_ACT = "Prison Act, s. 7", "Probation Act, s. 21"
FROM_PRISON = {"officer": "helen", "law": PRISON_ACT, "desk": "Duty desk of the Prison Service, 555 0142"}
FROM_PROBATION = {"officer": "greta", "law": PROBATION_ACT, "desk": "Duty desk of the Probation Service, 555 0160"}
STAFF_OF_PLACE = ("", ("information_sharing",))
MENTORS = {LANTERN: ("basic", ("induction", "mentoring")), PRISON: STAFF_OF_PLACE}
NOTHING_PAID = "Nothing, because a foundation pays the whole of it"

LANTERN_PRISON = (
    Paper(
        "lantern", Kind.FRAMEWORK, "Framework agreement on mentoring", "petra", written=430, first=-420, last=3 * YEAR,
        other=LANTERN, signed=(Signed("helen", 424), Signed("ruth", 422)),
        answers=answers.framework(
            [Activity.CUSTODY, Activity.REINTEGRATION], on_top="Somebody from outside who comes back every week",
            contacts=("Dora Quill", "Cora Lind"), **FROM_PRISON,
        ),
    ),
    Paper(
        "lantern_protocol", Kind.PROTOCOL, "Information-sharing protocol on mentoring", "petra", written=415,
        first=-405,
        last=300, under="lantern", signed=(Signed("helen", 409), Signed("ruth", 407)), template="custody",
        basis=PRISON_ACT,
        answers=answers.protocol(contacts=("Dora Quill", "Ruth Okafor"), dpia="PS-DPIA-11"),
    ),
    Paper(
        "lantern_aldermoor", Kind.TERMS, "Mentoring at Aldermoor Prison", "petra", written=404, first=-395, last=51,
        under="lantern", activity=Activity.CUSTODY, signed=(Signed("helen", 399), Signed("ruth", 398)),
        places=("aldermoor",), needs=MENTORS,
        payments=(
            Payment(-360, 12000, "First year, two mentors"), Payment(-30, 6000, "Second year, first half"),
            Payment(150, 6000, "Second year, second half"),
        ),
        answers=answers.terms(
            method="An hour a week with the same mentor, about the week that was and the one that comes",
            theory="Somebody who stays makes it easier to plan and to keep what was planned",
            eligible="Adults at Aldermoor who ask for it themselves", target="behaviour", contact="Tomas Vell",
            gives=("Room 4 of the education wing", "Two passes"), times="Weekdays, 09:00 to 17:00",
        ),
    ),
    Paper(
        "lantern_kestrel", Kind.TERMS, "Mentoring at Kestrel Bay Prison", "petra", written=330, first=-320, last=230,
        under="lantern", activity=Activity.CUSTODY, signed=(Signed("helen", 325), Signed("ruth", 324)),
        places=("kestrel_bay",), needs=MENTORS, payments=(Payment(-300, 0, NOTHING_PAID),),
        answers=answers.terms(
            method="An hour a week with the same mentor, also for people on remand",
            theory="Waiting is easier with somebody who does not decide anything",
            eligible="Adults at Kestrel Bay who ask for it themselves", target="behaviour", contact="Tomas Vell",
            gives=("Two visiting rooms with a door",), times="Thursdays and Fridays, 13:00 to 17:00",
        ),
    ),
    Paper(
        "lantern_saltmarsh", Kind.TERMS, "Mentoring for young people at Saltmarsh", "petra", written=290, first=-280,
        last=320,
        under="lantern", activity=Activity.CUSTODY, signed=(Signed("helen", 284), Signed("ruth", 283)),
        places=("saltmarsh",),
        needs={LANTERN: ("enhanced", ("induction",)), PRISON: STAFF_OF_PLACE},
        payments=(Payment(-250, 4000, "First year"), Payment(115, 4000, "Second year")),
        answers=answers.terms(
            method="An hour a week, always with a second adult within sight",
            theory="Young people learn routine from adults who keep theirs",
            eligible="Everybody at Saltmarsh who wants it and, under 18, whose guardian was heard", target="skills",
            contact="Ana Tovik", gives=("The workshop and the garden",), times="Tuesday afternoons",
        ),
    ),
    Paper(
        "lantern_thornfield", Kind.TERMS, "Mentoring at Thornfield Women’s Prison", "petra", written=21, first=24,
        last=YEAR,
        under="lantern", activity=Activity.CUSTODY, signed=(Signed("ruth", 15), Signed("helen", 12)),
        places=("thornfield",), needs=MENTORS, payments=(Payment(30, 5000, "First year, one mentor"),),
        answers=answers.terms(
            method="An hour a week with a mentor who is a woman", theory="Somebody who stays makes it easier to plan",
            eligible="Women at Thornfield who ask for it themselves", target="behaviour", contact="Ana Tovik",
            gives=("The small library",),
        ),
    ),
)  # fmt: skip

FAMILIES_PRISON = (
    Paper(
        "families", Kind.FRAMEWORK, "Framework agreement on work with families", "petra", written=400, first=-390,
        last=2 * YEAR,
        other=FAMILIES, signed=(Signed("tilda", 395), Signed("helen", 393)),
        answers=answers.framework(
            [Activity.CUSTODY, Activity.FAMILIES],
            on_top="Help with letters, calls and visits, and with quarrels about them",
            contacts=("Dora Quill", "Faye Holt"), **FROM_PRISON,
        ),
    ),
    Paper(
        "families_protocol", Kind.PROTOCOL, "Information-sharing protocol on family work", "petra", written=388,
        first=-380,
        last=350, under="families", signed=(Signed("helen", 384), Signed("tilda", 383)), template="custody",
        basis=PRISON_ACT,
        answers=answers.protocol(contacts=("Dora Quill", "Tilda Moss"), dpia="PS-DPIA-14"),
    ),
    Paper(
        "families_thornfield", Kind.TERMS, "Family work at Thornfield Women’s Prison", "petra", written=378,
        first=-370, last=180,
        under="families", activity=Activity.CUSTODY, signed=(Signed("helen", 373), Signed("tilda", 372)),
        places=("thornfield",),
        needs={FAMILIES: ("enhanced", ("induction", "family_work", "safeguarding")), PRISON: STAFF_OF_PLACE},
        payments=(Payment(-350, 9000, "First year"), Payment(15, 9000, "Second year")),
        answers=answers.terms(
            method="Letters, calls and visits prepared and talked over; relatives are met outside, if they want it",
            theory="People who keep their ties come home to somebody",
            eligible="Women at Thornfield with somebody to write to",
            target="ties", contact="Ana Tovik", gives=("The visiting room on Mondays",), times="Mondays to Wednesdays",
        ),
    ),
)  # fmt: skip

TABLE_PRISON = (
    Paper(
        "table", Kind.FRAMEWORK, "Framework agreement on dialogue about faith and values", "ilse", written=260,
        first=-250,
        last=2 * YEAR, other=PRISON, signed=(Signed("ilse", 255), Signed("helen", 252)),
        answers=answers.framework(
            [Activity.CUSTODY], on_top="People who know many beliefs and defend none of them",
            contacts=("Dora Quill", "Ilse Varn"), **FROM_PRISON,
        ),
    ),
    Paper(
        "table_protocol", Kind.PROTOCOL, "Information-sharing protocol on dialogue", "petra", written=248, first=-240,
        last=330,
        under="table", signed=(Signed("helen", 244), Signed("ilse", 242)), template="custody", basis=PRISON_ACT,
        answers=answers.protocol(contacts=("Dora Quill", "Ilse Varn"), dpia="PS-DPIA-17"),
    ),
    Paper(
        "table_aldermoor", Kind.TERMS, "Evenings of questions at Aldermoor Prison", "ilse", written=239, first=-230,
        last=270,
        under="table", activity=Activity.CUSTODY, signed=(Signed("ilse", 234), Signed("helen", 233)),
        places=("aldermoor",), needs={TABLE: ("basic", ("induction", "dialogue")), PRISON: STAFF_OF_PLACE},
        payments=(Payment(-200, 0, "Nothing, because the communities give their time"),),
        answers=answers.terms(
            method="A question is put on the table; people of several beliefs and of none answer it",
            theory="Who has heard a good answer from the other side finds it harder to hate",
            eligible="Anybody at Aldermoor; what somebody believes is no condition", target="attitudes",
            contact="Tomas Vell", gives=("The chapel, which is everybody’s", "Tea"), times="Thursday mornings",
        ),
    ),
    Paper(
        "table_thornfield", Kind.TERMS, "Evenings of questions at Thornfield", "ilse", written=3, first=30, last=YEAR,
        under="table", activity=Activity.CUSTODY, proposed=False, places=("thornfield",),
        needs={TABLE: ("basic", ("induction", "dialogue"))},
        answers={"TRM-1": {"method": "As at Aldermoor", "theory": ""}},
    ),
)  # fmt: skip

OTHERS_PRISON = (
    Paper(
        "institute", Kind.FRAMEWORK, "Framework agreement on evaluation", "petra", written=350, first=-340, last=YEAR,
        other=INSTITUTE, signed=(Signed("helen", 345), Signed("vera", 343)),
        answers=answers.framework(
            [Activity.ASSESSMENT], on_top="Judgement by people who deliver nothing themselves",
            contacts=("Dora Quill", "Vera Stane"), **FROM_PRISON,
        ),
    ),
    Paper(
        "harbour_prison", Kind.FRAMEWORK, "Framework agreement on preparing release", "petra", written=500,
        first=-490, last=YEAR,
        other=HARBOUR, signed=(Signed("helen", 495), Signed("mara", 494)),
        answers=answers.framework(
            [Activity.REINTEGRATION], on_top="Rooms for the first hundred days", contacts=("Dora Quill",
            "Mara Quist"), **FROM_PRISON,
        ),
    ),
)  # fmt: skip

WORKERS, OFFICERS = (Role.FACILITATOR, Role.COORDINATOR), (Role.PROGRAMME_MANAGER, Role.CASE_OFFICER)
AFTER_RELEASE = (
    *(
        Given(PROBATION, category, form, WORKERS)
        for category, form in (
            (Category.P01, Form.SUMMARY), (Category.P02, Form.FULL), (Category.P03, Form.FULL), (Category.P04,
            Form.FULL),
            (Category.P07, Form.FULL), (Category.P09, Form.SUMMARY), (Category.P28, Form.THRESHOLD),
        )
    ),
    *(
        Given(PROBATION, category, form, WORKERS, Condition.PARTICIPATION)
        for category, form in (
            (Category.P14, Form.SUMMARY), (Category.P15, Form.SUMMARY), (Category.P21, Form.FULL),
        )
    ),
    Given(HARBOUR, Category.P18, Form.DATE, OFFICERS, Condition.PARTICIPATION),
    Given(HARBOUR, Category.P19, Form.SUMMARY, OFFICERS, Condition.PARTICIPATION),
    Given(HARBOUR, Category.P28, Form.THRESHOLD, OFFICERS),
)  # fmt: skip

OUTSIDE = (
    Paper(
        "harbour", Kind.FRAMEWORK, "Framework agreement on housing after release", "greta", written=300, first=-290,
        last=2 * YEAR,
        other=HARBOUR, signed=(Signed("greta", 294), Signed("mara", 292)),
        answers=answers.framework(
            [Activity.REINTEGRATION], on_top="A room, and somebody who comes along", contacts=("Lina Marr",
            "Kit Orne"), **FROM_PROBATION,
        ),
    ),
    Paper(
        "harbour_protocol", Kind.PROTOCOL, "Information-sharing protocol on housing after release", "greta",
        written=289, first=-280,
        last=300, under="harbour", signed=(Signed("mara", 284), Signed("greta", 283)), purpose=Purpose.REINTEGRATION,
        given=AFTER_RELEASE, basis=PROBATION_ACT,
        answers=answers.protocol(contacts=("Lina Marr", "Mara Quist"), dpia="PB-DPIA-3"),
    ),
    Paper(
        "harbour_terms", Kind.TERMS, "A room and the first hundred days", "greta", written=279, first=-270, last=76,
        under="harbour", activity=Activity.REINTEGRATION, signed=(Signed("mara", 274), Signed("greta", 273)),
        places=("bay_office", "vellin_office"), needs={HARBOUR: ("basic", ("induction", "reintegration")),
        PROBATION: STAFF_OF_PLACE},
        payments=(Payment(-240, 7500, "First half-year"), Payment(-60, 7500, "Second half-year"), Payment(120, 7500,
        "Third half-year")),
        answers=answers.terms(
            method="A room for a hundred days, and somebody who goes along to the first appointments",
            theory="Who knows where they sleep tonight can think about tomorrow",
            eligible="Adults under supervision without a home",
            target="skills", contact="Lina Marr", gives=("A desk at each office",),
        ),
    ),
    Paper(
        "lantern_probation", Kind.FRAMEWORK, "Framework agreement on mentoring after release", "greta", written=12,
        first=-5,
        last=2 * YEAR, other=LANTERN, signed=(Signed("ruth", 9),),
        answers=answers.framework(
            [Activity.SUPERVISION, Activity.REINTEGRATION], on_top="The same mentor before and after release",
            contacts=("Lina Marr", "Cora Lind"), **FROM_PROBATION,
        ),
    ),
    Paper(
        "lantern_probation_protocol", Kind.PROTOCOL, "Information-sharing protocol on mentoring after release", "greta",
        written=8, first=-3, last=YEAR, under="lantern_probation", signed=(Signed("ruth", 5), Signed("greta", 4)),
        purpose=Purpose.SUPERVISION, basis=PROBATION_ACT,
        given=(
            *(
                Given(PROBATION, category, form, WORKERS)
                for category, form in (
                    (Category.P01, Form.SUMMARY), (Category.P02, Form.FULL), (Category.P03, Form.FULL), (Category.P07,
                    Form.FULL),
                )
            ),
            Given(PROBATION, Category.P21, Form.FULL, WORKERS, Condition.PARTICIPATION),
            Given(LANTERN, Category.P18, Form.DATE, OFFICERS, Condition.PARTICIPATION),
        ),
        answers=answers.protocol(contacts=("Lina Marr", "Ruth Okafor"), dpia="PB-DPIA-5"),
    ),
    Paper(
        "vellin_harbour", Kind.FRAMEWORK, "Framework agreement on rooms in Vellin", "bram", written=6, first=20,
        last=YEAR,
        other=HARBOUR,
        answers=answers.framework(
            [Activity.REINTEGRATION], officer="bram", law="Municipal Code, s. 40",
            on_top="Rooms that the town does not have",
            contacts=("Bram Keld", "Kit Orne"), desk="Town of Vellin, 555 0111",
        ),
    ),
    Paper(
        "vellin_families", Kind.FRAMEWORK, "Framework agreement on families in Vellin", "bram", written=2, first=40,
        last=YEAR,
        other=FAMILIES, proposed=False, answers={"MOU-4": {"citation": "Municipal Code, s. 40"}},
    ),
)  # fmt: skip

PAPERS: tuple[Paper, ...] = (*LANTERN_PRISON, *FAMILIES_PRISON, *TABLE_PRISON, *OTHERS_PRISON, *OUTSIDE)
