"""Papers as a scanner sees them, drawn here: nothing in the invented country comes from a real one."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SHEET = (620, 877)  # A4 at 75 dots an inch
INK, PEN, PAPER = (40, 40, 48), (28, 52, 140), (250, 248, 242)
LEFT, TOP, LINE = 60, 60, 26


def drawn(lines: tuple[str, ...], signature: tuple[tuple[int, int], ...]) -> Image.Image:
    """Draw a sheet with some lines and a signature."""
    sheet = Image.new("RGB", SHEET, PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        draw.text((LEFT, TOP + number * LINE), line, INK, ImageFont.load_default(15 if number else 22))
    foot = TOP + (len(lines) + 3) * LINE
    draw.line((LEFT, foot, LEFT + 260, foot), INK)
    draw.line([(LEFT + x, foot + y) for x, y in signature], PEN, 3, "curve")
    return sheet


def photo(lines: tuple[str, ...]) -> bytes:
    """Return the sheet as a telephone would photograph it."""
    out = BytesIO()
    drawn(lines, ((10, -8), (40, -34), (52, 2), (90, -28), (110, -4), (160, -22), (230, -10))).save(out, "JPEG")
    return out.getvalue()


def pdf(lines: tuple[str, ...]) -> bytes:
    """Return the sheet as an office scanner would store it."""
    out = BytesIO()
    drawn(lines, ((8, -4), (30, -30), (70, -6), (95, -40), (120, -8), (210, -16))).save(out, "PDF", resolution=75)
    return out.getvalue()
