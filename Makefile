# On a fresh machine: `make site` builds the site into site/, `make test` passes the tests.

PYTHON ?= python3
BIN := .venv/bin
# Work is for all cores; CI has two.
WORKERS ?= auto

.PHONY: help site serve docs import-report test browsers test-long test-bounds check durations lighthouse lint lint-js words bench bench-serve bench-workbook search-bench search-weights soak soak-push fuzz-push fuzz-time \
	profile golden lock vendor diagram screenshot clean

# What there is to make.
help:
	@awk '/^# /{text=substr($$0,3)} /^[a-z][a-z-]*:/{split($$0,name,":"); printf "%-13s%s\n", name[1], text}' Makefile

# Build this repository's own site into site/.
site: .venv/site
	$(BIN)/deskpress build

# Serve it, and rebuild it at each change.
serve: .venv/site
	$(BIN)/deskpress serve

# Build the documentation into docs/site/, a site of Deskpress itself; each release of the changelog is a post.
docs: .venv/site
	$(BIN)/python docs/releases.py
	cd docs && ../$(BIN)/deskpress check --strict && ../$(BIN)/deskpress build

# The tests, and what they need; those that take long are a target of their own.
test: .venv/test
	sh tests/needs.sh
	$(BIN)/pytest -n $(WORKERS) -m "not long and not browsers"

# All of what is tried in Firefox and WebKit: every page, every field of every tool. A part of it runs in `make test`.
browsers: .venv/test
	sh tests/needs.sh
	$(BIN)/pytest tests/browser/test_firefox_webkit.py

# What takes long: attacks on a server by real pushes, random edits, kills at any instant, a disk that fills up.
test-long: .venv/test
	sh tests/needs.sh
	$(BIN)/pytest -n $(WORKERS) -m long

# Lint, types, walls and the fast tests: less than a minute.
check: .venv/test lint lint-js
	$(BIN)/pytest -n $(WORKERS) -m "not slow and not medium"

# Measure the fast tests; those that take longest are left out of `make check` (tests/medium.txt).
durations: .venv/test
	$(BIN)/python -m tests.durations -n $(WORKERS)

# The fast tests with the lowest and with the newest releases that pyproject.toml allows: some minutes, and PyPI.
test-bounds: .venv/test
	WORKERS=$(WORKERS) sh tests/bounds.sh

# Real sites with a blog of Material's: build each with MkDocs and with Deskpress, compare addresses: make real SITES=DIR
real: .venv/test
	$(BIN)/python tests/real/compare.py $(SITES)

# Exports of other platforms: import each, and count what readers get: make import-report EXPORTS=DIR
import-report: .venv/test
	$(BIN)/python -m tests.real.import_report $(EXPORTS) -v

# Lint, types and the layers of the folders.
lint: .venv/test
	$(BIN)/ruff check generator tests bench docs
	$(BIN)/ruff format --check generator tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports > .venv/lint-imports.log || (cat .venv/lint-imports.log; exit 1)

# The same for JavaScript: ESLint, and TypeScript on the types of JSDoc. Needs npm.
lint-js: tests/javascript/node_modules/.package-lock.json
	cd tests/javascript && npm run --silent check

tests/javascript/node_modules/.package-lock.json: tests/javascript/package-lock.json
	cd tests/javascript && npm ci --silent
	touch $@

# Lighthouse on every kind of page of the first site, phone and desk. Needs npm and Chromium.
lighthouse: site tests/lighthouse/node_modules/.package-lock.json
	sh tests/needs.sh
	$(BIN)/python tests/lighthouse/run.py site

tests/lighthouse/node_modules/.package-lock.json: tests/lighthouse/package-lock.json
	cd tests/lighthouse && npm ci --silent
	touch $@

# After a change of what the interface says: new texts into the catalogs of translations.
words: .venv/test
	$(BIN)/python -m tests.words

# Beside other generators: make bench N=1000 PEERS=deskpress,hugo ROUNDS=3 POSTS=DIR
N ?= 1000
PEERS ?= deskpress,hugo,eleventy,pelican,material,zensical
ROUNDS ?= 3

bench: .venv/site bench/.venv/ready
	$(BIN)/python bench/run.py --posts $(N) --peers $(PEERS) --rounds $(ROUNDS) $(if $(POSTS),--from $(POSTS))

# From saving a post to the browser's reload: make bench-serve N=10000 POSTS=DIR
bench-serve: .venv/test
	sh tests/needs.sh
	$(BIN)/python bench/serve.py --posts $(N) $(if $(POSTS),--from $(POSTS))

# How long the page stands still while a workbook of 20 MB is read beside it.
bench-workbook: .venv/test
	sh tests/needs.sh
	$(BIN)/pytest tests/browser/test_large_files.py -s

# How well the search answers, beside others: make search-bench SETS="SITE=FILE SITE=FILE", files as search.yml.
SETS ?= .=bench/search/found-on.yml .=bench/search/unseen.yml

search-bench: .venv/test bench/.venv/search/ready
	sh tests/needs.sh
	$(BIN)/python bench/search_bench.py $(SETS)

# The weights of the search, found on judged queries: make search-weights SETS="SITE=FILE SITE=FILE".
search-weights: .venv/test
	$(BIN)/python bench/search_weights.py $(SETS)

bench/.venv/search/ready: requirements/search-bench.txt
	$(PYTHON) -m venv bench/.venv/search
	bench/.venv/search/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/search-bench.txt
	touch $@

bench/.venv/ready: requirements/bench.txt requirements/zensical.txt bench/eleventy/package-lock.json
	$(PYTHON) -m venv bench/.venv
	bench/.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(PYTHON) -m venv bench/.venv/zensical
	bench/.venv/zensical/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
		-r requirements/zensical.txt
	cd bench/eleventy && npm ci --silent
	touch $@

# The random editor, for as long as it is told: make soak EXAMPLES=100 STEPS=50
EXAMPLES ?= 50
STEPS ?= 40

soak: .venv/test
	DESKPRESS_EXAMPLES=$(EXAMPLES) DESKPRESS_STEPS=$(STEPS) $(BIN)/pytest tests/engine tests/compat -k however -s

# Random edits pushed from two clones while somebody reads: make soak-push PUSHES=500
PUSHES ?= 500

soak-push: .venv/test
	sh tests/needs.sh
	DESKPRESS_PUSHES=$(PUSHES) $(BIN)/pytest tests/publish/test_soak.py -s

# Texts that repeat fragments of Markdown, each checked under a limit: make fuzz-time TEXTS=2000 SEED=1
TEXTS ?= 500
SEED ?= 1

fuzz-time: .venv/test
	$(BIN)/python -m tests.shapes --texts $(TEXTS) --seed $(SEED)

# Random pushes of an editor who means harm, each followed by an ordinary one: make fuzz-push PUSHES=2000 SEED=1
fuzz-push: .venv/test
	sh tests/needs.sh
	DESKPRESS_PUSHES=$(PUSHES) DESKPRESS_SEED=$(SEED) $(BIN)/pytest tests/publish/test_fuzz.py -s

# Where the time of a build goes: make profile SITE=DIR
SITE ?= .

profile: .venv/site
	cd $(SITE) && $(CURDIR)/$(BIN)/python -m cProfile -s tottime -m deskpress build -q -j 1 | head -60

# The golden files anew; read what changed before you commit it.
golden: .venv/test
	$(BIN)/pytest tests/golden --update-golden

# What the tools load in the browser, bundled from vendor/package-lock.json; then their digests.
BUNDLES := theme/assets/javascripts/tools/vendor

vendor: .venv/site
	cd vendor && npm ci --silent && npm run --silent build -- --log-level=warning
	cd vendor/node_modules && for name in email-addresses entities fflate papaparse parse5 postal-mime saxen tlds uplot; do \
		echo "== $$name =="; cat $$name/LICENSE*; echo; done > ../../$(BUNDLES)/LICENSES.txt
	cd $(BUNDLES) && sha256sum chart.js csv.js mail.js workbook.js LICENSES.txt > $(CURDIR)/vendor/sha256sums
	$(BIN)/python vendor/stem.py

# Which folder imports which, drawn into docs/content/architecture.md.
diagram: .venv/site
	$(BIN)/python docs/diagram.py

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
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		requirements/bench.in -o requirements/bench.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		requirements/zensical.in -o requirements/zensical.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
		requirements/search-bench.in -o requirements/search-bench.txt

.venv/site: requirements/site.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q generator
	touch $@

.venv/test: .venv/site requirements/test.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

# Remove what was built and installed.
clean:
	rm -rf .venv site dist .cache
