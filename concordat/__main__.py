"""`python -m concordat` is the command `concordat`."""

import sys

from concordat.cli import main

sys.exit(main())
