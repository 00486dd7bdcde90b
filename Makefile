# On a fresh machine: `make site` builds the site into site/, `make test` passes the tests.

PYTHON ?= python3
BIN := .venv/bin
# Work is for all cores; CI has two.
WORKERS ?= auto

.PHONY: site serve test check lint bench golden lock screenshot clean

site: .venv/site
	$(BIN)/deskpress build

serve: .venv/site
	$(BIN)/deskpress serve

test: .venv/test
	sh tests/needs.sh
	$(BIN)/pytest -n $(WORKERS)

# Lint, types, walls and the fast tests: less than a minute.
check: .venv/test lint
	$(BIN)/pytest -n $(WORKERS) -m "not slow"

lint: .venv/test
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests
	$(BIN)/mypy
	$(BIN)/lint-imports > .venv/lint-imports.log || (cat .venv/lint-imports.log; exit 1)

bench:
	@echo "nothing yet: the benchmark against other generators comes with the incremental engine"

# The golden files anew; read what changed before you commit it.
golden: .venv/test
	$(BIN)/pytest tests/golden --update-golden

# The picture in the README.
screenshot: .venv/test
	sh tests/needs.sh
	$(BIN)/deskpress build -q
	$(BIN)/python docs/screenshot.py

# The lock files from pyproject.toml: for every platform, with hashes, without the name of a host.
lock: .venv/test
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml requirements/build.in -o requirements/site.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		--group dev -c requirements/site.txt pyproject.toml requirements/build.in -o requirements/test.txt

.venv/site: requirements/site.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/test: .venv/site requirements/test.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

clean:
	rm -rf .venv site dist .cache
