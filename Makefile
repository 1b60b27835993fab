# Two commands matter to a newcomer: `make preview` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup preview test simulate lint types messages bench eval lock clean

setup: .venv/.runtime  ## a virtual environment with what running needs

.venv/.runtime: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: .venv/.runtime requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

preview: setup  ## the bot in a local browser page, with a sample community; no token needed
	@exec $(BIN)/python -m bot preview

test: .venv/.test lint types  ## everything but the browser tests (those are run by .ci/run)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2
	@echo "Not included: browser tests (tests/browser; they need Chromium) and the Dockerfile's steps: bash .ci/run"

simulate: .venv/.test  ## years of community life; for example ARGS='--seeds 200 --engine postgres'
	@$(BIN)/python -m tests.simulation $(ARGS)

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.test
	$(BIN)/basedpyright

messages: .venv/.test  ## renew bot/locale/introducer.pot, from which translations start
	$(BIN)/python -m tests.messages

bench: .venv/.test  ## how fast the hot paths are, each beside a peer; about ten minutes
	$(BIN)/python -m benchmarks.joins
	$(BIN)/python -m benchmarks.deliveries

lock:  ## renew both lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" pyproject.toml --group test -o requirements-test.lock

clean:
	rm -rf .venv artifacts

eval: .venv/.test  ## measures the identifier engine on invented posts it was not trained on
	$(BIN)/python benchmarks/identifiers/evaluate.py
