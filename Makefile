# What a checkout can do. `make` alone lists it. The first use sets everything up in .venv.
# Another Python:  make archive PYTHON=/opt/python3.12/bin/python3 URL=…

SHELL := /bin/sh
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links

# Taken as typed: an address may hold $, & and quotes, which neither make nor the shell shall read.
export ARCHIVE_URL := $(value URL)

JOBS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

.PHONY: help archive address test test-long test-replay torture accept demo lint format docs bench lock clean

help:
	@echo "make archive URL='https://…'   archive one article and its comments into output/"
	@echo "make test                      run the tests; a part: make test ARGS='tests/threads'"
	@echo "make test-long                 hostile servers and killed crawls (some minutes)"
	@echo "make test-replay               exported WACZ files in ReplayWeb.page's library, pywb and py-wacz; wants Node 20"
	@echo "make torture                   200 kills of a crawl of 500 threads: what is lost? (a quarter of an hour)"
	@echo "make accept [CASE=isso]        take what recorded dialogues give today for right"
	@echo "make demo                      the same on a sample site on this machine, step by step"
	@echo "make lint | format             what CI checks: style, types, layers, stale docs"
	@echo "make docs                      write the tables in docs/ that are made from code"
	@echo "make bench                     speed beside plain Scrapy and sqlite3, on this machine"
	@echo "make lock                      pin today's dependencies"
	@echo "make clean                     forget .venv and caches; output/ stays"

# 3 (stored, but comments are missing) and 4 (refused by robots.txt) were told in words: no failure of make's.
archive: address .venv/ready
	@$(BIN)/python -m archiver archive -- "$$ARCHIVE_URL" || case $$? in 3|4) ;; *) exit 1 ;; esac

address:
	@if [ -z "$$ARCHIVE_URL" ]; then \
	  echo "Which page? For example: make archive URL='https://news.example/story'" >&2; exit 2; \
	fi

test: .venv/ready-dev
	@$(BIN)/python -m pytest --numprocesses $(JOBS) -m "not long" $(ARGS)

test-long: .venv/ready-dev
	@$(BIN)/python -m pytest --numprocesses $(JOBS) -m long $(ARGS)

test-replay: .venv/ready-dev .replay/ready
	@$(BIN)/python -m pytest tests/replay $(ARGS)

accept: .venv/ready-dev
	@$(BIN)/python -m tests.recorded.accept $(CASE)

torture: .venv/ready-dev
	@$(BIN)/python -m tests.torture

demo: .venv/ready
	@$(BIN)/python -m tests.site.demo

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.make --check

format: .venv/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/ready
	$(BIN)/python -m docs.make

bench: .venv/ready
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.exports
	$(BIN)/python -m benchmarks.capture

lock: .venv/bin/python
	@$(PIP) install uv
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --output-file requirements-dev.lock

clean:
	rm -rf .venv .replay .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

.venv/bin/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python -m venv .venv && exit 0; \
	    rm -rf .venv; \
	    echo "$$python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "The archiver needs Python 3.11 or newer, and found: $$(python3 --version 2>&1 || true)." >&2; \
	echo "Install one, or name it: make archive PYTHON=/path/to/python3.12 URL=…" >&2; exit 1

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up in .venv; this takes a minute, once …" >&2
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	@echo "Adding what tests and linters need …" >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Other people's tools, which only tests use and nothing imports.
.replay/ready: tests/replay/requirements.txt tests/replay/package.json | .venv/bin/python
	@echo "Setting up tools that replay archives in .replay/; this takes a minute, once …" >&2
	@command -v npm >/dev/null || { echo "npm is not there; Node 20 brings it." >&2; exit 1; }
	@rm -rf .replay && $(BIN)/python -m venv .replay
	@.replay/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/replay/requirements.txt
	@cp tests/replay/package.json .replay/ && cd .replay && npm install --loglevel=error --no-audit --no-fund --no-package-lock
	@touch $@
