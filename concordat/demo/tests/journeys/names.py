"""What a screen reader has to say, read from the accessibility tree that the browser hands to it."""

from typing import Any

from playwright.sync_api import Page

NEEDS_A_NAME = {
    "button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "radiogroup", "group",
    "spinbutton", "heading", "img", "image", "table", "navigation", "region", "dialog", "alertdialog",
    "DisclosureTriangle",
}  # fmt: skip
NAMED_BY_ITS_SUMMARY = "group: <details"


def nameless(page: Page) -> list[str]:
    """Return what of the page would be read out without a name: its role and the beginning of what stands in it."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    found = [one for one in nodes if not one["ignored"] and role(one) in NEEDS_A_NAME and not name(one)]
    said = [f"{role(one)}: {shown(session, one)}" for one in found]
    session.detach()
    return [one for one in said if not one.startswith(NAMED_BY_ITS_SUMMARY)]


def role(node: dict[str, Any]) -> str:
    return str(node["role"]["value"])


def name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def shown(session: Any, node: dict[str, Any]) -> str:  # noqa: ANN401 - playwright does not export its class
    """Return the beginning of an element as it is written."""
    html = session.send("DOM.getOuterHTML", {"backendNodeId": node["backendDOMNodeId"]})["outerHTML"]
    return str(html)[:160]
