import pathlib, pytest
from django.urls import reverse
from django.utils.timezone import now
from datetime import timedelta
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.referrals.delivery.tests.ready import *
from concordat.referrals.delivery.tests.test_record_session import typed
from concordat.referrals.delivery.tests.test_write_end_report import suspend
from concordat.sharing.tests.words import write, typed as typed_briefing
from concordat.sharing.tests.test_send_notice import send
pytestmark = pytest.mark.django_db
OUT = pathlib.Path("/tmp/mine")
def keep(name, answer):
    html = answer.content.decode().replace("/static/concordat/", "file:///work/main/concordat/core/static/concordat/")
    (OUT / f"{name}.html").write_text(html)
def test_shots():
    assigned_long_ago(headings=("routine","ties","outlook") if False else ("routine","ties"))
    n = signed_in("nadia"); p = signed_in("pat")
    rec = reverse("delivery:record_session", args=[named("link")])
    keep("record", n.get(rec))
    keep("record-errors", n.post(rec, typed(minutes="", note_routine="Went to the library and to sport, both as planned. " * 11, concern="no")))
    keep("sessions-empty", n.get(reverse("delivery:sessions", args=[named("link")])))
    record(starts_at=ago(days=9), notes={"ties": "First letter written and posted. No change to what we planned.", "routine": "Library and sport, as planned."}, concern="He spoke of debts to somebody on the wing.", told="Cora Lind")
    record(starts_at=ago(days=2), held=False, minutes=None, cause="prison")
    record(notes={"routine": "Missed the workshop: the unit was locked for a search."})
    keep("sessions", n.get(reverse("delivery:sessions", args=[named("link")])))
    second = write(what_changed="Person 5D is new.")
    third = write(what_changed="Person 8T is new.", keep_apart="Person 3K, Person 5D and Person 8T, also on the way to and from the wing.")
    keep("record-blocked", n.get(rec))
    keep("briefing", n.get(reverse("sharing:briefing", args=[third.pk])))
    keep("briefing-old", n.get(reverse("sharing:briefing", args=[second.pk])))
    n.post(reverse("sharing:acknowledge", args=[third.pk]))
    keep("briefing-confirmed", n.get(reverse("sharing:briefing", args=[third.pk])))
    keep("briefings", p.get(reverse("sharing:briefings", args=[named("case")])))
    wb = reverse("sharing:write_briefing", args=[named("case")])
    keep("write-briefing", p.get(wb))
    keep("write-briefing-errors", p.post(wb, typed_briefing(health="", what_changed="")))
    sn = reverse("sharing:send_notice", args=[named("case")])
    keep("send-notice", p.get(sn))
    notice = send()
    keep("notices", n.get(reverse("sharing:notices")))
    keep("notice", n.get(notice.get_absolute_url()))
    keep("write-review", n.get(reverse("delivery:write_review", args=[named("link")])))
    r = review(own_words="I sleep better on Mondays, when we have met.", person_differs="More sport, less talk.", provider_differs="It goes slower than planned, because the unit is often locked.")
    keep("review", p.get(r.get_absolute_url()))
    keep("reviews", p.get(reverse("delivery:reviews")))
    keep("end-early", n.get(reverse("delivery:end_early", args=[named("link")])))
    er = reverse("delivery:write_end_report", args=[named("link")])
    keep("write-end-report", n.get(er))
    suspend()
    keep("write-end-report-wind-down", n.get(er))
    keep("receipt", n.post(er, {"summary": "Twelve meetings.", "achieved_1": "partly", "comment_1": "Most weeks.", "onward": "The sports club asks for him."}, follow=True))
    with acting("pat"):
        from concordat.referrals.models import EndReport
        e = EndReport.objects.get()
    keep("end-report", p.get(e.get_absolute_url()))
    keep("end-reports", p.get(reverse("delivery:end_reports")))
