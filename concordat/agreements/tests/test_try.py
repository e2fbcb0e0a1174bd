import pytest
from django.urls import reverse
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.agreements.tests import ready
from concordat.agreements.urls import draft
pytestmark = pytest.mark.django_db
def test_pages():
    with acting("helen") as by:
        p = ready.protocol(by, ready.agreed("framework"))
        t = ready.terms(by, ready.agreed("framework"))
        f = ready.framework(by)
        rule=p.sharingrules.first().pk
    c = signed_in("helen", level=2)
    urls=[reverse("agreements:index"), reverse("agreements:new")]+[reverse("agreements:new_kind",args=[k]) for k in ("framework","protocol","terms")]
    urls+=[reverse("agreements:detail",args=[named(k)]) for k in ("framework","protocol","terms")]
    urls+=[reverse("agreements:compare",args=[named("protocol")])]
    for v in (p,t,f):
        a=[v.agreement_id,v.number]
        for n in ("edit","edit_days","check","version","print_version"): urls.append(reverse("agreements:"+n,args=a))
    a=[p.agreement_id,1]
    urls+=[reverse("agreements:"+n,args=a) for n in ("add_rule","fill_rules","add_prohibition","propose")]
    urls+=[reverse("agreements:edit_rule",args=[*a,rule])]
    urls+=[reverse("agreements:edit_clause",args=[*a,x]) for x in ("ISP-2","ISP-25")]
    a=[t.agreement_id,1]
    urls+=[reverse("agreements:"+n,args=a) for n in ("edit_places","add_payment")]+[reverse("agreements:edit_requirement",args=[*a,3])]
    urls+=[reverse("agreements:"+n,args=[named("terms")]) for n in ("suspend","end")]
    for u in urls:
        r=c.get(u)
        print(r.status_code,u)
        assert r.status_code==200, r.content.decode()[-3000:]
