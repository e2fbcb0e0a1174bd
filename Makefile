# What a developer types. `make check` is what CI and the pre-commit hook run.
PYTHON ?= .venv/bin/python
LOCK = uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --universal --no-header --python-version 3.11

.PHONY: check test format requirements lock assets translations bench bench-kill differential audit

check:
	python3 start.py test

test:
	$(PYTHON) -m pytest

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(PYTHON) -m djlint --reformat --quiet concordat

bench-kill:
	$(PYTHON) -m bench.kill --rounds 100
	$(PYTHON) -m bench.full_disk

# more than two million decisions: database = plain reading of the agreements = Cedar; an hour and more on two cores
differential:
	WORLDS=4000 CEDAR=4000 $(PYTHON) -m pytest -q -rP -n2 concordat/access/tests/differential/test_differential.py concordat/access/tests/differential/test_cedar.py -k agrees

requirements:
	$(PYTHON) -m pytest -q -p concordat.core.testing.register

lock:
	cd requirements && $(LOCK) run.in --output-file run.txt
	cd requirements && $(LOCK) test.in --constraint run.txt --output-file test.txt
	cd requirements && $(LOCK) node.in --output-file node.txt

assets:
	$(PYTHON) -m concordat.core.assets

translations:
	$(PYTHON) -m concordat.core.translations

# minutes at 100,000 cases; see bench/README.md
bench:
	$(PYTHON) -m bench.pages

# known weaknesses of what is pinned; needs a network, and says so when there is none
audit:
	uvx pip-audit --strict --require-hashes --disable-pip --requirement requirements/run.txt
