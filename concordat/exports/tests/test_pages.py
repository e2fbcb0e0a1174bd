"""Exports on the pages: asked for, agreed to, told, stopped, fetched and opened."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest

from concordat.cli.commands import export_key, open_export
from concordat.core import age
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting
from concordat.exports import feeds, work
from concordat.exports.models import Export
from concordat.notices.about import About

from .ready import PUBLIC, SECRET, Superuser, asked, sealed


def page_of(name: str, address: str = "/exports/") -> str:
    return str(visit(name, address).content.decode())


def the_one() -> Export:
    with acting("dora"):
        return Export.objects.get()


@pytest.mark.requirement("PP-20")
def test_from_asking_to_fetching(superuser: Superuser) -> None:
    assert visit("pat", "/exports/ask/", {"public_key": PUBLIC}, level=1).status_code == 403
    assert visit("pat", "/exports/ask/", {"public_key": PUBLIC}, level=2).status_code == 302
    export = the_one()
    assert "Waits for a second person" in page_of("pat")
    assert "it takes two people" in str(visit("pat", f"/exports/{export.pk}/agree/", {}, level=2).content.decode())
    assert visit("dora", f"/exports/{export.pk}/agree/", {}, level=1).status_code == 403
    assert visit("dora", f"/exports/{export.pk}/agree/", {}, level=2).status_code == 302
    work.make_waiting()
    assert "Ready to be fetched" in page_of("pat")
    assert visit("pat", f"/exports/{export.pk}/fetch/", {}, level=1).status_code == 403
    answer = visit("pat", f"/exports/{export.pk}/fetch/", {}, level=2)
    content = b"".join(cast("Iterable[bytes]", answer.streaming_content))
    assert content.startswith(age.VERSION)
    assert "ps-" in answer["Content-Disposition"]
    assert the_one().fetched_at
    superuser.execute("SELECT 1")


@pytest.mark.parametrize(("name", "status"), [("dora", 422), ("cora", 404), ("nadia", 404), ("cass", 404)])
def test_only_who_asked_fetches(superuser: Superuser, name: str, status: int) -> None:
    export = asked()
    work.make_waiting()
    answer = visit(name, f"/exports/{export}/fetch/", {}, level=2)
    assert answer.status_code in {status, 409, 403}
    assert not answer.streaming
    superuser.execute("SELECT 1")


@pytest.mark.django_db
def test_the_secret_half_is_never_taken() -> None:
    answer = visit("pat", "/exports/ask/", {"public_key": SECRET}, level=2)
    assert answer.status_code == 422
    assert "must never leave your machine" in answer.content.decode()
    assert "begins with age1" in str(visit("pat", "/exports/ask/", {"public_key": "hello"}, level=2).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cass", "sef", "ines", "helen", "adam"])
def test_who_does_not_lead_does_not_ask(name: str) -> None:
    answer = visit(name, "/exports/ask/", {"public_key": PUBLIC}, level=2)
    assert "The director, the data protection officer or a programme manager" in answer.content.decode()
    with acting("dora"):
        assert not Export.objects.exists()


@pytest.mark.django_db
def test_all_who_lead_are_told_and_can_stop_it() -> None:
    export = asked(agreeing="")
    for name in ("dora", "helen", "adam"):
        with acting(name) as by:
            assert [one.about for one in feeds.occasions(by)] == [About.EXPORT]
    for name in ("pat", "cass", "cora"):
        with acting(name) as by:
            assert list(feeds.occasions(by)) == []
    with acting("helen") as by:
        assert len(list(feeds.cards(by))) == 1
    assert visit("adam", f"/exports/{export}/stop/", {}).status_code == 302
    assert "Stopped" in page_of("helen")
    assert "was stopped" in str(visit("dora", f"/exports/{export}/agree/", {}, level=2).content.decode())


@pytest.mark.django_db
def test_one_at_a_time() -> None:
    asked()
    answer = visit("dora", "/exports/ask/", {"public_key": PUBLIC}, level=2)
    assert answer.status_code == 422
    assert "is being made" in answer.content.decode()


# ---- opened without a server -----------------------------------------------------------------------------------------


def opened(export: Path, key: Path, into: Path) -> int:
    return open_export.run(argparse.Namespace(export=export, key=key, into=into))


def test_it_is_opened_with_the_command_alone(
    superuser: Superuser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, export, into = tmp_path / "key", tmp_path / "ps.age", tmp_path / "ps.zip"
    key.write_text(SECRET)
    pk = asked()
    work.make_waiting()
    content = sealed(pk, "pat")
    export.write_bytes(content)
    assert opened(export, key, into) == 0
    assert "Nothing is missing or altered" in capsys.readouterr().out
    assert into.stat().st_mode & 0o077 == 0
    for name, broken in (("cut", content[:-1]), ("changed", content[:500] + b"x" + content[501:]), ("none", b"hello")):
        (tmp_path / f"{name}.age").write_bytes(broken)
        with pytest.raises(Refused):
            opened(tmp_path / f"{name}.age", key, tmp_path / f"{name}.zip")
        assert not (tmp_path / f"{name}.zip").exists()
    superuser.execute("SELECT 1")


def test_a_key_is_made_and_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key"
    assert export_key.run(argparse.Namespace(file=file)) == 0
    assert file.stat().st_mode & 0o077 == 0
    public = capsys.readouterr().out.split()[-1]
    assert age.secret_keys(file.read_text())[0].public_key() == age.public_key(public)
    with pytest.raises(Refused):
        export_key.run(argparse.Namespace(file=file))
