# make serve   install, index corpus/ if needed, and serve the search page
# make test    install, check style, types and import directions, and run every test
# make help    the rest

VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help serve test test-opensearch soak check audit format corpus fuzz bench relevance lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The program alone; what it needs is pinned with hashes in requirements.lock.
$(BIN)/imr-search: requirements.lock pyproject.toml scripts/venv.sh
	sh scripts/venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

# The program with its checks and tests.
$(VENV)/.dev: requirements-dev.lock $(BIN)/imr-search
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

serve: $(BIN)/imr-search  ## Index corpus/ if needed and serve the search page
	$(BIN)/imr-search index
	$(BIN)/imr-search serve

check: $(VENV)/.dev  ## Style, types, import directions, risky calls, known vulnerabilities
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive --severity-level medium search_app
	sh scripts/audit.sh $(BIN)/pip-audit || [ $$? = 2 ]  # without the network it says so

# A process for each core, up to four; the tests of a module stay together, as they share what they build.
PYTEST := $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile
test: check  ## Every check and every test; browser tests skip where there is no Chromium
	$(PYTEST)

# Without Maven and Java it says so and does nothing.
test-opensearch: $(VENV)/.dev  ## The contract and the website on a real three-node OpenSearch
	TEST_OPENSEARCH=own $(BIN)/pytest tests/opensearch
	$(BIN)/python -m tests.opensearch $(PYTEST) tests/contract tests/web tests/serving/test_changing_index.py \
		-k "opensearch or web"

KILLS := 100
ENGINES := whoosh,tantivy,opensearch
SEED := 255
soak: $(VENV)/.dev  ## KILLS=100 random kills amid indexing and rebuilding for each of ENGINES
	KILLS=$(KILLS) ENGINES=$(ENGINES) SEED=$(SEED) $(BIN)/pytest -p no:randomly tests/faults/test_soak.py

audit: $(VENV)/.dev  ## Known vulnerabilities of the locked versions; fails where they can't be looked up
	sh scripts/audit.sh $(BIN)/pip-audit

format: $(VENV)/.dev  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

corpus: $(VENV)/.dev  ## Write the fictional letters of corpus/ anew
	rm -rf corpus/*.txt corpus/*.html corpus/*.pdf
	$(BIN)/python -m bench.corpus_writer --letters 400 --seed 255 --out corpus

TARGETS := readers archives letters queries pages api vocabulary
MINUTES := 20
fuzz: $(VENV)/.dev  ## Look for inputs that break it: TARGETS="letters pages", MINUTES=20 of processor time for each
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fuzz]"
	set -e; for target in $(TARGETS); do nice $(BIN)/python -m fuzz $$target --minutes $(MINUTES); done

SIZE := 10000
bench: $(VENV)/.dev  ## Compare speed with peers: SIZE=10000 decisions, WORK=folder keeps what was made
	$(BIN)/python -m bench run --size $(SIZE) $(if $(WORK),--work "$(WORK)")

LETTERS := ../shared/letters/pdf
QUERIES := ../shared/letters/queries.jsonl
relevance: $(VENV)/.dev  ## Score judged queries, with each part of the recipe switched off in turn
	$(BIN)/python -m bench relevance "$(LETTERS)" "$(QUERIES)"

# Run it with the oldest Python that is promised, Debian 12's 3.11.2: what fits there fits later ones too.
LOCK := $(VENV)/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host pyproject.toml
lock: $(VENV)/.dev  ## Pin the newest allowed versions of everything
	$(BIN)/python -m pip install --quiet pip-tools
	$(LOCK) --output-file=requirements.lock
	$(LOCK) --output-file=requirements-dev.lock --extra=dev --constraint=requirements.lock

clean:  ## Remove the virtual environment, the index and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find index -mindepth 1 ! -name README.md -delete
