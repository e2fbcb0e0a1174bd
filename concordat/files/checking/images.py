"""Images are drawn anew from their pixels: what else a file told, such as where a photo was taken, is left behind."""

import warnings
from io import BytesIO

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from concordat.core.errors import Refused

from .kinds import Checked, Type

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF")
ENDINGS = {".png", ".jpg", ".jpeg", ".jfif", ".webp", ".tif", ".tiff"}
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"II*\x00", b"MM\x00*")
MOST_PIXELS = 40_000_000  # a sheet of A4 at 600 dots an inch has 35 million
QUALITY = 90


def is_one(data: bytes) -> bool:
    """Tell whether the first bytes are those of an image that may be kept; drawing it says whether it is one."""
    if not data.startswith(STARTS) or (data.startswith(b"RIFF") and data[8:12] != b"WEBP"):
        return False
    try:
        return bool(ENDINGS & {match.extension for match in puremagic.magic_string(data)})
    except puremagic.PureError:
        return False


def redrawn(data: bytes) -> Checked:
    """Draw an image anew, upright, without anything but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                refuse_large(image)
                refuse_many(image)
                return drawn(image)
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning) as error:
        raise Refused(_("This image cannot be read to its end. Save it again with another program.")) from error


def refuse_large(image: Image.Image) -> None:
    """Refuse before unpacking what would fill the memory."""
    if image.width * image.height > MOST_PIXELS:
        raise Refused(_("This image has too many pixels. Save it smaller: up to 40 megapixels are kept."))


def refuse_many(image: Image.Image) -> None:
    """Refuse what has more than one picture: only the first would be kept, and nobody would notice."""
    if getattr(image, "n_frames", 1) > 1:
        raise Refused(
            _(
                "This image holds several pages, or it moves. Attach each page as an image of its own, or all of them "
                "as one PDF."
            )
        )


def drawn(image: Image.Image) -> Checked:
    """Return the pixels as JPEG, or as PNG where the image was one or has sharp edges or see-through parts."""
    lossless = image.format == "PNG"
    upright = in_common_colours(ImageOps.exif_transpose(image))
    upright.info.clear()  # profiles, comments and the rest travel there
    out = BytesIO()
    if lossless or upright.mode in {"1", "RGBA", "LA"}:
        upright.save(out, "PNG")
        return Checked(Type.PNG, out.getvalue())
    upright.save(out, "JPEG", quality=QUALITY)
    return Checked(Type.JPEG, out.getvalue())


def in_common_colours(image: Image.Image) -> Image.Image:
    """Return the image in colours that both kinds of file can hold."""
    if image.mode.startswith("I;16"):  # 65,536 greys are drawn with 256
        return image.point(lambda grey: grey / 256).convert("L")
    if image.mode in {"1", "L", "LA", "RGB", "RGBA"}:
        return image.convert("RGBA") if "transparency" in image.info else image
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("RGB")
