import pytest

from concordat.core.testing.visiting import visit
from concordat.demo.world import named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["nadia", "cora", "pat", "helen", "ines", "dora", "omar"])
def test_pages(who):
    own = named("civil_case") if who in ("nadia", "cora") else named("case")
    for path in [
        "/",
        f"/cases/{own}/",
        "/search/",
        "/api/v1/cases",
        f"/api/v1/cases/{own}",
        f"/api/v1/cases/{own}/records",
        f"/api/v1/cases/{own}/why?category=P09",
        "/api/v1/openapi.json",
    ]:
        r = visit(who, path)
        print(
            who,
            path,
            r.status_code,
            len(r.content),
            r.content[:300] if "json" in r["Content-Type"] else "",
            r.get("Location"),
        )
    r = visit(who, "/search/", {"text": "LM-0147"})
    print(who, "search", r.status_code, len(r.content))
    assert 0
