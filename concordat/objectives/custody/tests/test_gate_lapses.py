"""A pass stops by itself. What lapses is committed by the owner, because only time would do it otherwise."""

import psycopg
import pytest

from concordat.core.testing.visiting import visit
from concordat.demo.world import named
from concordat.objectives.custody.tests.making import decided, opens


@pytest.mark.requirement("C6.1", "C6.3")
@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("lapses", ["people_training", "people_clearance"])
def test_what_lapses_stops_the_pass_and_it_is_printed_no_more(lapses: str, owner_dsn: str) -> None:
    one = decided()
    address = f"/custody/passes/{one.pk}/paper/pdf/"
    assert visit("sef", address).status_code == 200
    which = " AND code = 'induction'" if lapses == "people_training" else ""
    lapse = f"UPDATE {lapses} SET valid_until = now() WHERE membership_id = '{named('nadia')}'{which}"  # noqa: S608
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        owner.execute(lapse.encode())
    assert opens() == []
    assert visit("sef", address).status_code == 409
    assert one.reference not in visit("sef", "/custody/passes/day/").content.decode()
    assert "Stopped" in visit("cora", one.get_absolute_url()).content.decode()
