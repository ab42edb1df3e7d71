# Alongside. `make help` lists what there is.
#
# The scripts behind these words are Python and need nothing but Python 3.11 or later.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

.PHONY: help run test check bench format clean python

help: ## Show this list
	@echo "Alongside, the involvement and carers platform."
	@echo
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16
	@echo
	@echo "  HOST=0.0.0.0 PORT=8001 DATABASE_URL=postgres://... change where make run listens and keeps"
	@echo "  its data; the rest is in docs/running/settings.md. PYTHON=python3.12 names another Python."

run: python ## Set up, fill a demo and serve it (HOST, PORT, DATABASE_URL)
	@exec $(PYTHON) scripts/run.py

test: python ## Run every test on SQLite and PostgreSQL (ARGS go to pytest)
	@exec $(PYTHON) scripts/test.py $(ARGS)

check: python ## Check format, lint, types, walls, templates, migrations, secrets (ARGS: which)
	@exec $(PYTHON) scripts/check.py $(ARGS)

bench: python ## Measure; prints a table and writes BENCH_OUT (ONLY=name runs one)
	@$(PYTHON) scripts/environment.py dev >/dev/null
	@ONLY="$(ONLY)" BENCH_OUT="$(or $(BENCH_OUT),benchmarks/latest.jsonl)" \
	    exec .venv/bin/python -m benchmarks

format: python ## Put the code in the house's format
	@$(PYTHON) scripts/environment.py dev >/dev/null
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix --quiet .

clean: ## Remove what was built: the environment, caches, collected files; never data/
	rm -rf .venv .cache node_modules static-collected .mypy_cache .ruff_cache .pytest_cache .hypothesis

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Alongside needs Python 3.11 or later; \"$(PYTHON)\" is not. Try: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.12" >&2; \
	    exit 1; }
