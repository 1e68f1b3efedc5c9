# 汇通 Huitong. `make` lists what there is; each target does the set-up that it needs and is still missing.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

GRAPHIQL := gateway/server/static/graphiql/workbench.js
GRAPHIQL_SOURCES := package.json package-lock.json $(wildcard gateway/server/web/*)

.DEFAULT_GOAL := help
.PHONY: help install graphiql demo test fuzz lint format wheel lock clean

help:
	@echo 'make demo     the example city on http://127.0.0.1:8080 (more: make demo ARGS="--people 300 --port 9000")'
	@echo 'make test     all tests, with branch coverage'
	@echo 'make fuzz     random federated graphs until stopped (more: make fuzz ARGS="--minutes 20 --seed 7")'
	@echo 'make lint     style, types, layers'
	@echo 'make format   put style right'
	@echo 'make wheel    a wheel and an sdist in dist/'
	@echo 'make install  the environment in .venv, and GraphiQL'
	@echo 'make lock     choose the newest versions that pyproject.toml allows'
	@echo 'make clean    take away all that was made'

install: .venv/installed graphiql

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	@echo 'Making .venv ...'
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Installing what requirements.lock lists ...'
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

graphiql: $(GRAPHIQL)

# Without GraphiQL all else works, so a registry out of reach is told and no failure (save with CI=true).
$(GRAPHIQL): $(GRAPHIQL_SOURCES) | .venv/installed
	@.ci/graphiql

demo: install
	@$(BIN)/huitong demo $(ARGS)

test: install
	@.ci/chromium
	@.ci/suite $(ARGS)

fuzz: .venv/installed
	@$(BIN)/python -m tests.difference.fuzz $(ARGS)

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/pytest -q -p no:cacheprovider tests/house/test_neutrality.py

format: .venv/installed
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

wheel: install
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

lock: | .venv/bin/python
	@$(BIN)/uv --version >/dev/null 2>&1 || $(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet \
		--output-file requirements.lock

clean:
	rm -rf .venv node_modules dist .huitong .coverage htmlcov gateway/server/static/graphiql \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
