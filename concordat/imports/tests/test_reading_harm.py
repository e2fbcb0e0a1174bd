"""Files made to do harm, each read in a process of its own whose memory is measured: one sentence, below the limit."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT = 500  # megabytes at the highest, everything included
CHILD = Path(__file__).parent / "harm.py"
REFUSED = {
    "zip bomb": "unpacks to far more than its size",
    "huge XML": "far more text than a list of people|unpacks to far more|more than 50000 rows",
    "shared strings": "far more text than a list of people|unpacks to far more",
    "one long string a million times": "far more text than a list of people",
    "half a million columns": "columns|too long to be read",
    "half a million columns of a workbook": "more than 200 columns",
    "a million cells a row": "far more text than a list of people|too long to be read|columns",
    "rows without end": "far more text|more than 50000 rows|damaged",
    "merged over everything": "damaged",
    "quotation mark": "too long to be read|never closed",
    "bytes without sense": "cannot be read for certain|not a table",
}
READ = ("the largest list", "the largest workbook")


@pytest.mark.parametrize("kind", [*REFUSED, *READ])
def test_no_file_takes_more_memory_than_it_may(kind: str) -> None:
    done = subprocess.run([sys.executable, str(CHILD), kind], capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["megabytes"] < LIMIT
    if kind in READ:
        assert said["rows"] == 50_000
    else:
        assert any(words in said["sentence"] for words in REFUSED[kind].split("|")), said["sentence"]
