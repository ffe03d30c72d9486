# Two commands do all: `make run` and `make test`. Needs only Python 3.11 to 3.13, make and git.
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000
export PORT

.PHONY: help run test check fix bench
help:  ## what can be asked for
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

python:
	@test -n "$(PYTHON)" || { echo "manfaat: Python 3.11, 3.12 atau 3.13 tidak ditemukan; pasang salah satunya, lalu ulangi." >&2; \
	  echo "         Python 3.11, 3.12 or 3.13 was not found; install one and try again." >&2; exit 1; }
.PHONY: python

run: python  ## set everything up, load the demo, serve on http://127.0.0.1:8000/
	@$(PYTHON) tools/run.py

test: python  ## everything: checks, suite on SQLite and PostgreSQL, journeys in Chromium
	@$(PYTHON) tools/test.py

check: python  ## format, lint, types, imports, migrations, catalogues, documents
	@$(PYTHON) tools/check.py

fix: python  ## mend what the checks can mend by themselves
	@$(PYTHON) tools/check.py --fix

bench: python  ## timings side by side with named rivals
	@$(PYTHON) bench/run.py
