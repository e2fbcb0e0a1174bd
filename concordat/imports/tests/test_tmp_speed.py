import time, pytest
from concordat.imports import actions
from concordat.imports.tests.making import FULL_HEADING, confirmed, full, officer, stage
pytestmark = pytest.mark.usefixtures("own_database")
def test_speed():
    rows=[full(f"A-{i}", family_name=f"Müller{i}", given_names="Samir Ali") for i in range(5000)]
    for label in ("new", "same again"):
        with officer() as by:
            u=confirmed(stage(*rows, by=by, heading=FULL_HEADING), by=by)
        t=time.time()
        with officer() as by: actions.load(u, by=by)
        print("\n", label, round(time.time()-t,1), "s")
