from io import BytesIO

import pytest
from PIL import Image

from concordat.core.errors import Refused
from concordat.files.checking import Type, check, images

from . import samples


@pytest.mark.parametrize(
    ("kind", "kept"), [("JPEG", Type.JPEG), ("PNG", Type.PNG), ("WEBP", Type.JPEG), ("TIFF", Type.JPEG)]
)
def test_only_the_pixels_are_kept(kind: str, kept: Type) -> None:
    checked = check(samples.photo(kind))

    assert checked.type == kept
    assert not checked.stays
    assert b"Secret" not in checked.data
    assert b"Exif" not in checked.data
    with Image.open(BytesIO(checked.data)) as image:
        assert not image.getexif()
        assert not {"icc_profile", "comment", "xmp", "exif"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_that_lies_on_its_side_stands_up(kind: str) -> None:
    with Image.open(BytesIO(check(samples.photo(kind)).data)) as image:
        assert image.size == (40, 60)
        red, blue = image.convert("RGB").getpixel((35, 30)), image.convert("RGB").getpixel((5, 30))
    assert (red[0] > 200, red[2] < 60) == (True, True)  # type: ignore[index]
    assert (blue[2] > 200, blue[0] < 60) == (True, True)  # type: ignore[index]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_several_pictures_are_refused_and_not_cut_to_the_first(kind: str) -> None:
    with pytest.raises(Refused, match="several pages"):
        check(samples.moving(kind))


def test_an_image_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(images, "drawn", lambda _image: pytest.fail("it was unpacked"))
    out = BytesIO()
    Image.new("1", (8000, 8000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Refused, match="too many pixels"):
        check(out.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_an_image_that_is_cut_off_is_refused(kind: str) -> None:
    whole = samples.photo(kind, (600, 400))
    with pytest.raises(Refused):
        check(whole[: len(whole) // 2])


def test_see_through_parts_and_many_greys_survive() -> None:
    for mode, colour in (("RGBA", (255, 0, 0, 0)), ("LA", (9, 0)), ("I;16", 65535), ("P", 1), ("1", 1)):
        out = BytesIO()
        Image.new(mode, (4, 4), colour).save(out, "PNG")
        with Image.open(BytesIO(check(out.getvalue()).data)) as image:
            pixel = image.convert("RGBA").getpixel((0, 0))
        assert pixel[3] == (0 if mode in {"RGBA", "LA"} else 255)  # type: ignore[index]
        assert mode != "I;16" or pixel[:3] == (255, 255, 255)  # type: ignore[index]


def test_what_hides_behind_an_image_is_gone() -> None:
    assert b"<script>" not in check(samples.photo() + b"<script>alert(1)</script>").data
