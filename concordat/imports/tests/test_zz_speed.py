import time, pytest
from django.db import connection
from concordat.demo.world import acting, named
pytestmark = pytest.mark.django_db
def test_me():
    with acting("ines", purpose="administration"), connection.cursor() as c:
        for f in ("ledger.bearer()", "ledger.clock()", "access.me()", "access.my_organisation()", "access.i_see_whole()", "access.is_my_case('%s')" % named("case")):
            t=time.time(); c.execute(f"SELECT count({f}) FROM generate_series(1,2000)"); print(f[:24], (time.time()-t)/2000*1000, "ms")
