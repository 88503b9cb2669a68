# Genkan in two commands: `make demo` and `make test`. Both set up .venv by themselves.

PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench bench-judgement lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Run everything on this machine with sample data (PORT=8000, LINE simulator on PORT+1)
	@exec $(BIN)/genkan demo --port $(PORT)

test: $(READY) ## Run all tests (PYTEST_ARGS="tests/desk -x" runs some of them)
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

lint: $(READY) ## Check style, types and the floors between the rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## Put the code into the house style
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: $(READY) ## Measure the accept path and the worker against their floors (needs wrk)
	@$(BIN)/python -m bench.accept
	@$(BIN)/python -m bench.turns

bench-judgement: $(READY) ## Measure the judgement: every slice, baselines, time (writes docs/judgement.*)
	@$(BIN)/python -m bench.judgement

lock: ## Pin the dependencies again, with hashes (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH" >&2; exit 1; }
	@uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml -o requirements.txt
	@uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra semantic -c requirements.txt -o requirements-semantic.txt
	@uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra dev -c requirements-semantic.txt -o requirements-dev.txt

# uv where there is one, because it is faster; pip everywhere else. Both check every hash. The lock
# file is whole: --no-deps keeps an older pip from looking for a newer coverage[toml] beside coverage.
$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Genkan needs Python 3.11 or newer; $(PYTHON) is older or missing." >&2; \
		echo "Name another one: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12" >&2; exit 1; }
	@if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		if command -v uv >/dev/null; then uv venv -q --clear --seed --python "$$(command -v $(PYTHON))" $(VENV); \
		else $(PYTHON) -m venv --clear $(VENV) || { \
			echo "$(PYTHON) cannot make a virtual environment." >&2; \
			echo "On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; fi; fi
	@echo "Setting up $(VENV) (once) …"
	@if command -v uv >/dev/null; then \
		uv pip install -q --python $(BIN)/python --no-deps --require-hashes -r requirements-dev.txt && \
		uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt && \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .; fi
	@touch $@
