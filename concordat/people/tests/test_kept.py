import re
from collections.abc import Callable
from html import unescape

from django.urls import reverse

from concordat.core.testing.filling import carried
from concordat.demo.world import named
from concordat.people import kept
from concordat.people.kept import LARGEST
from concordat.people.models import KeptPost, Membership
from concordat.people.tests.conftest import Browser

KEPT = "/account/kept/"
ROLES = f"/people/{named('pat')}/roles/"
TYPED = {
    "roles": ["programme_manager", "signatory"], "title": "Programme manager", "unit": "", "keeps_work": "keep",
    "checked": "1", "note": "line one\nline <two>",
}  # fmt: skip


def expire(as_owner: Callable[..., None]) -> None:
    as_owner("UPDATE people_session SET expires_at = now() - interval '1 second'")


def fields_of(page: str) -> dict[str, list[str]]:
    """Return what the form on the page would send."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', page):
        found.setdefault(name, []).append(value)
    for name, value in re.findall(r'<input type="hidden" name="(kept-post)" value="([^"]+)">', page):
        found[name] = [value]
    return {name: [unescape(value) for value in values] for name, values in found.items()}


def test_what_was_sent_too_late_is_sent_again_by_the_same_user(adam: Browser, as_owner: Callable[..., None]) -> None:
    opened = carried(adam.client.get(ROLES).content.decode())
    expire(as_owner)
    late = adam.client.post(ROLES, TYPED | opened)
    assert late.headers["Location"] == f"{reverse('account_login')}?next=%2Faccount%2Fkept%2F"
    assert "what you typed is kept" in adam.client.get(late.headers["Location"]).content.decode()

    assert adam.sign_in(then=KEPT).headers["Location"] == KEPT
    page = adam.client.get(KEPT).content.decode()
    assert "line &lt;two&gt;" in page
    assert pats_roles() == ["programme_manager"]  # nothing is sent by itself

    again = adam.client.post(KEPT, fields_of(page) | {"kept-send": "1"}, follow=True)
    assert again.redirect_chain[0] == (ROLES, 307)
    assert pats_roles() == ["programme_manager", "signatory"]
    assert not KeptPost.objects.exists()


def pats_roles() -> list[str]:
    return Membership.objects.using("signin").get(id=named("pat")).roles


def test_it_is_never_shown_to_another_user(
    adam: Browser, browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    expire(as_owner)
    adam.client.post(ROLES, TYPED)
    number = str(KeptPost.objects.get().id)

    dora = browser("dora")
    dora.client.cookies = adam.client.cookies  # the same browser, somebody else sits down
    dora.sign_in(then=KEPT)
    assert dora.client.get(KEPT).headers["Location"] == "/"
    dora.client.post(KEPT, {"kept-post": number, "kept-send": "1"})
    assert KeptPost.objects.count() == 1


def test_a_row_moved_to_another_user_does_not_open(
    adam: Browser, browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    dora = browser("dora")
    expire(as_owner)
    adam.client.post(ROLES, TYPED)
    as_owner("UPDATE people_keptpost SET user_id = %s", dora.user.id)
    dora.sign_in()
    assert dora.client.get(KEPT).headers["Location"] == "/"


def test_it_lies_sealed(adam: Browser, as_owner: Callable[..., None]) -> None:
    expire(as_owner)
    adam.client.post(ROLES, TYPED)
    assert "line one" not in KeptPost.objects.get().sealed


def test_it_is_thrown_away_on_request_and_after_a_day(adam: Browser, as_owner: Callable[..., None]) -> None:
    for _twice in range(2):
        expire(as_owner)
        adam.client.post(ROLES, TYPED)
        adam.sign_in()
    first, second = KeptPost.objects.all()
    adam.client.post(KEPT, {"kept-post": str(first.id), "kept-drop": "1"})
    assert [one.id for one in KeptPost.objects.all()] == [second.id]

    as_owner("UPDATE people_keptpost SET until = until - interval '24 hours'")
    assert adam.client.get(KEPT).headers["Location"] == "/"
    kept.forget_old()
    assert not KeptPost.objects.filter(id=second.id).exists()


def test_signing_in_leads_to_it_also_without_its_address(adam: Browser, as_owner: Callable[..., None]) -> None:
    expire(as_owner)
    adam.client.post(ROLES, TYPED)
    assert adam.sign_in().headers["Location"] == KEPT


def test_too_much_or_too_often_is_not_kept(adam: Browser, as_owner: Callable[..., None]) -> None:
    cookies = adam.client.cookies.output(header="", sep=";")
    expire(as_owner)
    adam.client.post(ROLES, {"note": "x" * LARGEST})
    assert not KeptPost.objects.exists()
    for _attempt in range(7):
        adam.client.cookies.load(cookies)
        adam.client.post(ROLES, TYPED)
    assert KeptPost.objects.count() == 5


def test_a_stranger_who_sends_something_leaves_nothing_behind(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    adam = browser("adam")
    adam.client.post(ROLES, TYPED)
    adam.sign_in()
    adam.client.post(reverse("account_logout"))
    adam.client.post(ROLES, TYPED)
    assert not KeptPost.objects.exists()


def test_a_password_is_never_kept(adam: Browser, as_owner: Callable[..., None]) -> None:
    expire(as_owner)
    adam.client.post("/account/password/", {"oldpassword": "a", "password1": "b", "password2": "b"})
    assert not KeptPost.objects.exists()


def test_it_is_not_sent_as_another_organisation(adam: Browser, as_owner: Callable[..., None]) -> None:
    expire(as_owner)
    adam.client.post(ROLES, TYPED)
    as_owner(
        "UPDATE people_membership SET user_id = %s, roles = '{administrator}' WHERE id = %s",
        adam.user.id,
        named("ruth"),
    )
    adam.sign_in()
    adam.client.post("/account/acting/", {"membership": str(named("ruth"))})
    page = adam.client.get(KEPT).content.decode()
    assert "while you acted for another organisation" in page
    assert not fields_of(page)
