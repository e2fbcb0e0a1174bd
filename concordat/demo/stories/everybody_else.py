"""How far everybody else has come, so that every stage is there. Who is not named was not referred."""

from concordat.demo.journey import Plan, Stage

PLANS = (
    # mentoring at Aldermoor
    Plan("A-1004", "mentoring", Stage.ACTIVE, sent=91, worker="nadia", slot=(0, "14:00")),  # its review is overdue
    Plan("A-1005", "mentoring", Stage.ACTIVE, sent=60, worker="max", slot=(0, "10:00")),  # his course lapsed since
    Plan("A-1006", "mentoring", Stage.ACTIVE, sent=240, worker="nadia", slot=(2, "10:00"), every=2, ended=30,
         reviews=(140, 56), evaluated=True),
    Plan("A-1007", "mentoring", Stage.ACTIVE, sent=150, worker="max", slot=(2, "14:00"), every=2,
         ended_early=("completed", 20)),
    Plan("A-1008", "mentoring", Stage.BRIEFED, sent=16, worker="nadia"),
    Plan("A-1010", "mentoring", Stage.GOALS_SIGNED, sent=14, worker="nadia"),  # its briefing is missing
    Plan("A-1012", "mentoring", Stage.SENT, sent=8),  # nobody acknowledged it in time
    Plan("A-1013", "mentoring", Stage.SENT, sent=1),
    Plan("A-1014", "mentoring", Stage.ACKNOWLEDGED, sent=6),
    Plan("A-1015", "mentoring", Stage.DRAFT, sent=1),
    Plan("A-1016", "mentoring", Stage.GOALS_WRITTEN, sent=12, worker="nadia"),  # the prison has not signed them
    Plan("A-1017", "mentoring", Stage.AGREED, sent=13, worker="nadia"),
    Plan("A-1018", "mentoring", Stage.ASSIGNED, sent=9, worker="nadia", conflict="max"),
    # evenings of questions at Aldermoor
    Plan("A-1019", "table", Stage.ACTIVE, sent=75, worker="max/table", slot=(3, "10:00")),
    Plan("A-1020", "table", Stage.ACCEPTED, sent=8),
    # mentoring at Kestrel Bay, suspended since yesterday
    Plan("K-2005", "bay", Stage.ACTIVE, sent=70, worker="nadia", slot=(4, "14:00")),
    Plan("K-2006", "bay", Stage.ASSIGNED, sent=10, worker="nadia"),
    Plan("K-2007", "bay", Stage.ACTIVE, sent=158, worker="nadia", slot=(3, "16:00"), every=2, ended=45, reviews=(70,)),
    # young people at Saltmarsh
    Plan("S-4004", "young", Stage.GOALS_WRITTEN, sent=11, worker="nadia"),
    Plan("S-4005", "young", Stage.DRAFT, sent=0),
    # family work at Thornfield, lapsed since yesterday
    Plan("T-3003", "family", Stage.ACTIVE, sent=152, worker="faye", slot=(2, "10:00"), every=2, ended=40, reviews=(64,
    )),
    Plan("T-3006", "family", Stage.ACTIVE, sent=90, worker="faye", slot=(0, "10:00"), every=2),
    Plan("T-3007", "family", Stage.GOALS_SIGNED, sent=15, worker="faye"),
    Plan("T-3008", "family", Stage.ACKNOWLEDGED, sent=7),
    # rooms after release
    Plan("P-5001", "room", Stage.ACTIVE, also=("paul",), sent=110, worker="leo", slot=(0, "09:00"), reviews=(22,)),
    Plan("P-5002", "room", Stage.ACTIVE, also=("paul",), sent=58, worker="kit", slot=(1, "09:00")),
    Plan("P-5003", "room", Stage.AGREED, sent=13, worker="leo", also=("paul",)),
    Plan("P-5004", "room", Stage.SENT, sent=2),
    Plan("P-5005", "room", Stage.ACTIVE, sent=140, worker="leo", slot=(3, "09:00"), every=2, ended_early=("needs_met",
    20)),
    Plan("P-5006", "room", Stage.ACCEPTED, sent=6),
)  # fmt: skip
