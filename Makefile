# Everything a person or CI does here. Needs Python 3.11 to 3.13 and make; each target sets up what it needs.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && command -v $$p && break; done)
BIN := .venv/bin
UV := .uv/bin/uv
SOURCES := schemas services deploy tests

.PHONY: help
help: ## Show this list.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# uv, pinned by hash, in an environment of its own: syncing .venv would remove it.
$(UV): requirements/bootstrap.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found; install one, or say make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "$(PYTHON) is not Python 3.11 to 3.13"; exit 1; }
	@test "$$(uname -sm)" != "Linux aarch64" || { echo "faust-streaming 0.15.3 has no wheel for Linux on arm64, and nothing is built from source here: use Linux x86-64 or macOS"; exit 1; }
	@echo "setting up: uv"
	@$(PYTHON) -m venv --clear .uv || { echo "this Python has no venv module; on Debian: apt install python3-venv"; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/bootstrap.lock
	@touch $@

.venv/base: $(UV) requirements/base.lock pyproject.toml
	@echo "setting up: what the service needs, into .venv"
	@$(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --no-build requirements/base.lock
	@$(UV) pip install --quiet --python $(BIN)/python --offline --no-deps --editable .
	@touch $@

.venv/dev: .venv/base requirements/dev.lock
	@echo "setting up: what developing needs, into .venv"
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --no-build requirements/dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --offline --no-deps --editable .
	@touch $@

.PHONY: setup
setup: .venv/base ## Install the service and its command at .venv/bin/counterclaim.

# Added to what is there, since a sync would remove what developing needs.
.PHONY: setup-deep
setup-deep: .venv/base requirements/deep.lock ## Add the deep tier's model (COUNTERCLAIM_TIER=deep or auto): 300 MB.
	@echo "setting up: spaCy and its English model, into .venv"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-build -r requirements/deep.lock

.PHONY: setup-postgres
setup-postgres: .venv/base requirements/postgres.lock ## Add PostgreSQL for the desk's read store (COUNTERCLAIM_DESK_DATABASE).
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-build -r requirements/postgres.lock

.PHONY: setup-export
setup-export: .venv/base requirements/export.lock ## Add Parquet to what the desk exports: 165 MB.
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-build -r requirements/export.lock

.PHONY: run
run: setup ## Show the main job: five real articles in, the lead alert and the board out. Ctrl-C ends it.
	@$(BIN)/counterclaim demo --stay --open

.PHONY: demo
demo: setup ## The same, but ends by itself: exit code 0 if the alert came, 1 if not.
	@$(BIN)/counterclaim demo

.PHONY: demo-large
demo-large: .venv/dev ## The demo, then 461 war reports over three minutes (needs the shared data), so that the board is full.
	@mkdir -p var && $(BIN)/python -m tests.war_reports > var/war_reports.jsonl
	@$(BIN)/counterclaim demo --stay --open --more var/war_reports.jsonl --over 180

.PHONY: test
test: .venv/dev lint ## Lint, type-check and run the everyday tests.
	@$(BIN)/pytest -n 2 --dist loadfile

.PHONY: test-deep
test-deep: .venv/dev ## The tests of names with the deep tier's model, which make test skips where it is not installed.
	@$(MAKE) --no-print-directory setup-deep
	@$(BIN)/pytest tests/unit/entities

.PHONY: test-browser
test-browser: .venv/dev ## The desk in Chromium: four journeys, axe on every page, keyboard, live (needs chromium and npm).
	@$(BIN)/python -m tests.browser.axe
	@$(BIN)/pytest tests/browser

.PHONY: pictures
pictures: .venv/dev ## Draw docs/pictures/ (the board and a figure, of the demo's five articles) anew with Chromium.
	@$(BIN)/python -m tests.browser.pictures

.PHONY: lint
lint: .venv/dev ## ruff (format and rules) and mypy --strict.
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy

.PHONY: format
format: .venv/dev ## Format the code and mend what ruff can mend.
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

.PHONY: generate
generate: .venv/dev ## Write schemas/generated/ (JSON Schemas, AsyncAPI) anew from the models.
	@$(BIN)/python -m schemas.generate

.PHONY: chaos
chaos: .venv/dev ## Kills, stops, outages, poison on Apache Kafka (SCENARIOS="S2 S4" some; SCALE=0.5 half): 40 minutes.
	@$(BIN)/python -m tests.chaos $(SCENARIOS) --scale $(or $(SCALE),1)

.PHONY: soak
soak: .venv/dev ## Twenty minutes of load and random kills.
	@$(BIN)/python -m tests.chaos S11 --scale 6.7

.PHONY: fuzz
fuzz: .venv/dev ## Made-up inputs through admit, copies and read (N=100000): none may make a stage fail.
	@$(BIN)/python -m tests.chaos.fuzz $(or $(N),100000)

.PHONY: test-mends
test-mends: .venv/dev ## What Faust loses without each of our mends, and that it does not with them.
	@$(BIN)/python -m tests.chaos.mends

.PHONY: kafka
kafka: ## Start Apache Kafka on this machine (NODES=3: three) and say its address. Needs Java 17 and Maven.
	@$(or $(PYTHON),python3) -m deploy.kafka start --nodes $(or $(NODES),1)

.PHONY: stop-kafka
stop-kafka: ## End the Kafka that make kafka started.
	@$(or $(PYTHON),python3) -m deploy.kafka stop

.PHONY: up
up: ## Everything in containers (Docker), desk at 127.0.0.1:8340. WORKERS=2, WITHOUT=grafana, CA=registry.pem.
	@$(or $(PYTHON),python3) -m deploy.stack up --workers $(or $(WORKERS),1) $(addprefix --without ,$(WITHOUT)) $(if $(CA),--ca $(CA))

.PHONY: down
down: ## Stop the containers; what they hold stays in volumes (VOLUMES=1 removes that, too).
	@$(or $(PYTHON),python3) -m deploy.stack down $(if $(VOLUMES),--volumes)

.PHONY: test-kafka
test-kafka: .venv/dev ## Every integration case on Apache Kafka: one node, three, with TLS and passwords, in a container.
	@$(BIN)/pytest tests/integration --brokers apache,three,secure,container -k "apache or three or secure or container"

.PHONY: accuracy
accuracy: .venv/dev ## Measure accuracy on the shared gold data and print the table.
	@$(BIN)/python -m tests.accuracy

.PHONY: bench
# One package of the peers' comes as source only, so this environment, and no other, builds it.
bench: .venv/dev requirements/bench.lock ## Measure speed beside peers, and the path without a broker: 20 minutes.
	@$(UV) venv --quiet --clear --python $(PYTHON) .bench
	@$(UV) pip sync --quiet --python .bench/bin/python --require-hashes requirements/bench.lock
	@$(UV) pip install --quiet --python .bench/bin/python --offline --no-deps --editable .
	@.bench/bin/python -m tests.bench
	@.bench/bin/python -m tests.bench.copies
	@.bench/bin/python -m tests.bench.peers
	@$(BIN)/python -m tests.bench.ledger
	@$(BIN)/python -m tests.bench.path
	@$(BIN)/python -m tests.bench.path --articles 5000 --words 300

.PHONY: bench-flat
bench-flat: .venv/dev ## Measure whether an article costs the same after 200,000: half an hour.
	@$(BIN)/python -m tests.bench.path --articles 200000 --words 300

.PHONY: bench-stream
bench-stream: .venv/dev ## Measure the whole service on Apache Kafka: one worker, two, without Faust, how late alerts are, a restart.
	@$(BIN)/python -m tests.bench.stream
	@$(BIN)/python -m tests.bench.recovery

.PHONY: bench-tiers
bench-tiers: setup-deep ## Measure both tiers of names beside spaCy as it comes, and the path in the deep tier.
	@$(BIN)/python -m tests.bench.tiers
	@$(BIN)/python -m tests.bench.path --articles 500 --tier deep

.PHONY: lock
# The bench's lock is not held to the base's: quixstreams wants older pydantic-settings and rich.
lock: $(UV) ## Resolve the dependencies anew into requirements/*.lock.
	@printf 'uv==%s\n' "$$($(UV) --version | cut -d' ' -f2)" | $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" - -o requirements/bootstrap.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements/base.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra dev -c requirements/base.lock pyproject.toml -o requirements/dev.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra bench pyproject.toml -o requirements/bench.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra deep -c requirements/dev.lock pyproject.toml -o requirements/deep.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra postgres -c requirements/dev.lock pyproject.toml -o requirements/postgres.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra export -c requirements/dev.lock pyproject.toml -o requirements/export.lock

.PHONY: clean
clean: ## Remove everything the targets above made.
	@test ! -e var/kafka/started.json || $(MAKE) --no-print-directory stop-kafka
	@rm -rf .venv .uv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist var
