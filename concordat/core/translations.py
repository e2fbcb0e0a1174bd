"""Compile the translations: .po files are what people write, .mo files what the program reads."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from concordat.core.errors import Refused

PACKAGE = Path(__file__).resolve().parent.parent
PLACES = tuple(f"{folder}locale/*/LC_MESSAGES/*.po" for folder in ("", "*/", "*/*/"))


def compile_all(package: Path = PACKAGE) -> int:
    """Compile each .po file that is newer than its .mo file; return how many there were."""
    sources = [source for place in PLACES for source in sorted(package.glob(place))]
    stale = [source for source in sources if is_stale(source)]
    for source in stale:
        compile_one(source)
    return len(stale)


def is_stale(source: Path) -> bool:
    """Tell whether a .po file has changed since it was compiled."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> None:
    """Compile one file; what is marked as uncertain (fuzzy) is left out."""
    try:
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
    except PoFileError as error:
        raise Refused(f"The translation {source} cannot be read, line {error.lineno}: {error}") from error
    fresh = source.with_suffix(".mo.new")
    with fresh.open("wb") as compiled:
        write_mo(compiled, catalogue, use_fuzzy=False)
    fresh.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_all()
