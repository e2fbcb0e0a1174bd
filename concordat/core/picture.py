"""Where each line and word of an agreement's picture stands: who gives what to whom.

There are two drawings, wide and tall. Right to left is drawn here and not flipped later, because words must not be.
SVG cannot break lines, so words are broken by a cautious guess of their width.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .parts import Difference, Flow, Given, Kept, Party, State

LINE = 20  # from one line of words to the next
# from nothing to everything; the threshold and what is closed to every agreement stand apart
RANKS = {"none": 0, "existence": 1, "date": 2, "summary": 3, "full": 4}
WIDE_WORDS, TALL_WORDS, NODE_WORDS, KEPT_WORDS = 66, 27, 16, 46  # letters that fit beside or under each other


@dataclass(frozen=True)
class Shape:
    """One mark: `kind` is text, path, square, circle, sheet (how much is given) or lock. `x` is where it begins."""

    kind: str
    x: float = 0
    y: float = 0
    text: str = ""
    look: str = ""
    form: str = ""
    size: float = 0
    middle: bool = False


@dataclass
class Drawing:
    """A drawing that grows as marks are put on it; `mirrored` turns left and right for right-to-left pages."""

    width: int
    mirrored: bool
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def across(self, x: float, size: float = 0) -> float:
        return self.width - x - size if self.mirrored else x

    def write(self, x: float, y: float, lines: Sequence[str], look: str = "", *, middle: bool = False) -> float:
        """Write lines of words below each other and return where the next one would stand."""
        for number, line in enumerate(lines):
            self.shapes.append(Shape("text", self.across(x), y + number * LINE, line, look, middle=middle))
        return y + len(lines) * LINE

    def mark(self, kind: str, x: float, y: float, size: float, form: str = "") -> None:
        self.shapes.append(Shape(kind, self.across(x, size), y, form=form, size=size))

    def line(self, look: str, *points: tuple[float, float]) -> None:
        words = " ".join(f"{'L' if number else 'M'}{self.across(x):g} {y:g}" for number, (x, y) in enumerate(points))
        self.shapes.append(Shape("path", text=words, look=look))

    def node(self, party: Party, x: float, y: float, size: float) -> None:
        """Draw a party: a square for an authority, a circle for civil society, with its letters."""
        self.mark("square" if party.is_authority else "circle", x, y, size)
        self.write(x + size / 2, y + size / 2 + 6, [party.short], "strong", middle=True)


def given_words(form: Given) -> str:
    """Say in two or three words how much is given."""
    return {
        "full": _("In full"),
        "summary": _("Summary"),
        "date": _("Date only"),
        "existence": _("Only that it exists"),
        "threshold": _("Above the threshold"),
        "none": _("Nothing"),
        "never": _("Closed"),
    }[form]


def given_inside(form: Given) -> str:
    """Say how much is given, inside a sentence."""
    return {
        "full": pgettext("inside a sentence", "in full"),
        "summary": pgettext("inside a sentence", "summary"),
        "date": pgettext("inside a sentence", "date only"),
        "existence": pgettext("inside a sentence", "only that it exists"),
        "threshold": pgettext("inside a sentence", "only above the threshold"),
        "none": pgettext("inside a sentence", "nothing"),
        "never": pgettext("inside a sentence", "closed"),
    }[form]


def manner(flow: Flow) -> str:
    """Say how something is given, and under which condition."""
    if flow.condition:
        return _("%(form)s, %(condition)s") % {"form": given_inside(flow.form), "condition": flow.condition}
    return given_inside(flow.form)


def arrow(drawing: Drawing, start: tuple[float, float], end: tuple[float, float], *, conditional: bool) -> None:
    """Draw a line and the head of an arrow at its end; it is level or upright."""
    (x, y), (to_x, to_y) = start, end
    step_x, step_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
    neck = (to_x - 9 * step_x, to_y - 9 * step_y)
    side = (6 * step_y, 6 * step_x)
    drawing.line("flow c-picture__flow--if" if conditional else "flow", start, neck)
    drawing.line(
        "head", end, (neck[0] + side[0] - 2 * step_x, neck[1] + side[1] - 2 * step_y),
        (neck[0] - side[0] - 2 * step_x, neck[1] - side[1] - 2 * step_y),
    )  # fmt: skip


def wide(left: Party, right: Party, flows: Sequence[Flow], kept: Sequence[Kept], *, mirrored: bool) -> Drawing:
    """Draw both parties at the sides and a level arrow for each flow between them."""
    drawing, y = Drawing(960, mirrored), 32.0
    for flow in flows:
        words = _("%(what)s, %(manner)s") % {"what": flow.what, "manner": manner(flow)}
        drawing.mark("sheet", 222, y - 15, 14, flow.form)
        y = drawing.write(244, y, wrap(words, WIDE_WORDS)) - LINE + 12
        tips = {"right": [(200, 760)], "left": [(760, 200)], "both": [(480, 760), (480, 200)]}[flow.way]
        for start, end in tips:
            arrow(drawing, (start, y), (end, y), conditional=bool(flow.condition))
        y += 38
    bottom = max(y, 170)
    for party, x in ((left, 66), (right, 826)):
        drawing.node(party, x, bottom / 2 - 62, 68)
        drawing.write(x + 34, bottom / 2 + 32, wrap(party.name, NODE_WORDS), "strong", middle=True)
    drawing.height = bottom
    return add_kept(drawing, left, kept, columns=(60, 520))


def tall(left: Party, right: Party, flows: Sequence[Flow], kept: Sequence[Kept], *, mirrored: bool) -> Drawing:
    """Draw one party above the other and upright arrows between them, for narrow screens."""
    drawing, y = Drawing(310, mirrored), 14.0
    for party, way in ((left, "right"), (right, "left")):
        drawing.node(party, 16, y, 52)
        drawing.write(80, y + 32, wrap(party.name, TALL_WORDS)[:1], "strong")
        y += 64
        for conditional in (False, True):
            going = [flow for flow in flows if flow.way == way and bool(flow.condition) == conditional]
            y = stack(drawing, going, y, conditional=conditional)
    drawing.node(left, 16, y, 52)
    drawing.write(80, y + 32, wrap(left.name, TALL_WORDS)[:1], "strong")
    drawing.height = y + 66
    for flow in (flow for flow in flows if flow.way == "both"):
        words = wrap(_("Both ways: %(what)s") % {"what": flow.what}, TALL_WORDS + 9)
        drawing.height = drawing.write(0, drawing.height + 22, words) - 4
    return add_kept(drawing, left, kept, columns=(0, 0))


def stack(drawing: Drawing, flows: Sequence[Flow], y: float, *, conditional: bool) -> float:
    """Write flows below each other, with one upright arrow along them; return where the next thing stands."""
    if not flows:
        return y
    top = y
    for flow in flows:
        y = drawing.write(80, y + 18, wrap(flow.what, TALL_WORDS))
        y = drawing.write(80, y, wrap(manner(flow), TALL_WORDS), "soft") - 11
    arrow(drawing, (42, top), (42, y), conditional=conditional)
    return y + 12


def add_kept(drawing: Drawing, left: Party, kept: Sequence[Kept], columns: tuple[int, int]) -> Drawing:
    """Write under a rule what stays with each party; `columns` are where the two lists begin."""
    if kept:
        drawing.line("rule", (0, drawing.height), (drawing.width, drawing.height))
        top = bottom = drawing.height + 32
        for one in kept:
            x = columns[0] if one.party == left else columns[1]
            y = bottom if columns[0] == columns[1] else top
            drawing.mark("lock", x, y - 16, 24)
            drawing.write(x + 32, y, [_("Stays with %(party)s") % {"party": one.party.name}], "strong")
            letters = KEPT_WORDS if drawing.width > 500 else TALL_WORDS + 5  # noqa: PLR2004 - wide or tall
            bottom = max(bottom, drawing.write(x + 32, y + LINE, wrap(one.what, letters)) + 10)
        drawing.height = bottom - 12
    drawing.height += 6
    return drawing


def described(left: Party, right: Party, flows: Sequence[Flow], kept: Sequence[Kept]) -> str:
    """Say in sentences what the picture shows, for those who do not see it."""
    sentences = []
    for giver, taker, way in ((left, right, "right"), (right, left, "left")):
        going = [_("%(what)s, %(manner)s") % {"what": f.what, "manner": manner(f)} for f in flows if f.way == way]
        if going:
            words = {"giver": giver.name, "taker": taker.name, "list": "; ".join(going)}
            sentences.append(_("%(giver)s gives to %(taker)s: %(list)s.") % words)
    sentences += [_("Both ways: %(what)s.") % {"what": flow.what} for flow in flows if flow.way == "both"]
    sentences += [_("Stays with %(party)s: %(what)s.") % {"party": k.party.name, "what": k.what} for k in kept]
    return " ".join(sentences)


def direction_of_change(row: Difference) -> State | None:
    """Say what a difference does for the one who reads: None when it stays as it is."""
    before, after = RANKS.get(row.before.form), RANKS.get(row.after.form)
    if row.before == row.after:
        return None
    if before is None or after is None:
        return State("changed", _("Changes"))
    if before == after:
        return state_of_condition(row)
    if before == 0:
        return State("changed", _("Opens"))
    if after == 0:
        return State("rest", _("Closes"))
    return State("changed", _("Widens")) if after > before else State("rest", _("Narrows"))


def state_of_condition(row: Difference) -> State:
    """Say what a change of the condition alone does."""
    if row.before.condition and row.after.condition:
        return State("changed", _("Changes"))
    return State("rest", _("Narrows")) if row.after.condition else State("changed", _("Widens"))
