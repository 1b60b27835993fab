# Two commands matter to a newcomer: `make preview` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup preview page test simulate lint types messages bench soak fuzz audit eval lock clean

setup: .venv/.runtime  ## a virtual environment with what running needs
	@# Whoever runs the program may not be allowed to keep compiled files beside it.
	@$(BIN)/python -m compileall -q bot cogs adapters storage

.venv/.runtime: requirements.lock
	@# Also where an earlier try broke off, or the Python it was made with is gone.
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: .venv/.runtime requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

preview: setup  ## the bot in a local browser page, with a sample community; no token needed
	@exec $(BIN)/python -m bot preview

test: .venv/.test lint types  ## everything but the browser tests (those are run by .ci/run)
	$(BIN)/lint-imports
	@# The walks start the program a hundred times, also where Python is told to keep no compiled files.
	@$(BIN)/python -m compileall -q bot cogs adapters storage
	$(BIN)/python -m pytest -n 3 --dist worksteal
	@echo "Not included: browser tests (tests/browser; they need Chromium) and the Dockerfile's steps: bash .ci/run"

page: .venv/.test  ## the checker page, a static folder in artifacts/page (needs npm); see docs/checker.md
	@$(BIN)/python -m adapters.checker.build artifacts/page

simulate: .venv/.test  ## years of community life; for example ARGS='--seeds 200 --engine postgres'
	@$(BIN)/python -m tests.simulation $(ARGS)

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.test
	$(BIN)/basedpyright

messages: .venv/.test  ## renew bot/locale/introducer.pot, from which translations start
	$(BIN)/python -m tests.messages
	$(BIN)/python -m tests.german

# Two queues that deliveries are measured beside; never a dependency of the product.
.venv/bench/bin/python:
	$(PYTHON) -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check \
		'pgqueuer[asyncpg]==1.6.0' procrastinate==3.10.0 'psycopg[binary,pool]~=3.3'

bench: .venv/.test .venv/bench/bin/python  ## how fast the hot paths are, each beside a peer or limit; about half an hour
	$(BIN)/python -m benchmarks.joins
	$(BIN)/python -m benchmarks.deliveries
	$(BIN)/python -m benchmarks.kills
	$(BIN)/python -m benchmarks.mentors
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks.punctuality
	$(BIN)/python -m benchmarks.limits
	$(BIN)/python -m benchmarks.commands
	$(BIN)/python -m benchmarks.commands_slack
	$(BIN)/python -m benchmarks.starting
	$(BIN)/python -m benchmarks.report

soak: .venv/.test  ## six processes on PostgreSQL under load, killed again and again; ARGS='--minutes 20 --seed 17'
	@$(BIN)/python -m tests.soak $(ARGS)

fuzz: .venv/.test  ## hypothesis at the parsers and readers, with new inputs each round (a red one names its seed); ROUNDS=20
	for round in $$(seq $${ROUNDS:-20}); do $(BIN)/python -m pytest -q -x -n 0 -p no:randomly --hypothesis-seed=random \
		tests/ui/test_wire.py tests/domain/test_typed_time.py tests/adapters/slack/test_words.py tests/identifiers/test_text.py \
		tests/identifiers/pictures/test_hostile.py tests/storage/test_backup.py || exit 1; done

# `--strict`: what the database of advisories could not be asked about is a failure, never a silent pass.
audit:  ## asks the public database of advisories about what is locked; needs the network, not part of the tests
	test -x .venv/audit/bin/pip-audit || ($(PYTHON) -m venv .venv/audit && .venv/audit/bin/pip install --quiet pip-audit)
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-test.lock

lock:  ## renew both lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" pyproject.toml --group test -o requirements-test.lock

clean:
	rm -rf .venv artifacts

eval: .venv/.test  ## measures the identifier engine on invented posts it was not trained on
	$(BIN)/python benchmarks/identifiers/evaluate.py
