"""Today shows an import officer the files that wait."""

import pytest

from concordat.demo.world import acting
from concordat.imports.feeds import cards
from concordat.imports.tests.making import bring_in, confirmed, officer, person, stage

pytestmark = pytest.mark.django_db


def test_files_that_wait_are_cards_and_those_that_are_done_are_not() -> None:
    with officer() as by:
        bring_in(person(), by=by)
        stage(person("A-18"), by=by)
        confirmed(stage(person("A-19"), by=by), by=by)
        found = list(cards(by))
    assert [card.state.text for card in found if card.state] == ["To be loaded", "To be confirmed"]
    with acting("pat") as by:
        assert list(cards(by)) == []
