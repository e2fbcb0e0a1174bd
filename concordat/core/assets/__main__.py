"""`python -m concordat.core.assets [--if-needed]`: build the style sheet, fonts and icons."""

import sys

from concordat.core.assets import CannotBuild, build, is_fresh


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--if-needed"]):
        print("usage: python -m concordat.core.assets [--if-needed]", file=sys.stderr)
        return 2
    if arguments and is_fresh():
        return 0
    try:
        build()
    except CannotBuild as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
