# Everything a person or CI does here. Needs Python 3.11 to 3.13 and make; each target sets up what it needs.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && command -v $$p && break; done)
BIN := .venv/bin
UV := .uv/bin/uv
SOURCES := schemas services tests

.PHONY: help
help: ## Show this list.
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# uv, pinned by hash, in an environment of its own: syncing .venv would remove it.
$(UV): requirements/bootstrap.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found; install one, or say make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "$(PYTHON) is not Python 3.11 to 3.13"; exit 1; }
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

.PHONY: run
run: setup ## Show the main job: five real articles in, the lead alert and the board out. Ctrl-C ends it.
	@$(BIN)/counterclaim demo --stay --open

.PHONY: demo
demo: setup ## The same, but ends by itself: exit code 0 if the alert came, 1 if not.
	@$(BIN)/counterclaim demo

.PHONY: test
test: .venv/dev lint ## Lint, type-check and run the everyday tests.
	@$(BIN)/pytest

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
chaos: .venv/dev ## SIGKILLs under load (KILLS=5): what was lost, done again, shown twice.
	@$(BIN)/python -m tests.chaos

.PHONY: accuracy
accuracy: .venv/dev ## Measure accuracy on the shared gold data and print the table.
	@$(BIN)/python -m tests.accuracy

.PHONY: bench
# One package of the peer's comes as source only, so this environment, and no other, builds it.
bench: .venv/dev requirements/bench.lock ## Measure speed beside a peer in one run, in an environment of its own.
	@$(UV) venv --quiet --clear --python $(PYTHON) .bench
	@$(UV) pip sync --quiet --python .bench/bin/python --require-hashes requirements/bench.lock
	@$(UV) pip install --quiet --python .bench/bin/python --offline --no-deps --editable .
	@.bench/bin/python -m tests.bench

.PHONY: lock
lock: $(UV) ## Resolve the dependencies anew into requirements/*.lock.
	@printf 'uv==%s\n' "$$($(UV) --version | cut -d' ' -f2)" | $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" - -o requirements/bootstrap.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements/base.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra dev -c requirements/base.lock pyproject.toml -o requirements/dev.lock
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --extra bench -c requirements/base.lock pyproject.toml -o requirements/bench.lock

.PHONY: clean
clean: ## Remove everything the targets above made.
	@rm -rf .venv .uv .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist var
