from pathlib import Path

import pytest
from django.urls import reverse

from concordat.agreements import actions
from concordat.agreements.models import *
from concordat.agreements.tests import ready
from concordat.core.codes import *
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting

pytestmark = [pytest.mark.django_db, pytest.mark.urls("concordat.agreements.tests.try_urls")]
OUT = Path("/tmp/agr/pages")


def save(name, r):
    assert r.status_code in (200, 422, 403), (r.status_code, name, r.content.decode()[-2000:])
    OUT.mkdir(exist_ok=True, parents=True)
    (OUT / f"{name}.html").write_text(
        r.content.decode().replace("/static/concordat/", "file:///work/main/concordat/core/static/concordat/")
    )


def test_pages():
    with acting("helen") as by:
        f = ready.framework(by, other=3)
        actions.propose(f, by=by)
        p = ready.protocol(by, f.agreement)
        actions.propose(p, by=by)
        t = ready.terms(by, f.agreement)
        t.agreement.title
        actions.propose(t, by=by)
    for v in (f, p, t):
        ready.sign(v, "helen", "ruth")
    with acting("ruth") as by:
        a = Agreement.objects.get(pk=p.agreement_id)
        p2 = actions.new_version(a, by=by)
        p2.sharingrules.filter(category=Category.P13, owner=1).update(form="full")
        p2.sharingrules.filter(category=Category.P14).delete()
        ready.answer(p2, "ISP-16", by, months=6)
        actions.set_clause(
            p2,
            code="ISP-8",
            wording="Each person is told in plain words, by Lantern, who sees what about them.",
            parameters=p2.clauses.get(code="ISP-8").parameters,
            by=by,
        )
        actions.propose(p2, by=by)
    with acting("helen") as by:
        d = ready.protocol(by, f.agreement)
        ready.answer(d, "ISP-23", by, dpia="")
        actions.set_clause(
            d,
            code="ISP-13",
            wording="Nobody shall publish without the prior written consent of the service; workers may not publish.",
            parameters={},
            by=by,
        )
        d2 = ready.terms(by, f.agreement)
    c = signed_in("helen", level=2)
    n = signed_in("pat", level=2)
    u = lambda name, *a: reverse("agreements:" + name, args=a)
    save("index", c.get(u("index")))
    save("detail", c.get(u("detail", p.agreement_id)))
    save("detail-pat", n.get(u("detail", p.agreement_id)))
    save("detail-terms", c.get(u("detail", t.agreement_id)))
    save("detail-frame", c.get(u("detail", f.agreement_id)))
    save("version2", c.get(u("version", p.agreement_id, 2)))
    save("compare", c.get(u("compare", p.agreement_id)))
    save("print", c.get(u("print_version", p.agreement_id, 1)))
    save("sign", c.get(u("sign", p.agreement_id, 2)))
    save("new", c.get(u("new")))
    save("new-terms", c.get(u("new_kind", "terms")))
    save("edit", c.get(u("edit", d.agreement_id, 1)))
    save("edit-terms", c.get(u("edit", d2.agreement_id, 1)))
    save("check", c.get(u("check", d.agreement_id, 1)))
    save("edit-clause", c.get(u("edit_clause", d.agreement_id, 1, "ISP-14")))
    save("edit-clause-mou", c.get(u("edit_clause", d.agreement_id, 1, "ISP-2")))
    save("add-rule", c.get(u("add_rule", d.agreement_id, 1)))
    save("add-rule-bad", c.post(u("add_rule", d.agreement_id, 1), {}))
    save("propose", c.get(u("propose", d2.agreement_id, 1)))
    save("suspend1", c.get(u("suspend", t.agreement_id)))
    r = c.post(u("suspend", t.agreement_id), {"ground": "data", "explanation": "A stolen laptop"})
    assert r.status_code == 302, r.content.decode()
    save("suspend2", c.get(u("suspend_length", t.agreement_id)))
    save("suspend2-bad", c.post(u("suspend_length", t.agreement_id), {"days": "40"}))
    r = c.post(u("suspend_length", t.agreement_id), {"days": "7"})
    assert r.status_code == 302
    save("suspend3", c.get(u("suspend_consequences", t.agreement_id)))
    r = c.post(u("suspend_consequences", t.agreement_id), {"making_up": "Two extra afternoons."})
    assert r.status_code == 302
    save("suspend4", c.get(u("suspend_check", t.agreement_id)))
    r = c.post(u("suspend_check", t.agreement_id), {})
    assert r.status_code == 302, r.content.decode()
    save("suspended", c.get(u("detail", t.agreement_id)))
    save("lift", c.get(u("lift", t.agreement_id)))
    save("refused", signed_in("ruth", level=2).get(u("lift", t.agreement_id)))
    save("end", c.get(u("end", p.agreement_id)))
    ar = signed_in("helen", level=2)
    ar.cookies["django_language"] = "ar"
    save("detail-ar", ar.get(u("detail", p.agreement_id), headers={"accept-language": "ar"}))
